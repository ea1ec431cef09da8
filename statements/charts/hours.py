"""Instants on a line of hours: places in per cent, ticks at round times of one zone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

MINUTE, HOUR, DAY = 60, 3600, 86_400
STEPS = (
    *(n * MINUTE for n in (5, 10, 15, 30)),
    *(n * HOUR for n in (1, 2, 3, 6, 12)),
    *(n * DAY for n in (1, 2, 7, 14, 28, 91, 182, 364, 728, 1820, 3640, 36_400, 182_000, 728_000)),
)
N_TICKS = 5
LEAST_SECONDS = HOUR  # a line shorter than this says nothing
MARGIN = 4.0  # per cent at either end, so that marks and times stay within
APART = 1.6  # per cent: marks nearer than this are set above each other
N_ABOVE = 6
BASE, RISE, TEXT = 68, 10, 88


@dataclass(frozen=True, slots=True)
class Mark:
    """One instant; `y` rises where others stand at the same place."""

    at: datetime
    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    at: datetime
    is_day: bool  # midnight in the zone of the line: the day is told with it


@dataclass(frozen=True, slots=True)
class Hours:
    """What a template draws; `marks` are in the order of the instants."""

    marks: list[Mark]
    ticks: list[Tick]
    zone: timezone
    step: int  # seconds between two ticks
    height: int = TEXT + 8
    base: int = BASE
    text_y: int = TEXT


def hours(instants: Sequence[datetime]) -> Hours | None:
    """Draws instants, each with its offset; None where there are none.

    The line keeps the time of the place where all of them share one offset, else UTC.
    """
    if not instants:
        return None
    offsets = {at.utcoffset() for at in instants}
    [zone] = offsets if len(offsets) == 1 else [None]
    line = timezone(zone or timedelta())
    first, last = min(instants), max(instants)
    n_seconds = max((last - first).total_seconds(), LEAST_SECONDS)
    start = (first + (last - first) / 2).timestamp() - n_seconds / 2

    def place(seconds: float) -> float:
        return round(MARGIN + (100 - 2 * MARGIN) * (seconds - start) / n_seconds, 2)

    ahead = int((zone or timedelta()).total_seconds())
    step = next((step for step in STEPS if n_seconds / step <= N_TICKS), STEPS[-1])
    ticks = [
        Tick(place(at), told, (at + ahead) % DAY == 0)
        for at in _round_times(start, start + n_seconds, step, ahead)
        if (told := _at(at, line))
    ]
    return Hours(_marks(instants, place), ticks, line, step)


def _round_times(start: float, end: float, step: int, ahead: int) -> list[int]:
    """The seconds since 1970 that are round in the zone of the line."""
    first = -int(-(start + ahead) // step) * step - ahead
    return list(range(first, int(end) + 1, step))


def _at(seconds: int, line: timezone) -> datetime | None:
    """The time of a tick; none beyond the ends of the calendar."""
    try:
        return datetime.fromtimestamp(seconds, line)
    except (ValueError, OverflowError):
        return None


def _marks(instants: Sequence[datetime], place: Callable[[float], float]) -> list[Mark]:
    marks: list[Mark] = []
    n_at = 0
    before = -100.0
    for at in instants:
        x = place(at.timestamp())
        n_at = n_at + 1 if abs(x - before) < APART else 0
        if not n_at:
            before = x
        marks.append(Mark(at, x, BASE - RISE - min(n_at, N_ABOVE - 1) * RISE))
    return marks
