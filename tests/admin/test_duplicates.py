"""Likely duplicates at the desk: told on saving, listed, decided about, and offered once."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements.curation import duplicates
from statements.curation.namesakes import note_official
from statements.models import Official, OfficialLikeness, Statement, StatementLikeness
from statements.search.people import people
from tests.factories import make_account, make_official, make_statement

from .forms import fill
from .test_merging import agree, text_of

PAIRS = "/admin/statements/statementlikeness/"
PEOPLE = "/admin/statements/officiallikeness/"
ADD_OFFICIAL = "/admin/statements/official/add/"
ADD_STATEMENT = "/admin/statements/statement/add/"
WORDS = "Readiness to work with Iran on “all issues”."


@pytest.fixture
def pair(story):
    """A published statement, and a draft in the same words."""
    make_statement(WORDS, speaker=story["jilani"])
    draft = make_statement(WORDS, speaker=story["jilani"], status="draft")
    [found] = duplicates.note_statement(statement=draft)
    return found


def url_of(found):
    return f"/admin/statements/{found._meta.model_name}/{found.pk}/change/"


def test_the_same_words_are_told_on_saving(curator, story, first_statement):
    there = make_statement(WORDS, speaker=story["jilani"])
    fill(curator, ADD_STATEMENT, **first_statement)
    page = curator.get("/admin/")
    found = StatementLikeness.objects.get()
    assert f"Much the same words, near the same day: “{there.key}: {WORDS}”." in text_of(page)
    assert f'href="{url_of(found)}"' in page.content.decode()


def test_a_preview_of_what_is_not_saved_tells_of_no_pair(curator, story, first_statement):
    make_statement(WORDS, speaker=story["jilani"])
    fill(curator, ADD_STATEMENT, button="_preview", **first_statement)
    assert "Much the same words" not in text_of(curator.get("/admin/"))


def test_a_statement_like_no_other_says_nothing(curator, story, first_statement):
    make_statement("Quite another thing was said.", speaker=story["jilani"])
    fill(curator, ADD_STATEMENT, **first_statement)
    assert "Much the same words" not in text_of(curator.get("/admin/"))
    assert not StatementLikeness.objects.exists()


def test_pairs_are_listed_and_those_decided_apart(curator, pair):
    assert WORDS in text_of(curator.get(PAIRS))
    curator.post(url_of(pair), {"different": "1"})
    assert WORDS not in text_of(curator.get(PAIRS))
    assert WORDS in text_of(curator.get(PAIRS, {"decided": "yes"}))


def test_the_list_costs_the_same_for_one_as_for_many(curator, story, pair):
    curator.get(PAIRS)
    with CaptureQueriesContext(connection) as few:
        curator.get(PAIRS)
    for _ in range(10):
        make_statement(WORDS, speaker=story["jilani"])
    duplicates.note_statement(statement=pair.second)
    duplicates.note_statement(statement=pair.first)
    with CaptureQueriesContext(connection) as many:
        curator.get(PAIRS)
    assert len(many) == len(few) <= 10


def test_the_draft_becomes_another_citation(curator, pair):
    draft = Statement.objects.get(status="draft")
    citation = draft.citations.get()
    page = curator.get(url_of(pair))
    assert f"{draft.key} is another citation of the other…" in text_of(page)
    shown = curator.post(url_of(pair), {"cite": draft.pk})
    assert draft.key in text_of(shown)
    agree(curator, url_of(pair), shown, "cite")
    citation.refresh_from_db()
    assert citation.statement.status == "published"
    assert not Statement.objects.filter(pk=draft.pk).exists()


def test_citing_that_would_be_refused_is_refused_in_its_preview(client, pair):
    published, draft = Statement.objects.order_by("pk")
    account = make_account("contributor", role="Contributor")
    account.user_permissions.add(Permission.objects.get(codename="delete_statement"))
    client.force_login(account)
    shown = client.post(url_of(pair), {"cite": draft.pk})
    assert f"You may not change {published.key}." in text_of(shown)
    assert "as_shown" not in shown.content.decode()
    assert Statement.objects.filter(pk=draft.pk).exists()


def test_the_later_repeats_the_earlier(curator, pair):
    page = curator.post(url_of(pair), {"repeats": "1"}, follow=True)
    assert f"{pair.first} now repeats {pair.second}.".capitalize() in text_of(page)
    assert not StatementLikeness.objects.waiting().exists()


def test_who_may_not_change_the_later_is_told_why(client, story):
    make_statement(WORDS, speaker=story["jilani"], status="draft")
    later = make_statement(WORDS, speaker=story["jilani"])
    [found] = duplicates.note_statement(statement=later)
    client.force_login(make_account("contributor", role="Contributor"))
    page = client.post(url_of(found), {"repeats": "1"})
    assert "You may not change this statement." in text_of(page)
    assert not later.links.exists()


def test_who_may_not_delete_is_not_offered_to_discard(client, pair, django_user_model):
    draft = Statement.objects.get(status="draft")
    user = django_user_model.objects.create_user("contributor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_statement"))
    client.force_login(user)
    assert "another citation" not in text_of(client.get(url_of(pair)))
    assert client.post(url_of(pair), {"cite": draft.pk}).status_code == 403
    assert Statement.objects.filter(pk=draft.pk).exists()


def test_who_may_not_change_statements_sees_no_pair(client, pair, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))
    for answer in (client.get(url_of(pair)), client.post(url_of(pair), {"different": "1"})):
        assert answer.status_code == 403
    assert StatementLikeness.objects.waiting().exists()


def test_a_forged_number_cites_nothing(curator, pair):
    for forged in ("9" * 5_000, "²", "x"):
        assert curator.post(url_of(pair), {"cite": forged}).status_code == 200
    assert Statement.objects.filter(status="draft").exists()


def test_a_pair_that_is_gone_is_a_404(curator):
    assert curator.get(f"{PAIRS}999/change/").status_code == 404
    assert curator.get(f"{PEOPLE}x/change/").status_code == 404


def test_a_draft_that_is_like_another_can_be_deleted(curator, pair):
    draft = Statement.objects.get(status="draft")
    curator.post(f"/admin/statements/statement/{draft.pk}/delete/", {"post": "yes"})
    assert not Statement.objects.filter(pk=draft.pk).exists()
    assert not StatementLikeness.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_deletes_a_pair_by_itself(curator, pair, method):
    response = getattr(curator, method)(f"{PAIRS}{pair.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403
    assert StatementLikeness.objects.filter(pk=pair.pk).exists()


# --- People ------------------------------------------------------------------------------------


def test_a_near_name_is_told_and_saved_all_the_same(curator, story):
    fill(curator, ADD_OFFICIAL, name="JILANI, Jalil Abbas", slug="another")
    page = curator.get("/admin/")
    assert Official.objects.filter(slug="another").exists()
    assert "There is an official of a like name: “Jalil Abbas Jilani”." in text_of(page)
    links = re.findall(r'<a href="([^"]+)">(Open the other|Compare the two)', page.content.decode())
    jilani = f"/admin/statements/official/{story['jilani'].pk}/change/"
    assert links == [
        (jilani, "Open the other"),
        (url_of(OfficialLikeness.objects.get()), "Compare the two"),
    ]


def test_a_name_like_no_other_says_nothing(curator, story):
    fill(curator, ADD_OFFICIAL, name="Hamid Jilani", slug="another")
    assert "like name" not in text_of(curator.get("/admin/"))


def test_two_people_are_compared_and_lead_to_the_merge(curator, story):
    other = make_official("Jalil Abbas Jilani", aliases=["Gilani"])
    [found] = note_official(official=other, table=people().officials)
    assert "Jalil Abbas Jilani" in text_of(curator.get(PEOPLE))
    page = curator.get(url_of(found)).content.decode()
    assert "Gilani" in page
    assert f"/admin/statements/official/merge/?kept={other.pk}&amp;absorbed=" in page
    curator.post(url_of(found), {"different": "1"})
    assert not OfficialLikeness.objects.waiting().exists()


def test_what_waits_is_named_on_the_first_page(curator, pair):
    told = curator.get("/admin/").content.decode()
    assert f'href="{url_of(pair)}"' in told
    assert "Likely duplicates" in told
