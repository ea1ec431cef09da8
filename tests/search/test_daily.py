"""What matches on each day of a month or a year."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict

from statements.dates import PartialDate
from statements.search import daily
from statements.search.daily import beside, newest_day, stretch
from statements.search.results import StatementSearch
from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db

JANUARY = PartialDate(2024, 1)
YEAR = PartialDate(2024)


def search(query=""):
    found = StatementSearch(QueryDict(query))
    assert found.filters.is_valid()
    return found


def test_it_works():
    older = make_statement(said_on="2024-01-19")
    newer = make_statement(said_on="2024-01-19")
    make_statement(said_on="2024-01-19", status="draft")
    make_statement(said_on="2024-02-01")

    month = stretch(search(), JANUARY, n_first=1)

    assert month.days == {date(2024, 1, 19): 2}
    assert month.first == {date(2024, 1, 19): [newer.pk]}
    assert month.n == 2
    assert month.counted_since is None
    assert older.pk not in month.inexact


@pytest.mark.parametrize(
    ("fields", "is_of_month"),
    [
        ({"said_on": "2024-01"}, True),
        ({"said_on": "2024-01-18", "said_on_qualifier": "about"}, True),
        ({"said_on": "2024-01-18", "said_on_qualifier": "not_after"}, True),
        (
            {
                "said_on": "2024-01-30",
                "said_on_qualifier": "between",
                "said_on_until": "2024-02-03",
            },
            True,
        ),
        ({"said_on": "2024"}, False),
        ({"said_on": "2024-02-03", "said_on_qualifier": "not_after"}, False),
        ({"said_on": None}, False),
    ],
    ids=["month", "about", "bound", "between", "year", "bound of another", "undated"],
)
def test_what_has_no_one_day_is_put_on_none(fields, is_of_month):
    statement = make_statement(**fields)

    month = stretch(search(), JANUARY, n_first=2)

    assert month.days == {}
    assert month.inexact == ([statement.pk] if is_of_month else [])
    assert month.n == month.n_inexact == int(is_of_month)


def test_a_year_tells_its_months_and_what_is_known_to_the_year_alone():
    for said_on in ("2024-01-19", "2024-01", "2024-03-02", "2024", "2023-12-31"):
        make_statement(said_on=said_on)

    year = stretch(search(), YEAR)

    assert year.months == {date(2024, 1, 1): 2, date(2024, 3, 1): 1}
    assert year.days == {date(2024, 1, 19): 1, date(2024, 3, 2): 1}
    assert (year.n, year.n_of_year, year.n_inexact) == (4, 1, 1)


def test_filters_narrow_it_and_days_do_not():
    make_statement(said_on="2024-01-19", speaker=make_official(country="ir"))
    make_statement(said_on="2024-01-19", speaker=make_official(country="pk"))

    month = stretch(search("from=ir&since=1990&until=1991"), JANUARY)

    assert month.days == {date(2024, 1, 19): 1}


def test_nothing_is_found_for_words_that_stand_in_every_text():
    make_statement()

    assert stretch(search("q=the"), JANUARY).n == 0
    assert beside(search("q=the"), JANUARY) == (None, None)


def test_it_counts_back_to_its_bound_and_says_so(monkeypatch):
    monkeypatch.setattr(daily, "N_MATCHES", 2)
    for day in (10, 11, 12, 12):
        make_statement(said_on=f"2024-01-{day}")

    month = stretch(search(), JANUARY)

    assert month.days == {date(2024, 1, 12): 2, date(2024, 1, 11): 1}
    assert month.counted_since == date(2024, 1, 11)
    assert not month.is_counted(date(2024, 1, 10))


@pytest.fixture
def kept():
    """Has the database add up its counts, as it does at the end of a transaction."""

    def add_up():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count_anew()")
        cache.clear()

    return add_up


class TestOfEverything:
    """What is told of all from kept counts is what counting tells."""

    @pytest.fixture(autouse=True)
    def said(self):
        for fields in (
            {"said_on": "2024-01-19"},
            {"said_on": "2024-01-19"},
            {"said_on": "2024-01-01"},
            {"said_on": "2024-01"},
            {"said_on": "2024-01-18", "said_on_qualifier": "about"},
            {"said_on": "2024-03-02"},
            {"said_on": "2024"},
            {"said_on": "2024", "said_on_qualifier": "not_before"},
            {"said_on": "2023-12-31"},
            {"said_on": None},
            {"said_on": "2024-01-20", "status": "draft"},
        ):
            make_statement(**fields)

    @pytest.mark.parametrize(
        "within", [JANUARY, PartialDate(2024, 3), PartialDate(2024, 5), YEAR], ids=str
    )
    def test_it_is_the_same(self, kept, within, monkeypatch):
        counted = stretch(search(), within, n_first=2)
        kept()
        of_kept = stretch(search(), within, n_first=2)

        monkeypatch.setattr(daily, "_told", None)
        assert stretch(search(), within, n_first=2) == of_kept == counted

    def test_it_counts_back_to_its_bound_and_says_so(self, kept, monkeypatch):
        kept()
        monkeypatch.setattr(daily, "N_EVERYTHING", 1)

        month = stretch(search(), JANUARY)

        assert month.days == {date(2024, 1, 19): 2}
        assert month.counted_since == date(2024, 1, 19)


class TestBeside:
    def test_it_works(self):
        for said_on in ("2023-11-02", "2023-05", "2024-01-19", "2024-05-03", "2025-01-01"):
            make_statement(said_on=said_on)

        assert beside(search(), JANUARY) == (date(2023, 11, 2), date(2024, 5, 3))

    def test_a_month_passes_over_what_is_known_to_the_year_alone(self):
        make_statement(said_on="2023")
        make_statement(said_on="2023-05")

        assert beside(search(), JANUARY) == (date(2023, 5, 1), None)

    def test_a_year_does_not(self):
        make_statement(said_on="2022")

        assert beside(search(), YEAR) == (date(2022, 1, 1), None)

    def test_the_undated_are_of_no_month(self):
        make_statement(said_on=None)

        assert beside(search(), JANUARY) == (None, None)
        assert newest_day(search()) is None

    def test_filters_narrow_it(self):
        make_statement(said_on="2023-11-02", speaker=make_official(country="ir"))
        make_statement(said_on="2023-12-02", speaker=make_official(country="pk"))

        assert beside(search("from=ir"), JANUARY) == (date(2023, 11, 2), None)

    def test_the_newest_day_has_its_month_known(self):
        make_statement(said_on="2024-01-19")
        make_statement(said_on="2025")

        assert newest_day(search()) == date(2024, 1, 19)
