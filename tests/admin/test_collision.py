"""Two curators on one form: nobody's work is lost, and nobody types anything twice."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from statements.models import Official, Statement
from tests.factories import (
    make_article,
    make_citation,
    make_event,
    make_official,
    make_party,
    make_statement,
    make_tenure,
    make_topic,
)

from .forms import errors_of, fields_of

pytestmark = pytest.mark.django_db


def next_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('demarche.change', '', true)")


def url(row):
    return reverse(f"admin:statements_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def two(django_user_model):
    """Two curators with a session each."""
    clients = []
    for name in ("first", "second"):
        client = Client()
        client.force_login(django_user_model.objects.create_superuser(name, password="secret-1"))
        clients.append(client)
    return clients


def open_form(client, row):
    response = client.get(url(row))
    assert response.status_code == 200
    return fields_of(response.content.decode())


def save(client, row, fields, **changes):
    return client.post(url(row), {**fields, **changes, "_save": "1"})


def shown(response):
    """The fields of the page that a collision is shown on."""
    assert "saved this while you were editing" in errors_of(response)
    return fields_of(response.content.decode())


def sides(response):
    """The labels that the page lists, by who changed them."""
    collision = response.context["collision"]
    return {
        side: [clash.label for clash in getattr(collision, side)]
        for side in ("both", "theirs", "mine")
    }


def collide(two, row, theirs, mine):
    """Both open the form, the first saves theirs and then the second mine."""
    next_transaction()
    first, second = two
    opened = [open_form(client, row) for client in two]
    assert save(first, row, opened[0], **theirs).status_code == 302
    return save(second, row, opened[1], **mine)


def test_it_works(two):
    official = make_official("Jilani")
    page = collide(two, official, {"name": "J. Jilani"}, {"name": "Jalil Jilani", "note": "Known."})
    assert sides(page) == {"both": ["Name"], "theirs": [], "mine": ["Note"]}
    html = page.content.decode()
    assert "J. Jilani" in html
    assert "Jalil Jilani" in html
    assert "first" in html
    fields = shown(page)
    assert (fields["name"], fields["note"]) == (["Jalil Jilani"], ["Known."])
    assert Official.objects.get(pk=official.pk).name == "J. Jilani"
    assert save(two[1], official, fields).status_code == 302
    official.refresh_from_db()
    assert (official.name, official.note) == ("Jalil Jilani", "Known.")


def test_theirs_is_chosen_for_one_field(two):
    official = make_official("Jilani")
    page = collide(two, official, {"name": "J. Jilani"}, {"name": "Jalil Jilani", "note": "Known."})
    save(two[1], official, shown(page), **{"settle-name": "theirs"})
    official.refresh_from_db()
    assert (official.name, official.note) == ("J. Jilani", "Known.")


def test_what_only_they_changed_is_taken_over(two):
    official = make_official("Jilani")
    page = collide(two, official, {"note": "Theirs."}, {"sort_name": "Jilani, J."})
    assert sides(page) == {"both": [], "theirs": ["Note"], "mine": ["Sort name"]}
    save(two[1], official, shown(page))
    official.refresh_from_db()
    assert (official.note, official.sort_name) == ("Theirs.", "Jilani, J.")


def test_or_turned_back(two):
    official = make_official("Jilani", note="Before.")
    page = collide(two, official, {"note": "Theirs."}, {"sort_name": "Jilani, J."})
    save(two[1], official, shown(page), **{"settle-note": "opened"})
    official.refresh_from_db()
    assert (official.note, official.sort_name) == ("Before.", "Jilani, J.")


def test_the_same_change_is_no_clash(two):
    official = make_official("Jilani")
    page = collide(two, official, {"note": "Same."}, {"note": "Same."})
    assert sides(page) == {"both": [], "theirs": [], "mine": []}
    assert save(two[1], official, shown(page)).status_code == 302


def test_a_third_save_is_met_again(two):
    official = make_official("Jilani")
    page = collide(two, official, {"name": "One"}, {"note": "Mine."})
    fields = shown(page)
    save(two[0], official, open_form(two[0], official), name="Two")
    again = save(two[1], official, fields)
    assert sides(again) == {"both": [], "theirs": ["Name"], "mine": ["Note"]}
    save(two[1], official, shown(again))
    official.refresh_from_db()
    assert (official.name, official.note) == ("Two", "Mine.")


def test_a_statement_with_lists_codes_and_choices(two):
    statement = make_statement(form="direct", topics=[make_topic("Security")])
    trade, event = make_topic("Trade"), make_event("The call")
    page = collide(
        two,
        statement,
        {"topics": [str(trade.pk)], "acts": ["offer"], "channel": "letter"},
        {"event": str(event.pk), "channel": "phone_call", "text": "Other words.\r\nTwo lines."},
    )
    assert sides(page) == {
        "both": ["Channel"], "theirs": ["Acts", "Topics"], "mine": ["Text", "Made in"],
    }  # fmt: skip
    [channel] = page.context["collision"].both
    assert (channel.mine, channel.theirs) == ("Telephone call", "Letter")
    save(two[1], statement, shown(page), **{"settle-channel": "theirs"})
    statement.refresh_from_db()
    assert list(statement.topics.all()) == [trade]
    assert (statement.acts, statement.channel) == (["offer"], "letter")
    assert (statement.event, statement.text) == (event, "Other words.\nTwo lines.")


def test_parts_count_too(two):
    statement = make_statement(addressee=make_official("Fidan"), cited=False)
    citation = make_citation(statement, make_article("Talks"), locator="p. 1")
    mine, theirs = make_official("Mine"), make_official("Theirs")
    page = collide(
        two,
        statement,
        {"parties-1-official": str(theirs.pk), "citations-0-locator": "p. 2"},
        {"parties-1-official": str(mine.pk), "note": "Mine."},
    )
    collision = page.context["collision"]
    [clash] = collision.both
    assert (clash.part, clash.label) == ("Party: Theirs", "Official")
    assert [one.part for one in collision.theirs] == ["Citation: " + str(citation)]
    save(two[1], statement, shown(page), **{"settle-parties-1-official": "theirs"})
    assert [party.name for party in statement.parties.all()][1] == "Theirs"
    assert statement.citations.get().locator == "p. 2"
    assert Statement.objects.get(pk=statement.pk).note == "Mine."


def test_a_part_they_added(two):
    official, other = make_official("Jilani"), make_official("Other")
    tenure = make_tenure(other)
    page = collide(
        two,
        official,
        {"tenures-TOTAL_FORMS": "1", "tenures-0-post": str(tenure.post_id),
         "aliases-0-name": "Theirs"},
        {"aliases-0-name": "Mine"},
    )  # fmt: skip
    assert len(page.context["collision"].told.added) == 2
    save(two[1], official, shown(page))
    assert official.tenures.count() == 1
    assert {alias.name for alias in official.aliases.all()} == {"Theirs", "Mine"}


def test_a_part_they_removed(two):
    statement = make_statement(addressee=make_official("Fidan"))
    page = collide(two, statement, {"parties-1-DELETE": "on"}, {"note": "Mine."})
    assert page.context["collision"].told.removed == ["Party: Fidan"]
    save(two[1], statement, shown(page))
    assert statement.parties.count() == 1
    assert Statement.objects.get(pk=statement.pk).note == "Mine."


def test_a_part_they_removed_and_i_changed_stays(two):
    statement = make_statement(addressee=make_official("Fidan"))
    page = collide(
        two, statement, {"parties-1-DELETE": "on"}, {"parties-1-name_as_printed": "Mr Fidan"}
    )
    assert page.context["collision"].told.kept == ["Party: Fidan"]
    save(two[1], statement, shown(page))
    assert statement.parties.get(role="addressee").name_as_printed == "Mr Fidan"


def test_a_part_i_removed_goes(two):
    statement = make_statement(addressee=make_official("Fidan"))
    make_party(statement, "subject", make_official("Gone"))
    page = collide(two, statement, {"note": "Theirs."}, {"parties-2-DELETE": "on"})
    assert shown(page)["parties-2-DELETE"] == ["on"]
    answer = save(two[1], statement, shown(page))
    assert answer.status_code == 302, errors_of(answer)
    statement.refresh_from_db()
    assert (statement.parties.count(), statement.note) == (2, "Theirs.")


@pytest.mark.parametrize("count", ["x", "-1", "99999999999", "1001"])
def test_forged_counts_are_refused_by_the_form(two, count):
    page = collide(
        two, make_official("Jilani"), {"note": "Theirs."}, {"aliases-TOTAL_FORMS": count}
    )
    assert page.status_code == 200
    assert page.context["collision"] is None


def test_choices_that_nobody_offered_change_nothing(two):
    official = make_official("Jilani")
    fields = open_form(two[0], official)
    odd = {"settle-slug": "theirs", "settle-aliases-0-x": "opened", "opened_version": "nothing"}
    assert save(two[0], official, fields, note="Known.", **odd).status_code == 302
    assert Official.objects.get(pk=official.pk).note == "Known."


def test_a_choice_for_a_row_of_a_forged_number_changes_nothing(two):
    official = make_official("Jilani")
    fields = open_form(two[0], official)
    odd = {
        "settle-aliases-0-name": "theirs",
        "aliases-0-id": "9" * 5_000,
        "opened_version": fields["version"],
    }
    assert save(two[0], official, fields, **odd).status_code in (200, 302)
