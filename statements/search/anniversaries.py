"""What was said on one day of the year, whichever year it was."""

from dataclasses import dataclass
from datetime import date

from statements.dates import PartialDate
from statements.models import Statement
from statements.models.listing import listed
from statements.models.statements import ON_ONE_DAY, StatementQuerySet

from .by_day import NEWEST, loaded
from .estimates import fetch
from .matches import Matches
from .paging import Page

N_COUNTED = 10_000
LEAP_YEAR = 2024

BY_YEAR = "SELECT sort_on, count(*) FROM ({newest}) AS newest GROUP BY 1"


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day of the year; 29 February is one."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> "DayOfYear":
        """Reads `01-19`. Raises ValueError."""
        found = PartialDate.parse(f"{LEAP_YEAR}-{text}")
        if found.month is None or found.day is None:
            raise ValueError(text)
        return cls(found.month, found.day)

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date | None:
        """The day in a year; none where that year has no 29 February."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def on_day(day: DayOfYear) -> StatementQuerySet:
    """The published statements said on this day of a year, the day known; an index has them."""
    days, public = _days(day), Statement.objects.published()
    return public.filter(ON_ONE_DAY, sort_on__in=days) if days else public.none()


def _days(day: DayOfYear) -> list[date]:
    """The day in each year in whose month anything was said; the database keeps these months."""
    everything = Matches(Statement.objects.published(), is_everything=True)
    years = [
        int(month[:4])
        for month in everything.tallies().months
        if month.endswith(f"-{day.month:02}")
    ]
    return [found for year in years if (found := day.in_year(year))]


def page_on_day(day: DayOfYear, *, cursor: str | None, n_rows: int) -> Page:
    """One page of these, the newest first. Raises BadCursor."""
    page = NEWEST.page(on_day(day).only("pk", "sort_on"), cursor=cursor, n_rows=n_rows)
    return Page(loaded([row.pk for row in page.rows]), *page.cursors)


def years_of(day: DayOfYear) -> dict[date, int]:
    """How many there are in each year, over the newest: one query that reads the index alone."""
    rows = on_day(day)
    if rows.query.is_empty():
        return {}
    newest = rows.newest_first().values("sort_on")[:N_COUNTED]
    sql, values = newest.query.sql_with_params()
    return dict(fetch(BY_YEAR.format(newest=sql), values))


def said_before(today: date, *, n: int) -> list[Statement]:
    """Statements said on this very day in earlier years, the newest first."""
    rows = on_day(DayOfYear(today.month, today.day)).filter(sort_on__lt=date(today.year, 1, 1))
    return listed(rows.newest_first()[:n])
