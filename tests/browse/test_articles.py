"""Pages of articles."""

import pytest
from django.urls import reverse

from statements.models import Redirect
from tests.factories import make_article, make_citation, make_outlet, make_statement

pytestmark = pytest.mark.django_db

LIST = "/articles/"
BODY = "One minister urged restraint. The other minister agreed to it. Nobody else spoke."


class TestList:
    def test_it_works(self, client):
        make_article("The later", published_on="2024-01-19", kind="press_release")
        make_article("The undated")
        make_article("The earlier", published_on="2024-01")

        entries = client.get(LIST).context["entries"]

        assert [(entry.lead, entry.label, entry.badge) for entry in entries] == [
            ("19 January 2024", "The later", "Press release"),
            ("January 2024", "The earlier", "News report"),
            ("undated", "The undated", "News report"),
        ]

    def test_an_empty_archive_says_so(self, client):
        assert "Nothing is recorded here yet." in client.get(LIST).text

    def test_a_reconstruction_names_the_report_behind_it(self, client):
        report = make_article(outlet=make_outlet("NDTV"))
        own = make_outlet("Demarche", country=None)
        make_article("Retold", outlet=own, kind="reconstruction", based_on=report)

        [entry] = [e for e in client.get(LIST).context["entries"] if e.label == "Retold"]

        assert (entry.detail, entry.badge) == ("Demarche, after a report by NDTV", "Reconstruction")

    def test_an_outlet_narrows_the_list(self, client):
        make_article("Ours", outlet=make_outlet("Dawn", slug="dawn"))
        make_article("Theirs")

        response = client.get(LIST, {"outlet": "Dawn"})

        assert [entry.label for entry in response.context["entries"]] == ["Ours"]

    def test_an_unknown_outlet_leaves_no_rows_and_a_message(self, client):
        make_article()

        response = client.get(LIST, {"outlet": "nothing"})

        assert response.context["entries"] == []
        assert "There is no “nothing” in the archive." in response.text

    def test_pages_lead_past_the_undated(self, client):
        for number in range(60):
            make_article(f"Dated {number}", published_on=f"2024-{number % 12 + 1:02}")
            make_article(f"Undated {number}")

        seen, url = [], LIST
        while url:
            page = client.get(url).context["page"]
            seen += [article.title for article in page.rows]
            url = page.next_url and LIST + page.next_url

        assert len(seen) == len(set(seen)) == 120
        assert all(title.startswith("Dated") for title in seen[:60])

    def test_it_leaves_the_stored_text_in_the_database(self, client, django_assert_num_queries):
        make_article(body=BODY)

        with django_assert_num_queries(3) as queries:
            client.get(LIST)

        assert not any('"body"' in query["sql"] for query in queries.captured_queries)

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                make_article(based_on=make_article())
            with django_assert_max_num_queries(3):
                client.get(LIST)


class TestArticle:
    def url(self, article, **query):
        return reverse("article", args=[article.slug], query=query or None)

    def test_it_works(self, client):
        article = make_article(
            "Memorandum of Conversation",
            body=BODY,
            url="https://example.org/d1",
            archived_url="https://archive.example.org/d1",
            published_on="1946-03",
            kind="archival_document",
            language="en",
            repository="National Archives",
            collection="RG 59",
            box="12",
            folder="Iran",
            document_number="711.61/1",
        )
        second, first = make_statement(cited=False), make_statement(cited=False)
        make_citation(second, article, quote="The other minister agreed to it.")
        make_citation(first, article, quote="One minister urged restraint.")

        response = client.get(self.url(article))

        page = response.text
        assert page.count("<h1>") == 1
        assert response.context["statements"].rows == [first, second]
        for told in ("March 1946", "National Archives", "RG 59", "711.61/1", "Archival document"):
            assert told in page
        assert 'href="https://example.org/d1"' in page
        assert 'href="https://archive.example.org/d1"' in page

    def test_the_stored_text_is_never_shown(self, client, django_assert_max_num_queries):
        article = make_article(body=BODY)

        with django_assert_max_num_queries(16) as queries:
            response = client.get(self.url(article))

        assert "Nobody else spoke" not in response.text
        assert not any('"body"' in query["sql"] for query in queries.captured_queries)

    def test_a_reconstruction_says_plainly_that_it_is_one(self, client):
        report = make_article("The report", outlet=make_outlet("NDTV"))
        own = make_article(
            outlet=make_outlet("Demarche", country=None), kind="reconstruction", based_on=report
        )

        page = client.get(self.url(own)).text

        assert "This is a reconstruction" in page
        assert f'href="{report.get_absolute_url()}"' in page
        assert f'href="{own.get_absolute_url()}"' in client.get(self.url(report)).text

    def test_what_is_not_recorded_is_said_to_be_so(self, client):
        page = client.get(self.url(make_article())).text

        assert page.count("not recorded") == 2
        assert "No statement cited from it is published." in page

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/articles/nothing/").status_code == 404

    def test_an_old_slug_leads_on(self, client):
        make_article(slug="new")
        Redirect.objects.create(kind="article", old_slug="old", new_slug="new")

        assert client.get("/articles/old/")["Location"] == "/articles/new/"

    def test_it_cannot_be_posted_to(self, client):
        assert client.post(self.url(make_article())).status_code == 405

    def test_a_statement_cited_twice_stands_once_at_its_first_place(self, client):
        article = make_article(body=BODY)
        first, other = make_statement(cited=False), make_statement(cited=False)
        make_citation(other, article, quote="agreed")
        make_citation(first, article, quote="spoke")
        make_citation(first, article, quote="One minister")

        assert client.get(self.url(article)).context["statements"].rows == [first, other]

    def test_the_place_is_that_in_this_article(self, client):
        article = make_article(body=BODY)
        late, early = make_statement(cited=False), make_statement(cited=False)
        make_citation(late, article, quote="spoke")
        make_citation(late, make_article(body="spoke"), quote="spoke")
        make_citation(early, article, quote="restraint")

        assert client.get(self.url(article)).context["statements"].rows == [early, late]

    def test_statements_without_a_place_lead_on_too(self, client):
        article = make_article()
        for _ in range(25):
            make_citation(make_statement(cited=False), article)

        first = client.get(self.url(article)).context["statements"]
        second = client.get(self.url(article) + first.next_url).context["statements"]

        assert (len(first.rows), len(second.rows)) == (20, 5)

    def test_drafts_are_not_shown(self, client):
        article = make_article()
        make_citation(make_statement("Not yet.", cited=False, status="draft"), article)

        assert "Not yet." not in client.get(self.url(article)).text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        article = make_article()
        for number in (2, 15):
            for _ in range(number):
                make_article(based_on=article, kind="reconstruction")
                make_citation(make_statement(), article)
            with django_assert_max_num_queries(9):
                client.get(self.url(article))
