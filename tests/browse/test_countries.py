"""Pages of countries."""

import pytest

from statements.models import Redirect
from tests.factories import (
    make_country,
    make_event,
    make_official,
    make_organization,
    make_post,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db

LIST = "/countries/"
PAGE = "/countries/pk/"


def lines(response, name):
    return [(line.country.name, line.n_from, line.n_to) for line in response.context[name]]


def labels(tallies):
    return [(tally.label, tally.n) for tally in tallies]


class TestList:
    def test_it_works(self, client):
        make_statement(speaker=make_official(), addressee=make_official(country="ir"))

        response = client.get(LIST)

        assert lines(response, "heard") == [("Iran", "", "1"), ("Pakistan", "1", "")]
        assert '<a href="/statements/?from=pk">1</a>' in response.text
        assert '<a href="/statements/?to=ir">1</a>' in response.text
        assert "France" in [line.country.name for line in response.context["unheard"]]

    def test_an_empty_archive_says_so_and_lists_every_country(self, client):
        response = client.get(LIST)

        assert "No statement is published yet." in response.text
        assert response.context["heard"] == []
        assert len(response.context["unheard"]) > 200

    def test_drafts_are_not_counted(self, client):
        make_statement(speaker=make_official(), status="draft")

        assert client.get(LIST).context["heard"] == []

    def test_a_statement_of_two_ministers_counts_once(self, client):
        make_statement(speaker=[make_official(), make_official()])

        assert lines(client.get(LIST), "heard") == [("Pakistan", "1", "")]

    def test_former_states_stand_apart_with_their_years(self, client):
        make_statement(speaker=make_official(country="suhh"))

        response = client.get(LIST)

        assert lines(response, "former") == [("Soviet Union", "1", "")]
        assert response.context["former"][0].years == "1922 \N{EN DASH} 1991"
        assert response.context["heard"] == []
        assert "Yugoslavia" in [line.country.name for line in response.context["former_unheard"]]

    def test_accents_do_not_part_the_alphabet(self, client):
        names = [line.country.name for line in client.get(LIST).context["unheard"]]

        assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")

    def test_it_counts_to_its_bound_and_says_so(self, client, monkeypatch):
        monkeypatch.setattr("statements.browse.countries.N_COUNTED_IN_LIST", 2)
        pakistani = make_official()
        for _ in range(4):
            make_statement(speaker=pakistani)

        assert lines(client.get(LIST), "heard") == [("Pakistan", "2+", "")]

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for codes in (["pk"], ["ir", "tr", "fr", "de"]):
            for code in codes:
                make_statement(speaker=make_official(country=code))
            with django_assert_max_num_queries(2):
                client.get(LIST)


class TestCountry:
    def test_it_works(self, client):
        jilani = make_official("Jalil Abbas Jilani")
        post = make_post("Foreign Minister")
        make_tenure(jilani, post, started_on="2023-08-17", ended_on="2024-03")
        make_organization("Foreign Office")
        event = make_event("A call", countries=["pk", "ir"], started_on="2024-01-19")
        statement = make_statement(
            speaker=jilani, addressee=make_official(country="ir"), event=event
        )

        response = client.get(PAGE)

        context = response.context
        assert response.text.count("<h1>") == 1
        assert "Islamic Republic of Pakistan" in response.text
        assert ("ISO 3166 codes", "PK, PAK") in context["facts"]
        assert [entry.label for entry in context["officials"]] == ["Jalil Abbas Jilani"]
        assert [entry.detail for entry in context["posts"]] == [
            "Jalil Abbas Jilani, 17 August 2023 \N{EN DASH} March 2024"
        ]
        assert [entry.label for entry in context["organizations"]] == ["Foreign Office"]
        assert [entry.label for entry in context["events"]] == ["A call"]
        assert labels(context["addressees"].countries) == [("Iran", 1)]
        assert 'href="/statements/?from=pk&amp;to=ir"' in response.text
        assert context["statements"].rows == [statement]
        assert 'type="application/json" href="/countries/pk.json"' in response.text
        assert '<link rel="canonical" href="http://testserver/countries/pk/">' in response.text

    def test_a_country_that_nobody_spoke_for_has_a_page(self, client):
        response = client.get("/countries/fr/")

        assert "No statement from France or to France is published." in response.text

    def test_an_unknown_code_is_not_found(self, client):
        assert client.get("/countries/zz/").status_code == 404

    def test_a_code_in_capitals_leads_to_its_address(self, client):
        response = client.get("/countries/PK/?cursor=x")

        assert response.status_code == 301
        assert response["Location"] == "/countries/pk/?cursor=x"

    def test_an_old_code_leads_on(self, client):
        Redirect.objects.create(kind="country", old_slug="x-pak", new_slug="pk")

        assert client.get("/countries/x-pak/")["Location"] == "/countries/pk/"

    def test_it_cannot_be_posted_to(self, client):
        assert client.post(PAGE).status_code == 405

    def test_a_former_state_says_when_it_existed(self, client):
        response = client.get("/countries/suhh/")

        assert "1922 \N{EN DASH} 1991" in response.text
        assert "Former state" in response.text

    def test_a_state_without_a_code_of_iso_shows_none(self, client):
        make_country("x-hawaii", name="Hawaii")

        response = client.get("/countries/x-hawaii/")

        assert "ISO 3166 codes" not in response.text

    def test_drafts_are_seen_nowhere(self, client):
        make_statement("Not yet.", speaker=make_official(), status="draft")

        response = client.get(PAGE)

        assert "Not yet." not in response.text
        assert response.context["line"].n_from == ""

    def test_those_it_addresses_come_in_order_of_their_number(self, client):
        pakistani = make_official()
        for code in ("ir", "tr", "ir", "pk"):
            make_statement(speaker=pakistani, addressee=make_official(country=code))

        context = client.get(PAGE).context

        assert labels(context["addressees"].countries) == [("Iran", 2), ("Turkey", 1)]
        assert [tally.share for tally in context["addressees"].countries] == [100, 50]

    def test_each_number_is_that_of_the_list_it_leads_to(self, client):
        pakistani, iranian = make_official(), make_official(country="ir")
        make_statement(speaker=[pakistani, iranian], addressee=[pakistani, iranian])
        make_statement(speaker=[pakistani, make_official()], addressee=iranian)

        context = client.get(PAGE).context

        line = context["line"]
        told = [(line.from_url, int(line.n_from)), (line.to_url, int(line.n_to))]
        for side in (context["addressees"], context["addressers"]):
            told += [(tally.url, tally.n) for tally in side.countries]
        assert [n for _, n in told] == [2, 1, 2, 1]
        for url, n in told:
            assert client.get(url).context["search"].count.n == n, url

    def test_statements_from_it_and_to_it_lead_on_page_by_page(self, client):
        pakistani, iranian = make_official(), make_official(country="ir")
        for day in range(1, 15):
            make_statement(speaker=pakistani, said_on=f"2024-01-{day:02}")
            make_statement(speaker=iranian, addressee=pakistani, said_on=f"2024-01-{day:02}")

        first = client.get(PAGE).context["statements"]
        second = client.get(PAGE + first.next_url).context["statements"]

        assert (len(first.rows), len(second.rows)) == (20, 8)
        assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}

    def test_its_queries_do_not_grow_with_its_rows(self, client, django_assert_max_num_queries):
        for number in (2, 12):
            for _ in range(number):
                organization = make_organization()
                make_tenure(make_official(), make_post(organization=organization))
                event = make_event(countries=["pk"])
                make_statement(
                    speaker=make_official(),
                    addressee=[make_official(country="ir"), organization],
                    event=event,
                )
            with django_assert_max_num_queries(19):
                client.get(PAGE)
