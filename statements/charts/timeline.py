"""Spans of days as bars on one common line of years: places and widths in per cent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

N_TICKS = 6
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)  # years between two ticks
LEAST_DAYS = 730  # a line shorter than this says nothing
STUB = 6.0  # per cent: how far at least a bar whose end is not known goes beyond what is
LEAST_WIDTH = 0.8

Span = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """One span; a stub to the edge stands for an end that is not known, or not come."""

    x: float
    width: float
    stub_before: float | None = None  # where the stub begins
    stub_after: float | None = None

    @property
    def stub_after_width(self) -> float:
        return 0.0 if self.stub_after is None else round(max(100 - self.stub_after, 0.0), 2)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The line itself: where on it a day lies."""

    first: date
    n_days: int
    inset: float

    def place(self, day: date) -> float:
        """Gives the place of a day, in per cent."""
        share = (day - self.first).days / self.n_days
        return round(self.inset + (100 - 2 * self.inset) * share, 2)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a template draws; `bars` are in the order of the spans, None where no day is known."""

    bars: list[Bar | None]
    ticks: list[Tick]
    first_year: int
    last_year: int
    axis: Axis


def timeline(spans: Sequence[Span], *, beneath: Sequence[date] = ()) -> Timeline | None:
    """Draws the spans; None when none of them has a day.

    The line holds the days `beneath` as well, which something else is drawn at.
    """
    known = [*(day for span in spans for day in span if day), *beneath]
    if not known:
        return None
    first, n_days = _range(min(known), max(known))
    axis = Axis(first, n_days, STUB if any(None in span for span in spans) else 0.0)
    last = first + timedelta(days=min(n_days, (date.max - first).days))
    ticks = [Tick(axis.place(date(year, 1, 1)), year) for year in _tick_years(first, last)]
    bars = [_bar(span, axis.place) for span in spans]
    return Timeline(bars, ticks, min(known).year, max(known).year, axis)


def _range(first: date, last: date) -> tuple[date, int]:
    """The first day of the line and its length, never too short to be read."""
    n_days = (last - first).days
    if n_days >= LEAST_DAYS:
        return first, n_days
    before = min((LEAST_DAYS - n_days) // 2, (first - date.min).days)
    return first - timedelta(days=before), LEAST_DAYS


def _tick_years(first: date, last: date) -> list[int]:
    years = last.year - first.year
    step = next(step for step in (*STEPS, 10_000) if years / step <= N_TICKS)
    beginning = first.year if (first.month, first.day) == (1, 1) else first.year + 1
    from_year = -(-beginning // step) * step
    return list(range(from_year, last.year + 1, step))


def _bar(span: Span, place: Callable[[date], float]) -> Bar | None:
    start, end = span
    if start is None and end is None:
        return None
    x, until = place(start or end or date.min), place(end or start or date.min)
    width = max(until - x, LEAST_WIDTH)
    return Bar(
        x=x,
        width=round(width, 2),
        stub_before=None if start else 0.0,
        stub_after=None if end else round(x + width, 2),
    )
