"""What the page of all components shows of time: a year, an event's hours, ways to other times."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from django.http import QueryDict

from statements.charts.year import year_grid
from statements.dates import PartialDate
from statements.models import Statement
from statements.search.histogram import Bar
from statements.search.results import StatementSearch

from .calendar import Step
from .hours import line_of_hours
from .years import Year

NOWHERE = "#"
FIRST_OF_THE_YEAR = date(2024, 1, 1)


def in_time(statements: Iterable[Statement]) -> dict[str, Any]:
    """Values that strain what shows time; the statements are told times, and not saved."""
    counts = {FIRST_OF_THE_YEAR + timedelta(days=n * 3): n * n % 211 for n in range(100)}
    rows = list(statements)
    places = (timezone(timedelta(hours=5)), timezone(timedelta(hours=-3, minutes=-30)), UTC)
    for hour, (row, place) in enumerate(zip(rows, places, strict=False), 9):
        row.say_at(datetime(2024, 1, 19, hour, 30, tzinfo=place))
    asked = StatementSearch(QueryDict("from=zz&channel=fax"))
    asked.filters.is_valid()
    return {
        "within": PartialDate(2024),
        "year": Year(
            columns=[Bar(f"2024-{n:02}", n * n, NOWHERE, n == 6) for n in range(1, 13)],
            grid=year_grid(2024, counts),
            day_url="?",
            n=sum(counts.values()),
            n_inexact=1,
            n_of_year=2,
            counted_since=date(2024, 3, 1),
        ),
        "hours": line_of_hours(rows),
        "earlier": Step("December 2023", NOWHERE),
        "later": Step("February 2024", NOWHERE),
        "faulty": asked,
    }
