"""Counts in order of time as upright bars: widths in per cent, heights in pixels.

Bars stand beside each other, all as wide, or each at its place on a line of days that is drawn
above them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .axis import BAR_SHARE, Slot, label_step, percent, plot_width, round_up

HEIGHT = 152
PLOT_TOP, PLOT_BOTTOM = 14, 128
AXIS_TEXT = 148
LOW_HEIGHT, LOW_TOP, LOW_BOTTOM = 52, 4, 48  # of bars beneath a line that tells the years
LEAST_WIDTH = 0.5  # per cent

Place = tuple[float, float]  # where a bar begins and how wide it is, in per cent


class Column(Protocol):
    """What is drawn as one bar."""

    @property
    def label(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def is_selected(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """One bar: its column (the whole height, for the pointer) and the bar within."""

    label: str
    n: int
    url: str
    is_selected: bool
    column_x: str
    column_width: str
    x: str
    width: str
    y: float
    height: float
    text_x: str
    text_anchor: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line across at a round number, which stands at its end."""

    y: float
    text_y: float
    value: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Everything a template needs to draw the bars and to tell of them."""

    height: int
    width: str
    top: int
    base: int
    axis_text_y: int
    bars: list[DrawnBar]
    grid: list[GridLine]
    total: int
    peak: DrawnBar | None
    is_low: bool = False


def bar_chart(columns: Sequence[Column]) -> BarChart:
    """Draws the columns in the order given; the scale begins at nought."""
    top = round_up(max((column.n for column in columns), default=0))
    width, step = plot_width(top), label_step([column.label for column in columns])
    slots = [Slot(n, len(columns), width) for n in range(len(columns))]
    drawn = [_bar(column, slot, top, step) for column, slot in zip(columns, slots, strict=True)]
    return BarChart(
        height=HEIGHT,
        width=percent(width),
        top=PLOT_TOP,
        base=PLOT_BOTTOM,
        axis_text_y=AXIS_TEXT,
        bars=drawn,
        grid=[GridLine(y := _y(value, top), y + 4, value) for value in _grid_values(top)],
        total=sum(column.n for column in columns),
        peak=max(drawn, key=lambda bar: bar.n, default=None),
    )


def low_chart(columns: Sequence[Column], places: Sequence[Place]) -> BarChart:
    """Draws each column at its place beneath a line of days, without numbers or labels."""
    most = max((column.n for column in columns), default=0) or 1
    drawn = [_low_bar(column, place, most) for column, place in zip(columns, places, strict=True)]
    return BarChart(
        height=LOW_HEIGHT,
        width="100%",
        top=LOW_TOP,
        base=LOW_BOTTOM,
        axis_text_y=LOW_HEIGHT,
        bars=drawn,
        grid=[],
        total=sum(column.n for column in columns),
        peak=max(drawn, key=lambda bar: bar.n, default=None),
        is_low=True,
    )


def _low_bar(column: Column, place: Place, most: int) -> DrawnBar:
    x, width = place
    inner = max(width * BAR_SHARE, min(width, LEAST_WIDTH))
    height = (LOW_BOTTOM - LOW_TOP) * column.n / most
    height = round(max(height, 1.5) if column.n else 0.0, 2)
    return DrawnBar(
        label=column.label,
        n=column.n,
        url=column.url,
        is_selected=column.is_selected,
        column_x=percent(x),
        column_width=percent(width),
        x=percent(x + (width - inner) / 2),
        width=percent(inner),
        y=round(LOW_BOTTOM - height, 2),
        height=height,
        text_x=percent(x),
        text_anchor="middle",
        is_labelled=False,
    )


def _grid_values(top: int) -> list[int]:
    return [top // 2, top] if top > 1 else [top]


def _y(value: int, top: int) -> float:
    return round(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * value / top, 2)


def _bar(column: Column, slot: Slot, top: int, step: int) -> DrawnBar:
    x, width = slot.bar
    # A count that is not nought is always seen.
    y = min(_y(column.n, top), PLOT_BOTTOM - 1.5) if column.n else PLOT_BOTTOM
    anchor, text_x = slot.label
    return DrawnBar(
        label=column.label,
        n=column.n,
        url=column.url,
        is_selected=column.is_selected,
        column_x=percent(slot.start),
        column_width=percent(slot.share),
        x=percent(x),
        width=percent(width),
        y=y,
        height=round(PLOT_BOTTOM - y, 2),
        text_x=percent(text_x),
        text_anchor=anchor,
        is_labelled=slot.is_labelled(step),
    )
