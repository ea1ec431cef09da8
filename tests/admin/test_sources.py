"""Articles and events at the desk."""

import pytest

from statements.models import Article, Citation, Event, Statement
from tests.admin.forms import errors_of, fields_of, fill

ADD = "/admin/statements/article/add/"


def change(row):
    return f"/admin/statements/{row._meta.model_name}/{row.pk}/change/"


def test_it_works(curator, story):
    response = fill(
        curator,
        ADD,
        title="A report",
        outlet=story["article"].outlet_id,
        url="https://example.org/report",
        published_on="2024-01",
        body="One.\r\n\r\n  Two. ",
    )
    assert response.status_code == 302
    article = Article.objects.get(slug="a-report")
    assert article.body == "One.\n\n  Two. "
    assert str(article.published_on) == "2024-01"


def test_a_stored_text_survives_the_form_to_the_character(curator, story):
    story["article"].body = "\nFirst\r\nsecond\nre\u0301\u202ethird  \n"
    story["article"].save()
    fill(curator, change(story["article"]), title="Renamed")
    article = Article.objects.get(pk=story["article"].pk)
    assert (article.title, article.body) == ("Renamed", story["article"].body)


def test_citations_are_checked_again_when_the_stored_text_changes(curator, story):
    statement = Statement.objects.create(key="a-key", text="-", form="direct")
    citation = Citation.objects.create(
        statement=statement,
        article=story["article"],
        quote="security issues",
        start=story["article"].body.index("security issues"),
        check_result="verified",
    )
    response = fill(curator, change(story["article"]), body="Nothing of the kind.")
    citation.refresh_from_db()
    assert citation.check_result == "missing"
    assert citation.start is not None
    assert "1 missing" in curator.get(response["Location"]).content.decode()


def test_citations_are_left_alone_when_only_the_title_changes(curator, story):
    statement = Statement.objects.create(key="a-key", text="-", form="direct")
    citation = Citation.objects.create(statement=statement, article=story["article"], quote="x")
    fill(curator, change(story["article"]), title="Another title")
    citation.refresh_from_db()
    assert citation.checked_at is None


def test_the_stored_text_is_never_listed(curator, story):
    assert "Iranian counterpart" not in curator.get("/admin/statements/article/").content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x/", "x"])
def test_an_address_that_is_none_of_the_web(curator, story, url):
    said = errors_of(fill(curator, ADD, title="T", outlet=story["article"].outlet_id, url=url))
    assert "valid URL" in said


def test_a_reconstruction_without_its_report(curator, story):
    outlet = story["article"].outlet_id
    said = errors_of(fill(curator, ADD, title="T", outlet=outlet, kind="reconstruction"))
    assert "which report it is based on" in said


def test_an_article_based_on_itself(curator, story):
    said = errors_of(fill(curator, change(story["article"]), based_on=story["article"].pk))
    assert "based on itself" in said


def test_a_stored_text_over_its_length(curator, story):
    said = errors_of(fill(curator, change(story["article"]), body="a" * 1_000_001))
    assert "at most 1000000" in said


def test_articles_are_found_by_title_and_address(curator, story):
    story["article"].url = "https://example.org/a"
    story["article"].save()
    for asked, is_there in (("pa", True), ("ak", False), ("https://example.org/a", True)):
        page = curator.get("/admin/statements/article/", {"q": asked}).content.decode()
        assert ("1 article" in page) == is_there


def test_articles_without_statements_are_listed_apart(curator, story):
    page = curator.get("/admin/statements/article/", {"use": "none"}).content.decode()
    assert "1 article" in page
    statement = Statement.objects.create(key="a-key", text="-", form="direct")
    Citation.objects.create(statement=statement, article=story["article"])
    page = curator.get("/admin/statements/article/", {"use": "none"}).content.decode()
    assert "0 articles" in page


def test_an_event_with_its_parties(curator, story):
    response = fill(
        curator,
        "/admin/statements/event/add/",
        title="A second call",
        kind="call",
        started_on="2024-01-19",
        countries=[story["pakistan"].pk, story["iran"].pk],
        **{
            "parties-TOTAL_FORMS": 1,
            "parties-0-role": "speaker",
            "parties-0-basis": "stated",
            "parties-0-official": story["jilani"].pk,
        },
    )
    assert response.status_code == 302, errors_of(response)
    event = Event.objects.get(slug="a-second-call")
    assert event.parties.get().kind == "official"
    assert event.countries.count() == 2


def test_an_event_that_ends_before_it_starts(curator):
    url = "/admin/statements/event/add/"
    said = errors_of(fill(curator, url, title="T", started_on="2024", ended_on="2023"))
    assert "ends before it starts" in said


def test_an_event_in_use_cannot_be_deleted(curator, story):
    statement = Statement.objects.create(key="a-key", text="-", form="direct")
    statement.about_events.add(story["event"])
    url = f"/admin/statements/event/{story['event'].pk}/delete/"
    assert "a-key" in curator.get(url).content.decode()
    curator.post(url, {"post": "yes"})
    assert Event.objects.filter(pk=story["event"].pk).exists()


def test_the_form_of_an_article_shows_its_text(curator, story):
    fields = fields_of(curator.get(change(story["article"])).content.decode())
    assert fields["body"] == [story["article"].body.replace("\n", "\r\n")]


@pytest.mark.parametrize("kind", ["article", "outlet"])
def test_a_language_that_is_none(curator, story, kind):
    url = f"/admin/statements/{kind}/add/"
    named = {"title": "T", "outlet": story["article"].outlet_id} if kind == "article" else {}
    said = errors_of(fill(curator, url, name="T", slug="t", language="English, mostly", **named))
    assert "Write a language" in said


def test_an_address_that_another_article_has_is_pointed_out(curator, story):
    url = "https://example.org/report"
    Article.objects.filter(pk=story["article"].pk).update(url=url)
    response = fill(curator, ADD, title="Again", outlet=story["article"].outlet_id, url=url)
    page = curator.get(response["Location"]).content.decode()
    assert "The address of “Again” is also that of “Pak”." in page
