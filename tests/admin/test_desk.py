"""The first page of the desk, the list of statements, and what is done to many at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements import curation
from statements.curation import duplicates
from statements.models import Article, Citation, Link, Party, Statement

LIST = "/admin/statements/statement/"


def make(key, story, **columns):
    statement = Statement.objects.create(
        **{"key": key, "text": f"Words of {key}.", "form": "direct", "said_on": "2024"} | columns
    )
    Party.objects.create(statement=statement, role="speaker", official=story["jilani"])
    Citation.objects.create(statement=statement, article=story["article"], quote="Jilani")
    return statement


def act(curator, name, *statements, **fields):
    chosen = {"action": name, "_selected_action": [s.pk for s in statements], "index": "0"}
    return curator.post(LIST, chosen | fields, follow=True).content.decode()


@pytest.fixture
def statement(story):
    return make("one", story)


def test_the_first_page_shows_what_may_be_there_twice(curator, story, statement):
    other = make("two", story, text=statement.text)
    other.refresh_from_db()
    pair, *_ = duplicates.note_statement(statement=other)
    page = " ".join(curator.get("/admin/").content.decode().split())
    assert "<b>1</b> statements that may be one" in page
    assert f"/admin/statements/statementlikeness/{pair.pk}/change/" in page


def test_the_first_page_shows_what_waits(curator, story, statement):
    Citation.objects.update(check_result="missing")
    Article.objects.create(slug="unused", outlet=story["article"].outlet, title="Unused")
    page = " ".join(curator.get("/admin/").content.decode().split())
    for told in (
        "<b>0</b> sent back to you",
        "<b>0</b> drafts of yours",
        "<b>0</b> to review",
        "<b>1</b> drafts of everyone",
        "<b>1</b> citations moved or missing",
        "<b>1</b> articles without statements",
    ):
        assert told in page
    assert "Demarche: curation desk" in page
    assert f"{LIST}{statement.pk}/change/" in page


def test_the_first_page_counts_no_further_than_a_hundred(curator, story):
    Statement.objects.bulk_create(
        Statement(key=f"k{n}", text="-", form="direct") for n in range(150)
    )
    assert "<b>100+</b>" in curator.get("/admin/").content.decode()


def test_the_first_page_costs_the_same_for_one_as_for_many(curator, story, statement):
    curator.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        curator.get("/admin/")
    for n in range(12):
        other = make(f"k{n}", story, entered_by=curator.user)
        if n % 2:
            curation.submit(statement=other, by=None)
    with CaptureQueriesContext(connection) as many:
        curator.get("/admin/")
    assert len(many) <= len(few) + 1  # the notes, where something was sent back
    assert len(few) <= 19


def test_someone_who_may_see_no_statements_sees_no_work(curator, django_user_model):
    curator.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert "Waiting for you" not in curator.get("/admin/").content.decode()


def test_the_list_says_who_to_whom(curator, story, statement):
    Party.objects.create(statement=statement, role="addressee", kind="public")
    page = curator.get(LIST).content.decode()
    assert "Jalil Abbas Jilani → the public" in page
    assert "Words of one." in page


def test_the_list_costs_the_same_for_one_as_for_many(curator, story, statement):
    curator.get(LIST)
    with CaptureQueriesContext(connection) as few:
        curator.get(LIST)
    for n in range(20):
        make(f"k{n}", story)
    with CaptureQueriesContext(connection) as many:
        curator.get(LIST)
    assert len(many) == len(few) <= 8


def test_no_list_counts_further_than_its_pages_go(curator, story, statement):
    with CaptureQueriesContext(connection) as queries:
        curator.get(LIST)
    counts = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    assert counts
    assert all("LIMIT 10000" in sql for sql in counts)


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ("words", True),
        ("jilani", True),
        ("one", True),
        ("nothing", False),
        ("jilani nothing", False),
    ],
)
def test_statements_are_found_by_words_names_and_key(curator, statement, asked, is_there):
    page = curator.get(LIST, {"q": asked}).content.decode()
    assert ("1 statement" in page) == is_there


@pytest.mark.parametrize("asked", ['"', "(((", "-", "a:*", "or or", "the", "'; --", "x" * 5000])
def test_no_search_is_an_error(curator, statement, asked):
    assert curator.get(LIST, {"q": asked}).status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%00", "status__exact=%00", "check=%00", "p=-1", "p=99999", "o=x"]
)
def test_no_address_of_the_list_is_an_error(curator, statement, query):
    assert curator.get(f"{LIST}?{query}").status_code in (200, 302, 400)


def test_failed_citations_are_listed_apart(curator, story, statement):
    make("two", story)
    Citation.objects.filter(statement=statement).update(check_result="moved")
    page = curator.get(LIST, {"check": "failed"}).content.decode()
    assert "Words of one." in page
    assert "Words of two." not in page


def test_publishing_several_says_what_could_not_be_done_and_why(curator, story, statement):
    lacking = Statement.objects.create(key="lacking", text="-", form="direct")
    page = act(curator, "publish_selected", statement, lacking)
    assert "1 statement published." in page
    assert "“lacking”: It needs a speaker." in page
    assert "It needs a day" in page
    statement.refresh_from_db()
    assert statement.is_published


def test_withdrawing_asks_for_the_reason_first(curator, statement):
    curation.publish(statement=statement, by=curator.user)
    page = act(curator, "withdraw_selected", statement)
    assert "Withdraw statements" in page
    assert '<li>one: <span dir="auto">Words of one.</span></li>' in page
    statement.refresh_from_db()
    assert statement.is_published


def test_withdrawing_leaves_the_reason_in_public(curator, statement, client):
    curation.publish(statement=statement, by=curator.user)
    page = act(curator, "withdraw_selected", statement, reason="The report was retracted.")
    assert "1 statement withdrawn." in page
    answer = curator.get(statement.get_absolute_url())
    assert answer.status_code == 410
    assert "The report was retracted." in answer.content.decode()


def test_withdrawing_without_a_reason_asks_again(curator, statement):
    curation.publish(statement=statement, by=curator.user)
    page = act(curator, "withdraw_selected", statement, reason="  ")
    assert "This field is required." in page
    statement.refresh_from_db()
    assert statement.is_published


def test_withdrawing_a_draft_says_why_not(curator, statement):
    page = act(curator, "withdraw_selected", statement, reason="No.")
    assert "“one”: Only a published statement can be withdrawn." in page


def test_too_many_at_once_are_refused(curator, story, monkeypatch):
    monkeypatch.setattr("statements.admin.publication.N_AT_ONCE", 1)
    page = act(curator, "publish_selected", make("one", story), make("two", story))
    assert "Choose at most 1" in page
    assert not Statement.objects.published().exists()


def test_a_published_statement_has_a_button_to_withdraw(curator, statement):
    url = f"{LIST}{statement.pk}/change/"
    assert "Withdraw…" not in curator.get(url).content.decode()
    curation.publish(statement=statement, by=curator.user)
    page = curator.get(url).content.decode()
    assert "Withdraw…" in page
    assert "_publish" not in page
    assert f'href="{statement.get_absolute_url()}"' in page


def test_a_draft_can_be_deleted(curator, statement):
    curator.post(f"{LIST}{statement.pk}/delete/", {"post": "yes"})
    assert not Statement.objects.exists()


def test_what_was_public_cannot_be_deleted(curator, statement):
    curation.publish(statement=statement, by=curator.user)
    url = f"{LIST}{statement.pk}/delete/"
    assert curator.post(url, {"post": "yes"}).status_code == 403
    page = act(curator, "delete_selected", statement, post="yes")
    assert "withdraw it instead" in page
    assert Statement.objects.filter(pk=statement.pk).exists()


def test_a_draft_that_another_links_to_cannot_be_deleted(curator, story, statement):
    Link.objects.create(statement=make("two", story), target=statement, kind="replies_to")
    page = curator.get(f"{LIST}{statement.pk}/delete/").content.decode()
    assert "Link: two" in page


def test_whoever_may_only_look_cannot_publish(curator, statement, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_statement"))
    curator.force_login(reader)
    act(curator, "publish_selected", statement)
    assert curator.post(f"{LIST}{statement.pk}/change/", {"_publish": "1"}).status_code == 403
    statement.refresh_from_db()
    assert not statement.is_published
    page = curator.get(f"{LIST}{statement.pk}/change/").content.decode()
    assert "_publish" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["acts=abc", "acts=-1", "acts=%ff", "facets=x", "search_vector=x"]
)
def test_a_list_that_the_database_would_have_to_read_is_refused(admin_client, query):
    response = admin_client.get(f"/admin/statements/statement/?{query}")
    assert response.status_code in (302, 400)
