"""Tallies of the newest matches: what is counted, in which window, and how long it is kept."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from statements.models import Statement
from statements.search import matches
from statements.search.matches import Matches
from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db
LOCAL = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DAYS = [date(2000 + year, 1, 1) for year in range(21)]


def everything():
    return Matches(Statement.objects.published())


def test_it_works():
    official = make_official()
    for year in (2019, 2020, 2020):
        make_statement(speaker=official, said_on=f"{year}-05-01")
    tallies = everything().tallies()
    assert tallies.n == 3
    assert tallies.tokens[f"@s{official.pk}"] == 3
    assert tallies.months == {"2019-05": 1, "2020-05": 2}
    assert (tallies.tokens["@y2019"], tallies.tokens["@y2020"]) == (1, 2)


def test_every_year_is_told_however_many():
    for year in range(1900, 1900 + matches.N_TOKENS_A_KIND + 5):
        make_statement(said_on=str(year))
    years = [token for token in everything().tallies().tokens if token.startswith("@y")]
    assert len(years) == matches.N_TOKENS_A_KIND + 5


@pytest.mark.parametrize("letter", ["f", "s", "h", "y"])
def test_one_facet_is_told_as_among_all(letter):
    for year in (2019, 2020):
        make_statement(speaker=make_official(country="pk"), said_on=f"{year}-05-01")
    every, one = everything().tallies().tokens, everything().tallies(letter).tokens
    assert one == {token: n for token, n in every.items() if token[1] == letter}


def test_what_is_known_of_all_facets_is_not_asked_again_for_one(settings):
    settings.CACHES = LOCAL
    cache.clear()
    make_statement()
    everything().tallies()
    with CaptureQueriesContext(connection) as queries:
        everything().tallies("f")
    assert [query for query in queries if "unnest" in query["sql"]] == []
    cache.clear()


def test_nothing_is_counted_where_nothing_can_match():
    assert Matches(Statement.objects.none()).tallies() == matches.NOTHING


class Windows:
    """Answers as if there were so many matches in each of twenty parts of the days."""

    def __init__(self, monkeypatch, *, expected, found):
        monkeypatch.setattr(matches, "spread_of_days", lambda: DAYS)
        monkeypatch.setattr(matches, "n_expected", lambda rows: expected)
        self.found, self.asked = found, []

    def run(self, window):
        self.asked.append(window)
        n = self.found[min(len(self.asked), len(self.found)) - 1]
        return n, n


def test_a_window_that_holds_enough_is_all_that_is_searched(monkeypatch):
    windows = Windows(monkeypatch, expected=1_000_000, found=[12_000])
    assert everything()._within_days(10_001, windows.run) == 12_000
    assert windows.asked == [Q(sort_on__gte=date(2019, 1, 1))]


def test_a_window_is_widened_by_what_was_found_in_it(monkeypatch):
    windows = Windows(monkeypatch, expected=100_000, found=[5_000, 12_000])
    everything()._within_days(10_001, windows.run)
    assert windows.asked == [
        Q(sort_on__gte=date(2016, 1, 1)),
        Q(sort_on__gte=date(2010, 1, 1)),
    ]


def test_what_is_rare_is_searched_without_a_window(monkeypatch):
    windows = Windows(monkeypatch, expected=12_000, found=[900])
    everything()._within_days(10_001, windows.run)
    assert windows.asked == [Q()]


def test_where_the_estimate_was_wrong_all_is_searched_in_the_end(monkeypatch):
    windows = Windows(monkeypatch, expected=1_000_000, found=[0])
    assert everything()._within_days(10_001, windows.run) == 0
    assert windows.asked[-1] == Q()
    assert len(windows.asked) < 5
