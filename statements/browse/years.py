"""A year of a search: its months as bars, its days as a grid."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from statements.charts.year import YearGrid, year_grid
from statements.dates import PartialDate
from statements.search.daily import stretch
from statements.search.histogram import Bar
from statements.search.results import StatementSearch


@dataclass(frozen=True)
class Year:
    """What was said in a year: by month, by day where the day is known, and known no closer."""

    columns: list[Bar]
    grid: YearGrid
    day_url: str  # what a day of the grid is put before
    n: int
    n_inexact: int
    n_of_year: int
    counted_since: date | None


def told_year(
    search: StatementSearch, year: PartialDate, month_url: Callable[[PartialDate], str]
) -> Year:
    """Counts a year of a search that means something; one query."""
    found = stretch(search, year)
    months = [PartialDate(year.year, month) for month in range(1, 13)]
    return Year(
        columns=[
            Bar(str(month), found.months.get(month.earliest, 0), month_url(month), False)
            for month in months
        ],
        grid=year_grid(year.year, found.days),
        day_url=f"{reverse('statements')}{search.address(since=None, until=None)}",
        n=found.n,
        n_inexact=found.n_inexact,
        n_of_year=found.n_of_year,
        counted_since=found.counted_since,
    )
