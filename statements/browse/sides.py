"""The statements of a pair in time, each on its side, with the events of both across the middle."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from statements.models import Event, Statement
from statements.search.pairs import Pair, PairSearch, Way, events_between

N_EVENTS = 20  # on a page


class Sided(NamedTuple):
    """A statement, and who of the two spoke to whom in it."""

    statement: Statement
    way: Way


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands on one line of time: an event, or what was said on a day."""

    event: Event | None = None
    said: list[Sided] = field(default_factory=list)

    @property
    def statement(self) -> Statement:
        """One of the statements, which have their day in common."""
        return self.said[0].statement


def moments(search: PairSearch) -> tuple[list[Moment], bool]:
    """The page of a search by day, with the events of its time; by rank, as it was ranked.

    And whether there are more events than a page shows, which are the newest.
    """
    days = _days(search.rows, search.pair)
    if not search.is_in_time:
        return days, False
    events = _events(search)
    shown = _together(days, events[:N_EVENTS], is_descending=search.sort == "newest")
    return shown, len(events) > N_EVENTS


def _days(rows: Iterable[Statement], pair: Pair) -> list[Moment]:
    """Statements that follow on each other, by the day that is told of them.

    In order of time, those of one day are brought together where others stand between: the 19th,
    and not after the 19th.
    """
    found: list[Moment] = []
    for _sort_on, same in groupby(rows, key=attrgetter("sort_on")):
        told: dict[object, list[Sided]] = {}
        for statement in same:
            day = (statement.said_on, statement.said_on_qualifier, statement.said_on_until)
            told.setdefault(day, []).append(Sided(statement, pair.way_of(statement)))
        found += [Moment(said=said) for said in told.values()]
    return found


def _events(search: PairSearch) -> list[Event]:
    """The events of a page's time: from the statement before it to its last, or to the very end.

    One more than a page shows, if there are so many.
    """
    since, until = search.days
    is_last = search.next_url is None
    last = search.rows[-1]
    # Once the undated begin, all that has a day is told.
    end = None if is_last or last.is_undated else last.sort_on
    before = search.day_before
    if search.sort == "newest":
        since, until = _later(since, end), _earlier(until, _step(before, -1))
    else:
        since, until = _later(since, _step(before, 1)), _earlier(until, end)
    return events_between(
        search.pair, since, until, N_EVENTS + 1, with_undated=is_last and not any(search.days)
    )


def _step(day: date | None, n: int) -> date | None:
    """So many days on, as far as there are days."""
    if day is None or day in (date.min, date.max):
        return day
    return day + timedelta(days=n)


def _later(day: date | None, other: date | None) -> date | None:
    return max(filter(None, (day, other)), default=None)


def _earlier(day: date | None, other: date | None) -> date | None:
    return min(filter(None, (day, other)), default=None)


def _together(days: list[Moment], events: list[Event], *, is_descending: bool) -> list[Moment]:
    """Puts events among days: each above what was said on the day that it began.

    The undated come last in either order.
    """

    def place(moment: Moment) -> tuple[bool, int, bool]:
        day = _day(moment)
        step = -1 if is_descending else 1
        return day is None, step * day.toordinal() if day else 0, moment.event is None

    return sorted([*days, *(Moment(event=event) for event in events)], key=place)


def _day(moment: Moment) -> date | None:
    if moment.event:
        return moment.event.started_on.earliest if moment.event.started_on else None
    return None if moment.statement.is_undated else moment.statement.sort_on
