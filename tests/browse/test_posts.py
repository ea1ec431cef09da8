"""Pages of posts."""

import pytest
from django.urls import reverse

from statements.models import Country, Redirect
from tests.factories import (
    make_official,
    make_organization,
    make_post,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db

LIST = "/posts/"


@pytest.fixture
def post():
    post = make_post("Foreign Minister", slug="foreign-minister-of-pakistan")
    for name, started_on, ended_on in (
        ("Bilawal Bhutto Zardari", "2022-04-27", "2023-08-10"),
        ("Jalil Abbas Jilani", "2023-08-17", "2024-03"),
        ("Ishaq Dar", "2024-03-11", None),
    ):
        make_tenure(make_official(name), post, started_on=started_on, ended_on=ended_on)
    return post


def holders(response):
    return [
        (holder.tenure.official.name, holder.is_certain) for holder in response.context["holders"]
    ]


class TestList:
    def test_it_works(self, client, post):
        make_post("Spokesperson", organization=make_organization("Foreign Office"))

        entries = client.get(LIST).context["entries"]

        assert [(entry.label, entry.detail) for entry in entries] == [
            ("Foreign Minister, Pakistan", "Ishaq Dar, since 11 March 2024"),
            ("Spokesperson, Foreign Office, Pakistan", "no holder recorded"),
        ]

    def test_an_empty_archive_says_so(self, client):
        assert "Nothing is recorded here yet." in client.get(LIST).text

    def test_a_country_narrows_the_list(self, client, post):
        make_post("Foreign Minister", country="ir")

        response = client.get(LIST, {"country": "ir"})

        assert [entry.label for entry in response.context["entries"]] == ["Foreign Minister, Iran"]

    def test_an_unknown_country_leaves_no_rows_and_a_message(self, client, post):
        response = client.get(LIST, {"country": "zz"})

        assert response.context["entries"] == []
        assert "There is no “zz” in the archive." in response.text

    def test_no_holder_but_the_last_is_loaded(self, client, post):
        make_tenure(make_official("Agha Shahi"), post)  # no day is known

        [row] = client.get(LIST).context["page"].rows

        assert [tenure.official.name for tenure in row.tenures.all()] == ["Ishaq Dar"]

    def test_the_country_chosen_stands_in_the_form(self, client, post):
        make_post("Foreign Minister", country="ir")
        Country.objects.filter(code="ir").update(name="Iran & <Persia>")

        text = client.get(LIST, {"country": "ir"}).text

        assert '<option value="ir" selected>Iran &amp; &lt;Persia&gt;</option>' in text
        assert '<option value="pk">Pakistan</option>' in text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                make_tenure(make_official(), make_post(organization=make_organization()))
            with django_assert_max_num_queries(4):
                client.get(LIST)


class TestPost:
    def url(self, post, **query):
        return reverse("post", args=[post.slug], query=query or None)

    def test_it_works(self, client, post):
        jilani = post.tenures.get(official__name="Jalil Abbas Jilani").official
        in_office = make_statement(speaker=jilani, said_on="2024-01-19")
        make_statement(speaker=jilani, said_on="2010-01-01")

        response = client.get(self.url(post))

        assert response.text.count("<h1>") == 1
        assert [row.tenure.official.name for row in response.context["line"].held] == [
            "Bilawal Bhutto Zardari",
            "Jalil Abbas Jilani",
            "Ishaq Dar",
        ]
        assert response.context["statements"].rows == [in_office]
        assert 'href="/statements/?post=foreign-minister-of-pakistan"' in response.text

    def test_a_post_that_nobody_held_has_a_page(self, client):
        response = client.get(self.url(make_post()))

        assert "No holder is recorded." in response.text
        assert "No statement by, to or about a holder" in response.text

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/posts/nothing/").status_code == 404

    def test_an_old_slug_leads_on(self, client, post):
        Redirect.objects.create(kind="post", old_slug="fm-pakistan", new_slug=post.slug)

        response = client.get("/posts/fm-pakistan/?on=2024-01-19")

        assert response["Location"] == "/posts/foreign-minister-of-pakistan/?on=2024-01-19"

    def test_it_cannot_be_posted_to(self, client, post):
        assert client.post(self.url(post)).status_code == 405

    def test_it_says_who_held_it_on_a_day(self, client, post):
        assert holders(client.get(self.url(post, on="2024-01-19"))) == [
            ("Jalil Abbas Jilani", True)
        ]

    def test_it_says_perhaps_where_the_days_are_not_exact(self, client, post):
        response = client.get(self.url(post, on="2024-03-12"))

        assert holders(response) == [("Jalil Abbas Jilani", False), ("Ishaq Dar", False)]
        assert "perhaps: the days are not recorded exactly" in response.text

    def test_it_says_perhaps_where_the_beginning_is_unknown(self, client):
        post = make_post()
        make_tenure(make_official("Agha Shahi"), post, started_on=None, ended_on="1982")

        assert holders(client.get(self.url(post, on="1950"))) == [("Agha Shahi", False)]

    def test_it_says_who_held_it_in_a_year(self, client, post):
        assert holders(client.get(self.url(post, on="2023"))) == [
            ("Bilawal Bhutto Zardari", True),
            ("Jalil Abbas Jilani", True),
        ]

    def test_it_says_when_nobody_did(self, client, post):
        response = client.get(self.url(post, on="2023-08-12"))

        assert holders(response) == []
        assert "No recorded holder." in response.text

    @pytest.mark.parametrize("on", ["yesterday", "2024-02-30", "0000", "9" * 60])
    def test_a_day_that_cannot_be_has_a_message(self, client, post, on):
        response = client.get(self.url(post, on=on))

        assert response.status_code == 200
        assert response.context["holders"] == []
        assert 'aria-invalid="true"' in response.text

    def test_drafts_are_not_shown(self, client, post):
        official = post.tenures.last().official
        make_statement("Not yet.", speaker=official, said_on="2025", status="draft")

        assert "Not yet." not in client.get(self.url(post)).text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        post = make_post()
        for number in (2, 12):
            for _ in range(number):
                official = make_official()
                make_tenure(official, post, started_on="2024")
                make_statement(speaker=official, addressee=make_official())
            with django_assert_max_num_queries(11):
                client.get(self.url(post))
