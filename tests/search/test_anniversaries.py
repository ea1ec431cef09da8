"""What was said on one day of the year."""

from datetime import date

import pytest

from statements.search.anniversaries import (
    DayOfYear,
    on_day,
    page_on_day,
    said_before,
    years_of,
)
from tests.factories import make_statement

pytestmark = pytest.mark.django_db


def test_it_works():
    found = make_statement(said_on="1979-01-19")
    make_statement(said_on="2024-01-19")
    make_statement(said_on="1979-01-20")

    assert said_before(date(2024, 1, 19), n=5) == [found]


@pytest.mark.parametrize(
    "fields",
    [
        {"said_on": "1979-01"},
        {"said_on": "1979"},
        {"said_on": None},
        {"said_on": "1979-01-19", "said_on_qualifier": "about"},
        {"said_on": "1979-01-19", "said_on_qualifier": "not_before"},
        {"said_on": "1979-01-19", "said_on_qualifier": "between", "said_on_until": "1979-01-20"},
        {"said_on": "1979-01-19", "status": "draft"},
    ],
    ids=["month", "year", "undated", "about", "open", "between", "draft"],
)
def test_only_what_is_public_and_of_a_known_day_is_found(fields):
    make_statement(**fields)

    assert not on_day(DayOfYear(1, 19)).exists()


def test_the_twenty_ninth_of_february_has_its_years_too():
    found = make_statement(said_on="2020-02-29")

    assert said_before(date(2024, 2, 29), n=5) == [found]
    assert DayOfYear(2, 29).in_year(2023) is None


def test_pages_follow_each_other_from_the_newest():
    rows = [make_statement(said_on=f"{year}-01-19") for year in (2021, 2022, 2022, 2023)]

    first = page_on_day(DayOfYear(1, 19), cursor=None, n_rows=3)
    second = page_on_day(DayOfYear(1, 19), cursor=first.next_cursor, n_rows=3)

    assert first.rows == [rows[3], rows[2], rows[1]]
    assert second.rows == [rows[0]]
    assert second.next_cursor is None


def test_years_are_counted():
    for year in (2021, 2022, 2022):
        make_statement(said_on=f"{year}-01-19")

    assert years_of(DayOfYear(1, 19)) == {date(2021, 1, 19): 1, date(2022, 1, 19): 2}


@pytest.mark.parametrize("text", ["13-01", "02-30", "00-10", "1-1", "01", "", "01-19-1", "W0-1"])
def test_what_is_no_day_of_the_year_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        DayOfYear.parse(text)
