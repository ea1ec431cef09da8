"""Counts of two ways in order of time, as bars up and down from one axis between them.

Widths are in per cent, heights in pixels. Both ways have the same scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .axis import Slot, label_step, percent, plot_width, round_up

HEIGHT = 200
# The bars of the one way stand on the first line, those of the other hang from the second; the
# labels of time are between.
PLOT_TOP, FORTH_BASE, BACK_BASE, PLOT_BOTTOM = 8, 89, 111, 192
LABEL_Y = 104
PLOT_HEIGHT = FORTH_BASE - PLOT_TOP
LEAST_HEIGHT = 1.5  # a count that is not nought is always seen


class TwoWay(Protocol):
    """What is drawn as one pair of bars."""

    @property
    def label(self) -> str: ...
    @property
    def n_forth(self) -> int: ...
    @property
    def n_back(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def is_selected(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """Two bars of one stretch of time, and the column that they stand in, for the pointer."""

    label: str
    n_forth: int
    n_back: int
    url: str
    is_selected: bool
    column_x: str
    column_width: str
    x: str
    width: str
    forth_y: float
    forth_height: float
    back_height: float
    text_x: str
    text_anchor: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    text_y: float
    value: int


@dataclass(frozen=True, slots=True)
class MirrorChart:
    """Everything a template needs to draw both ways and to tell of them."""

    height: int
    width: str
    top: int
    forth_base: int
    back_base: int
    label_y: int
    pairs: list[DrawnPair]
    grid: list[GridLine]
    total_forth: int
    total_back: int


def mirror_chart(columns: Sequence[TwoWay]) -> MirrorChart:
    """Draws the columns in the order given; both scales begin at nought."""
    top = round_up(max((max(each.n_forth, each.n_back) for each in columns), default=0))
    width = plot_width(top)
    places = [Slot(n, len(columns), width) for n in range(len(columns))]
    step = label_step([column.label for column in columns])
    return MirrorChart(
        height=HEIGHT,
        width=percent(width),
        top=top,
        forth_base=FORTH_BASE,
        back_base=BACK_BASE,
        label_y=LABEL_Y,
        pairs=[_pair(c, place, top, step) for c, place in zip(columns, places, strict=True)],
        grid=_grid(top),
        total_forth=sum(column.n_forth for column in columns),
        total_back=sum(column.n_back for column in columns),
    )


def _pair(column: TwoWay, place: Slot, top: int, step: int) -> DrawnPair:
    x, width = place.bar
    forth, back = _height(column.n_forth, top), _height(column.n_back, top)
    anchor, text_x = place.label
    return DrawnPair(
        label=column.label,
        n_forth=column.n_forth,
        n_back=column.n_back,
        url=column.url,
        is_selected=column.is_selected,
        column_x=percent(place.start),
        column_width=percent(place.share),
        x=percent(x),
        width=percent(width),
        forth_y=round(FORTH_BASE - forth, 2),
        forth_height=forth,
        back_height=back,
        text_x=percent(text_x),
        text_anchor=anchor,
        is_labelled=place.is_labelled(step),
    )


def _height(n: int, top: int) -> float:
    return max(round(PLOT_HEIGHT * n / top, 2), LEAST_HEIGHT) if n else 0.0


def _grid(top: int) -> list[GridLine]:
    """The largest round number on either side."""
    return [
        GridLine(y, y + 4, top)
        for y in (round(FORTH_BASE - _height(top, top), 2), round(BACK_BASE + _height(top, top), 2))
    ]
