"""The map of the world."""

import pytest
from django.db import connection

from statements.search import matches
from tests.factories import make_country, make_official, make_statement

pytestmark = pytest.mark.django_db

PAGE = "/map/"


def told(response):
    return [(place.country.code, place.n) for place in response.context["places"]]


@pytest.fixture
def said():
    pakistani, iranian = make_official(country="pk"), make_official(country="ir")
    make_statement(speaker=pakistani, addressee=iranian, channel="letter")
    make_statement(speaker=pakistani, addressee=iranian)
    make_statement(speaker=iranian, addressee=make_official(country="mt"))


def test_it_works(client, said):
    response = client.get(PAGE)

    assert response.text.count("<h1>") == 1
    assert told(response) == [("pk", 2), ("ir", 1)]
    assert 'aria-label="Pakistan: 2"' in response.text
    assert 'href="/statements/?from=pk"' in response.text
    assert {area.code for area in response.context["chart"].areas} == {"pk", "ir"}
    assert '<link rel="canonical" href="http://testserver/map/">' in response.text


def test_the_other_side_is_a_link_away(client, said):
    page = client.get(PAGE)
    assert [(str(tab.label), tab.url) for tab in page.context["tabs"]] == [
        ("From each country", "?"),
        ("To each country", "?side=to"),
    ]

    response = client.get(f"{PAGE}?side=to")

    assert told(response) == [("ir", 2), ("mt", 1)]
    assert 'href="/statements/?to=ir"' in response.text
    assert [spot.code for spot in response.context["chart"].spots] == ["mt"]


def test_filters_are_in_force_and_on_every_link(client, said):
    response = client.get(f"{PAGE}?channel=letter&sort=oldest")

    assert told(response) == [("pk", 1)]
    assert 'href="/statements/?channel=letter&amp;from=pk"' in response.text
    assert 'href="?channel=letter&amp;side=to"' in response.text
    assert 'rel="canonical"' not in response.text


def test_the_side_that_is_chosen_is_marked_and_all_are_shown(client, said):
    response = client.get(f"{PAGE}?from=pk")

    assert told(response) == [("pk", 2), ("ir", 1)]
    assert "map__area--selected" in response.text


def test_each_number_is_that_of_the_list_it_leads_to(client, said):
    for place in client.get(f"{PAGE}?side=to").context["places"]:
        assert client.get(place.url).context["search"].count.n == place.n


def test_former_states_are_told_in_the_table(client):
    make_statement(speaker=make_official(country="suhh"))

    response = client.get(PAGE)

    assert told(response) == [("suhh", 1)]
    assert response.context["chart"].drawn == set()
    assert "a former state, not on the map" in response.text


def test_a_country_without_a_place_is_told_in_the_table(client):
    make_country("x-atlantis", name="Atlantis")
    make_statement(speaker=make_official(country="x-atlantis"))

    response = client.get(PAGE)

    assert "Atlantis" in response.text
    assert "not on the map" in response.text


def test_all_of_more_countries_than_a_facet_shows_are_there(client):
    codes = ["pk", "ir", "tr", "fr", "de", "us", "gb", "in", "cn", "jp", "br", "ru", "za", "eg"]
    for code in codes:
        make_statement(speaker=make_official(country=code))

    assert len(told(client.get(PAGE))) == len(codes)


def test_it_counts_to_its_bound_and_says_so(client, monkeypatch, said):
    monkeypatch.setattr(matches, "N_MATCHES", 1)

    assert "Counted over the newest 10,000." in client.get(f"{PAGE}?form=direct").text


def test_the_counts_that_are_kept_are_all_told(client, said):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_anew()")

    response = client.get(PAGE)

    assert told(response) == [("pk", 2), ("ir", 1)]
    assert response.context["is_partial"] is False


def test_an_empty_archive_says_so(client):
    assert "No statement is published yet." in client.get(PAGE).text


def test_drafts_are_not_counted(client):
    make_statement(speaker=make_official(), status="draft")

    assert "No statement is published yet." in client.get(PAGE).text


def test_a_side_that_is_none_is_told(client, said):
    response = client.get(f"{PAGE}?side=above")

    assert response.status_code == 200
    assert "There is no such side." in response.text


def test_a_filter_that_means_nothing_is_told_in_words(client):
    response = client.get(f"{PAGE}?from=zz")

    assert response.status_code == 200
    assert "“zz” is not in the archive." in response.text


def test_it_cannot_be_posted_to(client):
    assert client.post(PAGE).status_code == 405


def test_the_list_and_the_countries_lead_here(client, said):
    make_statement(said_on="2023-01-01", speaker=make_official(country="pk"))

    assert 'href="/map/?from=pk"' in client.get("/statements/?from=pk&sort=oldest").text
    assert 'href="/map/"' in client.get("/countries/").text


@pytest.mark.parametrize("n", [1, 5])
def test_its_queries_do_not_grow_with_its_rows(client, django_assert_max_num_queries, n):
    for code in ["pk", "ir", "tr", "fr", "de"][:n]:
        make_statement(speaker=make_official(country=code))
    with django_assert_max_num_queries(6):
        client.get(PAGE)
