"""Mean scores of two ways in order of time, as two lines on one scale.

Places are in per cent, heights in pixels. The columns are those of the bars beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from .axis import Slot, label_step, percent, plot_width

HEIGHT = 128
PLOT_TOP, PLOT_BOTTOM = 8, 104
LABEL_Y = 122
REACH = 6.0  # words alone are rated from -5.1 to +5.0
GRID = (5, 0, -5)


class Toned(Protocol):
    """What is drawn at one place of the lines: a mean each way, or none."""

    @property
    def label(self) -> str: ...
    @property
    def forth(self) -> float | None: ...
    @property
    def back(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    x: str
    y: float
    score: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A line between the means of two stretches of time that follow on each other."""

    x1: str
    y1: float
    x2: str
    y2: float


@dataclass(frozen=True, slots=True)
class Line:
    points: list[Point]
    segments: list[Segment]


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    text_y: float
    value: int

    @property
    def size(self) -> int:
        return abs(self.value)


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ToneChart:
    """Everything a template needs to draw both lines."""

    height: int
    width: str
    forth: Line
    back: Line
    grid: list[GridLine]
    labels: list[Label]
    label_y: int


def tone_chart(columns: Sequence[Toned], top: int) -> ToneChart:
    """Draws the columns in the order given; `top` is the largest number of the bars beside it.

    Where a stretch of time has no mean, the line is broken.
    """
    width = plot_width(top)
    places = [Slot(n, len(columns), width) for n in range(len(columns))]
    return ToneChart(
        height=HEIGHT,
        width=percent(width),
        forth=_line([column.forth for column in columns], columns, places),
        back=_line([column.back for column in columns], columns, places),
        grid=[GridLine(y := _y(value), y + 4, value) for value in GRID],
        labels=list(_labels(columns, places)),
        label_y=LABEL_Y,
    )


def _y(score: float) -> float:
    """The height of a score; what lies beyond the reach stands at its edge."""
    held = max(-REACH, min(REACH, score))
    return round(PLOT_TOP + (PLOT_BOTTOM - PLOT_TOP) * (REACH - held) / (2 * REACH), 2)


def _line(scores: Sequence[float | None], columns: Sequence[Toned], places: Sequence[Slot]) -> Line:
    points = [
        None if score is None else Point(column.label, percent(place.middle), _y(score), score)
        for score, column, place in zip(scores, columns, places, strict=True)
    ]
    segments = [Segment(a.x, a.y, b.x, b.y) for a, b in pairwise(points) if a and b]
    return Line([point for point in points if point], segments)


def _labels(columns: Sequence[Toned], places: Sequence[Slot]) -> Iterator[Label]:
    step = label_step([column.label for column in columns])
    for column, place in zip(columns, places, strict=True):
        if place.is_labelled(step):
            anchor, x = place.label
            yield Label(column.label, percent(x), anchor)
