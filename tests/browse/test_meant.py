"""Who is offered where the list of statements is empty."""

import re

import pytest

from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def jilani():
    official = make_official("Jalil Abbas Jilani", slug="jilani")
    make_statement("We want calm.", speaker=official, channel="letter")
    return official


def offered(client, query):
    """The addresses that are offered, and the page."""
    page = client.get(f"/statements/?{query}").content.decode()
    part = re.search(r'<div class="empty__meant">.*?</div>', page, re.S)
    return re.findall(r'href="([^"]+)"', part[0]) if part else []


def test_it_works(client, jilani):
    [url] = offered(client, "q=jillani")
    assert url == "?official=jilani"
    assert "We want calm." in client.get(f"/statements/{url}").content.decode()


def test_the_other_parameters_stay(client, jilani):
    [url] = offered(
        client, "q=jillani&channel=letter&channel=speech&since=2020&sort=oldest&cursor="
    )
    parameters = "channel=letter&amp;channel=speech&amp;since=2020&amp;sort=oldest"
    assert url == f"?{parameters}&amp;official=jilani"


def test_the_other_words_and_typed_filters_stay(client, jilani):
    [url] = offered(client, "q=jillani+%22want+calm%22+-war+channel:letter")
    assert url == "?q=%22want+calm%22+-war+channel%3A%22letter%22&amp;official=jilani"


def test_who_said_nothing_of_the_kind_is_not_offered(client, jilani):
    assert offered(client, "q=jillani&channel=speech") == []


@pytest.mark.parametrize(
    "query", ["q=zzzz", "q=-jillani", "channel=speech", "q=jillani&official=jilani", "q=the"]
)
def test_nobody_is_offered_for_what_is_like_no_name(client, jilani, query):
    assert offered(client, query) == []


@pytest.mark.parametrize("query", ["q=calm", "q=jillani&channel=fax", "q=jillani&cursor=x"])
def test_nobody_is_offered_where_something_is_found_or_wrong(client, jilani, query):
    assert offered(client, query) == []


def test_at_most_three_are_offered_and_queries_are_bounded(client, django_assert_max_num_queries):
    for n in range(6):
        make_statement(speaker=make_official("Jalil Abbas Jilani", slug=f"jilani-{n}"))
    with django_assert_max_num_queries(70):
        assert len(offered(client, "q=jillani")) == 3


def test_a_name_cannot_bring_markup(client):
    make_statement(speaker=make_official("Jalil <b>Abbas</b> Jilani"))
    page = client.get("/statements/?q=jillani").content.decode()
    assert "Did you mean:" in page
    assert "<b>" not in page


@pytest.mark.parametrize("words", ["Pakistn", "pakstan", "PAKISTAAN", "Pákistn"])
def test_a_country_that_is_spelled_nearly_so(client, words):
    make_statement("We want calm.", speaker=make_official(country="pk"))
    [url] = offered(client, f"q={words}")
    assert url == "?country=pk"
    assert "We want calm." in client.get(f"/statements/{url}").content.decode()


def test_a_country_among_other_words(client):
    make_statement("We want calm.", speaker=make_official(country="pk"))
    assert offered(client, "q=calm+Pakistn") == ["?q=calm&amp;country=pk"]


def test_a_country_beside_another_that_is_asked_for(client):
    make_statement("We want calm.", speaker=make_official(country="pk"))
    assert offered(client, "q=Pakistn&country=pk") == []


@pytest.mark.parametrize("words", ["paki", "stan", "pakora"])
def test_no_country_for_what_is_little_like_it(client, words):
    make_statement("We want calm.", speaker=make_official(country="pk"))
    assert offered(client, f"q={words}") == []
