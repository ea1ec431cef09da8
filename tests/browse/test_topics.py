"""Pages of topics."""

import pytest
from django.urls import reverse

from statements.models import Redirect
from tests.factories import make_statement, make_topic

pytestmark = pytest.mark.django_db

LIST = "/topics/"


class TestList:
    def test_it_works(self, client):
        security = make_topic("Security", description="Of borders and people.")
        make_topic("Borders")
        make_statement(topics=[security])
        make_statement(topics=[security], status="draft")

        entries = client.get(LIST).context["entries"]

        assert [(entry.label, entry.detail, entry.count) for entry in entries] == [
            ("Borders", "", ""),
            ("Security", "Of borders and people.", "1 statement"),
        ]

    def test_an_empty_archive_says_so(self, client):
        assert "Nothing is recorded here yet." in client.get(LIST).text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                make_statement(topics=[make_topic()])
            with django_assert_max_num_queries(2):
                client.get(LIST)


class TestTopic:
    def url(self, topic):
        return reverse("topic", args=[topic.slug])

    def test_it_works(self, client):
        security = make_topic("Security", slug="security", description="Of borders and people.")
        trade, borders = make_topic("Trade"), make_topic("Borders", slug="borders")
        newest = make_statement(topics=[security, borders], said_on="2024-02")
        oldest = make_statement(topics=[security, borders, trade], said_on="2024-01")
        make_statement(topics=[trade])

        response = client.get(self.url(security))

        assert response.text.count("<h1>") == 1
        assert "Of borders and people." in response.text
        assert response.context["statements"].rows == [newest, oldest]
        related = [(tally.label, tally.n, tally.share) for tally in response.context["related"]]
        assert related == [("Borders", 2, 100), ("Trade", 1, 50)]
        assert 'href="/topics/borders/"' in response.text
        assert 'href="/statements/?topic=security"' in response.text

    def test_a_topic_that_nobody_spoke_of_has_a_page(self, client):
        response = client.get(self.url(make_topic()))

        assert "No statement on this topic is published." in response.text
        assert "No other topic." in response.text

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/topics/nothing/").status_code == 404

    def test_an_old_slug_leads_on(self, client):
        make_topic(slug="new")
        Redirect.objects.create(kind="topic", old_slug="old", new_slug="new")

        assert client.get("/topics/old/")["Location"] == "/topics/new/"

    def test_it_cannot_be_posted_to(self, client):
        assert client.post(self.url(make_topic())).status_code == 405

    def test_drafts_are_neither_shown_nor_counted(self, client):
        security, trade = make_topic(), make_topic()
        make_statement("Not yet.", topics=[security, trade], status="draft")

        response = client.get(self.url(security))

        assert "Not yet." not in response.text
        assert response.context["related"] == []

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        topic = make_topic()
        for number in (2, 15):
            for _ in range(number):
                make_statement(topics=[topic, make_topic()])
            with django_assert_max_num_queries(9):
                client.get(self.url(topic))
