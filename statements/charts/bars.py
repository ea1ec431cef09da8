"""Counts in order of time as upright bars: widths in per cent, heights in pixels.

Bars stand beside each other, all as wide, or each at its place on a line of days that is drawn
above them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

HEIGHT = 152
PLOT_TOP, PLOT_BOTTOM = 14, 128
AXIS_TEXT = 148
LOW_HEIGHT, LOW_TOP, LOW_BOTTOM = 52, 4, 48  # of bars beneath a line that tells the years
N_LABEL_CHARACTERS = 30  # what a screen of 320 pixels holds beside each other
BAR_SHARE = 0.78
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


@dataclass(frozen=True, slots=True)
class _Axes:
    top: int
    width: float
    n_columns: int
    label_step: int


def bar_chart(columns: Sequence[Column]) -> BarChart:
    """Draws the columns in the order given; the scale begins at nought."""
    top = round_up(max((column.n for column in columns), default=0))
    axes = _Axes(top, _plot_width(top), len(columns), _label_step(columns))
    drawn = [_bar(n, column, axes) for n, column in enumerate(columns)]
    return BarChart(
        height=HEIGHT,
        width=_percent(axes.width),
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
        column_x=_percent(x),
        column_width=_percent(width),
        x=_percent(x + (width - inner) / 2),
        width=_percent(inner),
        y=round(LOW_BOTTOM - height, 2),
        height=height,
        text_x=_percent(x),
        text_anchor="middle",
        is_labelled=False,
    )


def round_up(n: int) -> int:
    """Gives the next of 1, 2, 4, 6, 8, 10, 20, 40 ... that holds `n`."""
    power = 1
    while power * 10 < n:
        power *= 10
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= n)


def _plot_width(top: int) -> float:
    """Leaves room at the end for the numbers of the grid, which bars must not cover."""
    return 98 - 2.6 * len(str(top))


def _grid_values(top: int) -> list[int]:
    return [top // 2, top] if top > 1 else [top]


def _y(value: int, top: int) -> float:
    return round(PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * value / top, 2)


def _label_step(columns: Sequence[Column]) -> int:
    longest = max((len(column.label) for column in columns), default=1)
    n_labels = max(2, N_LABEL_CHARACTERS // (longest + 2))
    return max(1, -(-len(columns) // n_labels))


def _bar(n: int, column: Column, axes: _Axes) -> DrawnBar:
    share = axes.width / axes.n_columns
    width = min(share * BAR_SHARE, 12)
    x = n * share + (share - width) / 2
    # A count that is not nought is always seen.
    y = min(_y(column.n, axes.top), PLOT_BOTTOM - 1.5) if column.n else PLOT_BOTTOM
    anchor, text_x = _label_place(n, axes.n_columns, n * share, share)
    return DrawnBar(
        label=column.label,
        n=column.n,
        url=column.url,
        is_selected=column.is_selected,
        column_x=_percent(n * share),
        column_width=_percent(share),
        x=_percent(x),
        width=_percent(width),
        y=y,
        height=round(PLOT_BOTTOM - y, 2),
        text_x=_percent(text_x),
        text_anchor=anchor,
        is_labelled=(axes.n_columns - 1 - n) % axes.label_step == 0,
    )


def _label_place(n: int, n_columns: int, start: float, share: float) -> tuple[str, float]:
    """Keeps the outermost labels of a crowded axis from hanging over the edge."""
    if n_columns <= 6:
        return "middle", start + share / 2
    if n == 0:
        return "start", start
    return ("end", start + share) if n == n_columns - 1 else ("middle", start + share / 2)


def _percent(number: float) -> str:
    return f"{round(number, 3):g}%"
