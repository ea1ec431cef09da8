"""A search costs as many queries for thirty rows as for three."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from statements.interchange.public import public_statement
from statements.models import Official
from statements.search.results import CopySearch
from tests.factories import (
    make_article,
    make_event,
    make_link,
    make_official,
    make_organization,
    make_outlet,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)
from tests.search.world import search

pytestmark = pytest.mark.django_db


def fill(n):
    """Statements that share nothing, each with everything that costs a query to show."""
    previous = None
    for _ in range(n):
        official = make_official(aliases=["J."])
        make_tenure(official, make_post(organization=make_organization()), "2020")
        statement = make_statement(
            "Mutual trust and cooperation.",
            speaker=official,
            addressee=[make_official(country="ir"), make_organization(country="ir")],
            relayer=make_organization(),
            topics=[make_topic(), make_topic()],
            about_events=[make_event()],
            event=make_event(),
            cited=False,
        )
        based = make_article(outlet=make_outlet())
        make_citation_of(statement, based)
        if previous:
            make_link(statement, previous)
        previous = statement


def make_citation_of(statement, based):
    article = make_article(
        outlet=make_outlet(), kind="reconstruction", based_on=based, body="Mutual trust."
    )
    statement.citations.create(article=article, quote="Mutual trust", check_result="verified")


def cost(work):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        work()
    return len(queries)


def page(address):
    result = CopySearch(QueryDict(address))
    return [
        [public_statement(row, str) for row in result.rows],
        result.count, result.chips, result.title, result.next_url, result.sorts,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("limit=200", 14),
        ("limit=200&q=trust", 18),
        ("limit=200&from=pk&to=ir&since=2024", 17),
        ("limit=200&q=trust+to:iran+speaker:jilani", 26),
    ],
)
def test_a_page_of_rows(address, budget):
    fill(3)
    page(address)  # what PostgreSQL's statistics say is asked for once in a while
    few = cost(lambda: page(address))
    fill(27)
    many = cost(lambda: page(address))
    assert few == many
    assert many <= budget


def test_facets_and_histogram():
    fill(3)
    few = cost(lambda: (search().facets, search().histogram))
    fill(9)
    many = cost(lambda: (search().facets, search().histogram))
    assert few == many
    assert many <= 40


def test_of_a_damaged_search_nothing_is_fetched(django_assert_num_queries):
    fill(1)
    result = search("from=zz")
    assert result.errors
    with django_assert_num_queries(0):
        assert (result.rows, result.count.n, result.facets, result.histogram) == ([], 0, [], [])


def test_fifty_officials_are_looked_up_at_once(django_assert_max_num_queries):
    Official.objects.bulk_create(Official(slug=f"o-{n}", name=f"O {n}") for n in range(50))
    with django_assert_max_num_queries(2):
        search(speaker=[f"o-{n}" for n in range(50)]).form.is_valid()
