"""Merging, splitting and moving at the desk: shown first, done on agreement, undone by a button."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.models import (
    Official,
    Party,
    Post,
    Rearrangement,
    Redirect,
    Statement,
)
from tests.factories import (
    make_account,
    make_article,
    make_event,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)

from .forms import FormReader

MERGE = "/admin/statements/official/merge/"
MOVE = "/admin/statements/statement/move/"
LIST = "/admin/statements/statement/"


@pytest.fixture
def jilani(db):
    return make_official("Jalil Abbas Jilani", slug="jilani")


@pytest.fixture
def double(db):
    return make_official("J. A. Jilani", slug="j-a-jilani", country="ir")


def pair(kept, absorbed):
    return f"?kept={kept.pk}&absorbed={absorbed.pk}"


def form_of(response, field):
    """What a browser would send of the form that holds a field or a button of that name."""
    reader = FormReader()
    reader.feed(response.content.decode())
    return next(form for form in reader.forms if any(name.startswith(field) for name in form))


def digest(response):
    [shown] = re.findall(r'name="as_shown" value="(\w+)"', response.content.decode())
    return shown


def agree(client, url, response, field):
    """Presses the button under a preview."""
    sent = form_of(response, field) | {"as_shown": digest(response)}
    return client.post(url, sent, follow=True)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def contributor(client, django_user_model):
    user = django_user_model.objects.create_user("contributor", is_staff=True)
    names = ["view_official", "add_official", "change_official", "view_statement"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


# --- Merging -----------------------------------------------------------------------------------


def test_two_are_chosen_by_name(curator, jilani):
    page = curator.get(MERGE, {"kept": jilani.pk}).content.decode()
    assert "Jalil Abbas Jilani" in page
    assert 'name="absorbed"' in page


def test_the_form_of_an_official_leads_here(curator, jilani):
    page = curator.get(f"/admin/statements/official/{jilani.pk}/change/").content.decode()
    assert f'href="{MERGE}?kept={jilani.pk}"' in page
    assert f'href="/admin/statements/official/{jilani.pk}/split/"' in page


def test_two_selected_in_the_list_lead_here(curator, jilani, double):
    chosen = {"action": "merge_selected", "_selected_action": [jilani.pk, double.pk]}
    answer = curator.post("/admin/statements/official/", chosen)
    assert answer.headers["Location"] == MERGE + pair(jilani, double)


def test_three_selected_are_too_many(curator, jilani, double):
    chosen = [jilani.pk, double.pk, make_official().pk]
    told = {"action": "merge_selected", "_selected_action": chosen}
    page = curator.post("/admin/statements/official/", told, follow=True)
    assert "Choose just two to merge." in text_of(page)


def test_field_by_field_then_shown_then_done(curator, jilani, double):
    statement, both = make_statement(speaker=double), make_statement(speaker=[jilani, double])
    url = MERGE + pair(jilani, double)
    sides = curator.get(url)
    assert form_of(sides, "side-")["side-name"] == ["kept"]
    assert "J. A. Jilani" in text_of(sides)
    shown = curator.post(url, form_of(sides, "side-") | {"side-name": "other"})
    told = text_of(shown)
    assert f"{statement.key} · Speaker" in told
    assert "side: Iran → Pakistan" in told
    assert "Is told already, and goes" in told
    assert f"{both.key} · Speaker" in told
    assert "j-a-jilani → jilani" in told
    assert "Name: Jalil Abbas Jilani → J. A. Jilani" in told
    assert Official.objects.filter(pk=double.pk).exists()
    done = agree(curator, url, shown, "side-name")
    assert "See what moved, or undo it" in text_of(done)
    jilani.refresh_from_db()
    assert jilani.name == "J. A. Jilani"
    assert statement.parties.get().official == jilani


def test_undone_by_a_button(curator, jilani, double):
    statement = make_statement(speaker=double)
    url = MERGE + pair(jilani, double)
    agree(curator, url, curator.post(url, {"side-name": "kept"}), "side-name")
    kept = Rearrangement.objects.get()
    change = f"/admin/statements/rearrangement/{kept.pk}/change/"
    page = curator.get(change)
    assert f"{statement.key} · Speaker" in text_of(page)
    assert "Undo: put every row back" in page.content.decode()
    back = curator.post(f"/admin/statements/rearrangement/{kept.pk}/undo/", follow=True)
    assert "Undone: J. A. Jilani (j-a-jilani) → Jalil Abbas Jilani (jilani)" in text_of(back)
    assert statement.parties.get().official == double
    assert "Undo: put every row back" not in curator.get(change).content.decode()


def test_an_undo_that_cannot_be_says_why(curator, jilani, double):
    statement = make_statement(speaker=double)
    url = MERGE + pair(jilani, double)
    agree(curator, url, curator.post(url, {"side-name": "kept"}), "side-name")
    statement.parties.update(official=make_official("Somebody"))
    kept = Rearrangement.objects.get()
    page = curator.post(f"/admin/statements/rearrangement/{kept.pk}/undo/")
    assert f"party “{statement.key} · Speaker” has changed since." in text_of(page)


def test_what_changed_since_it_was_shown_is_shown_anew(curator, jilani, double):
    url = MERGE + pair(jilani, double)
    shown = curator.post(url, {"side-name": "kept"})
    statement = make_statement(speaker=double)
    again = agree(curator, url, shown, "side-name")
    assert "Something changed since this was shown" in text_of(again)
    assert f"{statement.key} · Speaker" in text_of(again)
    assert Official.objects.filter(pk=double.pk).exists()
    agree(curator, url, again, "side-name")
    assert not Official.objects.filter(pk=double.pk).exists()


def test_back_leads_to_the_sides_as_they_were_chosen(curator, jilani, double):
    url = MERGE + pair(jilani, double)
    page = curator.post(url, {"side-name": "other", "_back": "1"})
    assert form_of(page, "side-")["side-name"] == ["other"]


def test_a_constraint_in_the_way_is_a_page(curator, jilani, double):
    Redirect.objects.create(kind="official", old_slug=double.slug, new_slug="elsewhere")
    url = MERGE + pair(jilani, double)
    answer = agree(curator, url, curator.post(url, {"side-name": "kept"}), "side-name")
    assert answer.status_code == 409
    assert Official.objects.filter(pk=double.pk).exists()


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("organization", make_organization),
        ("post", make_post),
        ("outlet", make_outlet),
        ("article", make_article),
        ("event", make_event),
        ("topic", make_topic),
    ],
)
def test_other_kinds_are_merged_alike(curator, kind, make):
    kept, absorbed = make(), make()
    url = f"/admin/statements/{kind}/merge/{pair(kept, absorbed)}"
    shown = curator.post(url, {"side-none": "kept"})
    assert agree(curator, url, shown, "side-none").status_code == 200
    assert not type(absorbed).objects.filter(pk=absorbed.pk).exists()
    assert Redirect.objects.filter(kind=kind, old_slug=absorbed.slug, new_slug=kept.slug).exists()


@pytest.mark.parametrize("query", ["?kept=x&absorbed=y", "?kept=1&absorbed=999999999999999999999"])
def test_nonsense_is_a_word_beside_the_field(curator, query):
    page = curator.get(MERGE + query)
    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()


def test_the_same_twice_is_refused(curator, jilani):
    page = curator.get(MERGE + pair(jilani, jilani)).content.decode()
    assert "Choose two different ones." in page


def test_who_may_not_delete_may_not_merge(contributor, jilani, double):
    for answer in (
        contributor.get(MERGE + pair(jilani, double)),
        contributor.post(MERGE + pair(jilani, double), {"side-name": "kept", "as_shown": "x"}),
    ):
        assert answer.status_code == 403
    assert Official.objects.filter(pk=double.pk).exists()


def test_who_may_not_merge_may_not_undo(curator, contributor, jilani, double, django_user_model):
    curator.force_login(django_user_model.objects.get(username="curator"))
    url = MERGE + pair(jilani, double)
    agree(curator, url, curator.post(url, {"side-name": "kept"}), "side-name")
    curator.force_login(django_user_model.objects.get(username="contributor"))
    kept = Rearrangement.objects.get()
    answer = curator.post(f"/admin/statements/rearrangement/{kept.pk}/undo/")
    assert answer.status_code == 403
    assert not Official.objects.filter(pk=double.pk).exists()


def test_a_visitor_is_asked_to_log_in(client, jilani, double):
    answer = client.get(MERGE + pair(jilani, double))
    assert answer.headers["Location"].startswith("/admin/login/")


def test_the_preview_of_many_costs_no_more_queries(curator, jilani, double):
    url = MERGE + pair(jilani, double)
    make_tenure(double)
    statements = [make_statement(speaker=double) for _ in range(2)]
    curator.post(url, {"side-name": "kept"})
    with CaptureQueriesContext(connection) as few:
        curator.post(url, {"side-name": "kept"})
    for _ in range(30):
        statements.append(make_statement(speaker=double))
    with CaptureQueriesContext(connection) as many:
        page = curator.post(url, {"side-name": "kept"})
    assert all(statement.key in page.content.decode() for statement in statements)
    assert len(many) <= len(few) + 2 <= 70


# --- Moving ------------------------------------------------------------------------------------


def chosen(*statements):
    return {"_selected_action": [statement.pk for statement in statements]}


def test_chosen_statements_go_to_another_speaker(curator, jilani, double):
    moved, stays = make_statement(speaker=double), make_statement(speaker=double)
    asked = curator.post(LIST, {"action": "move_selected", **chosen(moved)})
    assert "J. A. Jilani: 1 statement" in text_of(asked)
    told = {**chosen(moved), "of": f"official:{double.pk}", "to": jilani.pk}
    shown = curator.post(MOVE, told)
    assert f"{moved.key} · Speaker" in text_of(shown)
    done = agree(curator, MOVE, shown, "of")
    assert "See what moved, or undo it" in text_of(done)
    assert moved.parties.get().official == jilani
    assert stays.parties.get().official == double


def test_moving_nothing_is_told(curator):
    page = curator.post(MOVE, {}, follow=True)
    assert "Choose at most 500 statements at once." in text_of(page)


def test_moving_to_nobody_is_a_word_beside_the_field(curator, double):
    statement = make_statement(speaker=double)
    page = curator.post(MOVE, {**chosen(statement), "of": f"official:{double.pk}"})
    assert "This field is required." in text_of(page)


def test_who_may_not_change_statements_may_not_move_them(contributor, jilani, double):
    statement = make_statement(speaker=double)
    told = {**chosen(statement), "of": f"official:{double.pk}", "to": jilani.pk}
    assert contributor.post(MOVE, told).status_code == 403
    assert statement.parties.get().official == double


@pytest.fixture
def novice(client, db):
    """A contributor of the archive's own group."""
    client.user = make_account(role="Contributor")
    client.force_login(client.user)
    return client


def test_a_move_that_would_be_refused_is_refused_in_its_preview(novice, jilani, double):
    public = make_statement(speaker=double)
    own = make_statement(speaker=double, status="draft", entered_by=novice.user)
    told = {**chosen(public, own), "of": f"official:{double.pk}", "to": jilani.pk}
    shown = novice.post(MOVE, told)
    assert f"You may not change {public.key}." in text_of(shown)
    assert f"You may not change {own.key}." not in text_of(shown)
    assert f"{public.key} · Speaker" in text_of(shown)
    assert "as_shown" not in shown.content.decode()


def test_a_move_of_ones_own_drafts_can_be_agreed_to(novice, jilani, double):
    own = make_statement(speaker=double, status="draft", entered_by=novice.user)
    shown = novice.post(MOVE, {**chosen(own), "of": f"official:{double.pk}", "to": jilani.pk})
    agree(novice, MOVE, shown, "of")
    assert own.parties.get().official == jilani


def test_an_undo_that_would_be_refused_is_not_offered(curator, jilani, double):
    statement = make_statement(speaker=double)
    told = {**chosen(statement), "of": f"official:{double.pk}", "to": jilani.pk}
    agree(curator, MOVE, curator.post(MOVE, told), "of")
    curator.force_login(make_account(role="Contributor"))
    kept = Rearrangement.objects.get()
    page = curator.get(f"/admin/statements/rearrangement/{kept.pk}/change/")
    assert f"You may not change {statement.key}." in text_of(page)
    assert "Undo: put every row back" not in page.content.decode()


# --- Splitting ---------------------------------------------------------------------------------


def split_url(official):
    return f"/admin/statements/official/{official.pk}/split/"


def test_a_new_official_takes_what_was_chosen(curator, jilani):
    tenure = make_tenure(jilani, make_post("Envoy"), "2024-01", "2024-02")
    theirs, his = make_statement(speaker=jilani), make_statement(speaker=jilani)
    url = split_url(jilani)
    page = curator.get(url)
    assert f"{theirs.key} · Speaker" in text_of(page)
    assert "Envoy, Pakistan · 2024-01 – 2024-02" in text_of(page)
    told = {
        "name": "Jalil Jilani the younger",
        "tenures": [tenure.pk],
        "parties": [theirs.parties.get().pk],
    }
    shown = curator.post(url, told)
    assert "jalil-jilani-the-younger" in text_of(shown)
    agree(curator, url, shown, "name")
    new = Official.objects.get(slug="jalil-jilani-the-younger")
    assert theirs.parties.get().official == new
    assert [*new.tenures.all()] == [tenure]
    assert his.parties.get().official == jilani


def test_statements_are_listed_by_their_days(curator, jilani):
    early = make_statement(speaker=jilani, said_on="2020-01-01")
    late = make_statement(speaker=jilani)
    page = text_of(curator.get(split_url(jilani), {"since": "2019", "until": "2020-06"}))
    assert early.key in page
    assert late.key not in page


@pytest.mark.parametrize("query", ["since=x", "since=10000", "until=2024-99"])
def test_a_day_that_is_none_is_a_word_beside_the_field(curator, jilani, query):
    make_statement(speaker=jilani)
    page = curator.get(f"{split_url(jilani)}?{query}")
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_somebody_is_needed_and_only_one(curator, jilani, double):
    party = make_statement(speaker=jilani).parties.get()
    for told in ({}, {"to": double.pk, "name": "New"}):
        page = curator.post(split_url(jilani), {**told, "parties": [party.pk]})
        assert "or give the name of a new one: one of the two." in text_of(page)


def test_rows_of_others_are_no_choice(curator, jilani, double):
    party = make_party(make_statement(), "subject", double)
    page = curator.post(split_url(jilani), {"name": "New", "parties": [party.pk]})
    assert "is not one of the available choices" in text_of(page)
    assert Party.objects.get(pk=party.pk).official == double


def test_a_taken_address_gets_a_number(curator, jilani):
    party = make_statement(speaker=jilani).parties.get()
    shown = curator.post(split_url(jilani), {"name": "Jilani", "parties": [party.pk]})
    agree(curator, split_url(jilani), shown, "name")
    assert Official.objects.filter(slug="jilani-2").exists()


def test_nobody_there_is_a_404(curator):
    assert curator.get("/admin/statements/official/999999/split/").status_code == 404


def test_who_may_not_add_may_not_split(client, contributor, jilani, django_user_model):
    user = django_user_model.objects.get(username="contributor")
    user.user_permissions.remove(Permission.objects.get(codename="add_official"))
    client.force_login(django_user_model.objects.get(pk=user.pk))
    assert client.get(split_url(jilani)).status_code == 403


# --- The list of what was done -------------------------------------------------------------------


def test_acts_are_listed_and_nobody_edits_them(curator, jilani, double):
    url = MERGE + pair(jilani, double)
    agree(curator, url, curator.post(url, {"side-name": "kept"}), "side-name")
    page = text_of(curator.get("/admin/statements/rearrangement/?undone=no"))
    assert "J. A. Jilani (j-a-jilani) → Jalil Abbas Jilani (jilani)" in page
    assert "0 rearrangements" in text_of(curator.get("/admin/statements/rearrangement/?undone=yes"))
    assert curator.get("/admin/statements/rearrangement/add/").status_code == 403
    assert curator.get("/admin/statements/rearrangement/0/change/").status_code == 404
    assert curator.get("/admin/statements/rearrangement/x/change/").status_code == 404


def test_no_post_or_statement_is_lost_on_the_way(curator, jilani, double):
    make_tenure(double)
    make_statement(speaker=double)
    n_rows = [model.objects.count() for model in (Post, Statement, Party)]
    url = MERGE + pair(jilani, double)
    agree(curator, url, curator.post(url, {"side-name": "kept"}), "side-name")
    assert [model.objects.count() for model in (Post, Statement, Party)] == n_rows
