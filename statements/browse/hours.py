"""The statements of an event on a line of hours, each with the time of the place it was made at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from operator import itemgetter

from django.utils.dates import MONTHS_3
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from statements.charts.hours import Hours, Mark, Tick, hours
from statements.dates import PartialDate, printed_time, printed_zone
from statements.models import Statement

from .periods import printed_day

SECONDS_OF_MONTHS = 91 * 86_400  # between two ticks of a line that is of years


@dataclass(frozen=True)
class Timed:
    """A statement, the time `there` in words, and that of the line where the line keeps another."""

    statement: Statement
    at: datetime
    there: str
    on_the_line: str
    mark: Mark


@dataclass(frozen=True)
class Line:
    """What is known to the minute, in order, and what is not; `ticks` are places and times."""

    timed: list[Timed]
    untimed: list[Statement]
    chart: Hours
    ticks: list[tuple[float, str]]
    zone: str


def line_of_hours(statements: Iterable[Statement]) -> Line | None:
    """Puts statements in order of their times; None where fewer than two have one."""
    rows = list(statements)
    pairs = [(at, row) for row in rows if (at := row.said_at_local)]
    if len(pairs) < 2:
        return None
    pairs.sort(key=itemgetter(0))
    chart = hours([at for at, _row in pairs])
    if chart is None:
        return None
    return Line(
        timed=[
            _timed(row, at, mark, chart.zone)
            for (at, row), mark in zip(pairs, chart.marks, strict=True)
        ],
        untimed=[row for row in rows if row.said_at is None],
        chart=chart,
        ticks=[(tick.x, _tick(tick, chart.step)) for tick in chart.ticks],
        zone=printed_zone(pairs[0][0].astimezone(chart.zone)),
    )


def _timed(statement: Statement, at: datetime, mark: Mark, zone: timezone) -> Timed:
    is_same = at.utcoffset() == zone.utcoffset(None)
    return Timed(statement, at, _printed(at), "" if is_same else _beside(at, zone), mark)


def _beside(at: datetime, zone: timezone) -> str:
    """The time in another zone, with its day where that is another as well."""
    there = at.astimezone(zone)
    return printed_time(there) if there.date() == at.date() else _printed(there)


def _tick(tick: Tick, step: int) -> str:
    """The day where one begins, else the time; where the line is of years, with the year."""
    if step >= SECONDS_OF_MONTHS:
        return str(PartialDate(tick.at.year, tick.at.month, tick.at.day))
    if not tick.is_day:
        return f"{tick.at:%H:%M}"
    return _("%(day)d %(month)s") % {
        "day": tick.at.day,
        "month": capfirst(MONTHS_3[tick.at.month]),
    }


def _printed(at: datetime) -> str:
    """A time in words: `19 January 2024, 14:30 UTC+05:00`."""
    day = printed_day(PartialDate(at.year, at.month, at.day))
    return _("%(day)s, %(time)s") % {"day": day, "time": printed_time(at)}
