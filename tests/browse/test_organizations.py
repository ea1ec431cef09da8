"""Pages of organizations."""

import pytest
from django.urls import reverse

from statements.models import Redirect
from tests.factories import (
    make_official,
    make_organization,
    make_post,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db

LIST = "/organizations/"


@pytest.fixture
def ministry():
    return make_organization(
        "Foreign Office", slug="foreign-office", kind="ministry", website="https://mofa.gov.pk"
    )


class TestList:
    def test_it_works(self, client, ministry):
        make_organization("United Nations", country=None, kind="international_organisation")
        make_statement(relayer=ministry)
        make_statement(speaker=ministry, relayer=ministry)

        entries = client.get(LIST).context["entries"]

        assert [(entry.label, entry.detail, entry.count) for entry in entries] == [
            ("Foreign Office", "Ministry, Pakistan", "2 statements"),
            ("United Nations", "International organisation", ""),
        ]

    def test_an_empty_archive_says_so(self, client):
        assert "Nothing is recorded here yet." in client.get(LIST).text

    def test_kind_and_country_narrow_the_list_together(self, client, ministry):
        make_organization("Army", kind="army")
        make_organization("Ministry", kind="ministry", country="ir")

        response = client.get(LIST, {"kind": "ministry", "country": "pk"})

        assert [entry.label for entry in response.context["entries"]] == ["Foreign Office"]

    def test_an_unknown_kind_leaves_no_rows_and_a_message(self, client, ministry):
        response = client.get(LIST, {"kind": "guild"})

        assert response.context["entries"] == []
        assert "“guild” is not one of the kinds." in response.text

    def test_an_unknown_country_leaves_no_rows_and_a_message(self, client, ministry):
        response = client.get(LIST, {"country": "zz"})

        assert response.context["entries"] == []
        assert "There is no “zz” in the archive." in response.text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 20):
            for _ in range(number):
                make_statement(speaker=make_organization())
            with django_assert_max_num_queries(3):
                client.get(LIST)


class TestOrganization:
    def url(self, organization, **query):
        return reverse("organization", args=[organization.slug], query=query or None)

    def test_it_works(self, client, ministry):
        post = make_post("Spokesperson", organization=ministry)
        make_tenure(make_official("Mumtaz Zahra Baloch"), post, started_on="2022-11-11")
        said = make_statement(speaker=ministry, addressee=make_organization("Army", country="ir"))
        passed_on = make_statement(relayer=ministry)

        response = client.get(self.url(ministry))

        assert response.text.count("<h1>") == 1
        assert 'href="https://mofa.gov.pk"' in response.text
        [entry] = response.context["posts"]
        assert entry.detail == "Mumtaz Zahra Baloch, since 11 November 2022"
        assert response.context["statements"].page.rows == [passed_on, said]
        assert [tab.count for tab in response.context["statements"].tabs] == ["", "1", "1"]
        [army] = response.context["addressees"].organizations
        assert army.url == (
            "/statements/?speaker_organization=foreign-office&addressee_organization="
            + said.parties.get(role="addressee").organization.slug
        )

    def test_the_list_shows_the_same_role(self, client, ministry):
        make_statement(relayer=ministry)

        response = client.get(self.url(ministry, role="relayer"))

        assert 'href="/statements/?relayer_organization=foreign-office"' in response.text

    def test_an_unknown_slug_is_not_found(self, client):
        assert client.get("/organizations/nothing/").status_code == 404

    def test_an_old_slug_leads_on(self, client, ministry):
        Redirect.objects.create(kind="organization", old_slug="mofa", new_slug="foreign-office")

        response = client.get("/organizations/mofa/")

        assert (response.status_code, response["Location"]) == (
            301,
            "/organizations/foreign-office/",
        )

    def test_it_cannot_be_posted_to(self, client, ministry):
        assert client.post(self.url(ministry)).status_code == 405

    def test_drafts_are_not_shown(self, client, ministry):
        make_statement("Not yet.", speaker=ministry, status="draft")

        assert "Not yet." not in client.get(self.url(ministry)).text

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        ministry = make_organization()
        for number in (2, 12):
            for _ in range(number):
                make_tenure(make_official(), make_post(organization=ministry))
                make_statement(speaker=ministry, addressee=[make_official(), make_organization()])
                make_statement(relayer=ministry)
            with django_assert_max_num_queries(13):
                client.get(self.url(ministry))
