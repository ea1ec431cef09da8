"""Pages of outlets."""

import pytest
from django.urls import reverse

from statements.models import Redirect
from tests.factories import make_article, make_citation, make_outlet, make_statement

pytestmark = pytest.mark.django_db

LIST = "/outlets/"


@pytest.fixture
def ndtv():
    return make_outlet("NDTV", slug="ndtv", website="https://www.ndtv.com", language="en")


class TestList:
    def test_it_works(self, client, ndtv):
        make_outlet("Dawn", country="pk")

        entries = client.get(LIST).context["entries"]

        assert [(entry.label, entry.detail) for entry in entries] == [
            ("Dawn", "Pakistan"),
            ("NDTV", "India"),
        ]

    def test_an_empty_archive_says_so(self, client):
        assert "Nothing is recorded here yet." in client.get(LIST).text

    def test_pages_lead_on(self, client):
        for number in range(51):
            make_outlet(f"Outlet {number:02}")

        page = client.get(LIST).context["page"]
        following = client.get(LIST + page.next_url).context["page"]

        assert [outlet.name for outlet in following.rows] == ["Outlet 50"]

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                make_outlet()
            with django_assert_max_num_queries(2):
                client.get(LIST)


class TestOutlet:
    def url(self, outlet, **query):
        return reverse("outlet", args=[outlet.slug], query=query or None)

    def test_it_works(self, client, ndtv):
        article = make_article("Ministers speak", outlet=ndtv, published_on="2024-01-19")
        statement = make_statement(cited=False)
        make_citation(statement, article)

        response = client.get(self.url(ndtv))

        assert response.text.count("<h1>") == 1
        assert 'href="https://www.ndtv.com"' in response.text
        [entry] = response.context["articles"]
        assert (entry.label, entry.lead) == ("Ministers speak", "19 January 2024")
        assert response.context["statements"].rows == [statement]
        assert 'href="/statements/?outlet=ndtv"' in response.text
        assert 'href="/articles/?outlet=ndtv"' in response.text

    def test_what_is_reconstructed_from_its_reports_is_its_report(self, client, ndtv):
        own = make_article(
            outlet=make_outlet("Demarche", country=None),
            kind="reconstruction",
            based_on=make_article(outlet=ndtv),
        )
        statement = make_statement(cited=False)
        make_citation(statement, own)

        assert client.get(self.url(ndtv)).context["statements"].rows == [statement]

    def test_an_outlet_without_articles_has_a_page(self, client, ndtv):
        response = client.get(self.url(ndtv))

        assert "No article is recorded." in response.text
        assert "No statement that it reports is published." in response.text

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/outlets/nothing/").status_code == 404

    def test_an_old_slug_leads_on(self, client, ndtv):
        Redirect.objects.create(kind="outlet", old_slug="new-delhi-tv", new_slug="ndtv")

        assert client.get("/outlets/new-delhi-tv/")["Location"] == "/outlets/ndtv/"

    def test_it_cannot_be_posted_to(self, client, ndtv):
        assert client.post(self.url(ndtv)).status_code == 405

    def test_drafts_are_not_shown(self, client, ndtv):
        statement = make_statement("Not yet.", cited=False, status="draft")
        make_citation(statement, make_article(outlet=ndtv))

        assert "Not yet." not in client.get(self.url(ndtv)).text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        outlet = make_outlet()
        for number in (2, 15):
            for _ in range(number):
                make_citation(make_statement(), make_article(outlet=outlet))
            with django_assert_max_num_queries(9):
                client.get(self.url(outlet))
