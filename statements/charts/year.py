"""The days of a year as a grid of squares: a row a month, a column a day of it."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .levels import Legend, legend_of, level_bounds, level_of

CELL, GAP = 20, 2
N_COLUMNS, N_ROWS = 31, 12
MARGIN = 40  # for the names of the months
TOP = 18  # for the numbers of the days
WIDTH = MARGIN + N_COLUMNS * (CELL + GAP)
HEIGHT = TOP + N_ROWS * (CELL + GAP)
NUMBERED = (1, 5, 10, 15, 20, 25, 31)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day; `level` is 0 where nothing was said, else 1 to N_LEVELS."""

    day: date
    n: int
    level: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Row:
    """A month: its name stands at `text_y`."""

    month: int
    text_y: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class YearGrid:
    """What a template draws; the legend tells of each level the least and the most it holds."""

    rows: list[Row]
    numbers: list[tuple[int, int]]  # a day of the month, and the middle of its column
    legend: Legend
    width: int = WIDTH
    height: int = HEIGHT
    cell: int = CELL
    top: int = TOP


def year_grid(year: int, counts: Mapping[date, int]) -> YearGrid:
    """Draws the days of a year by how many there are on each."""
    bounds = level_bounds(max(counts.values(), default=0))
    return YearGrid(
        rows=[_row(year, month, counts, bounds) for month in range(1, 13)],
        numbers=[(day, _x(day) + CELL // 2) for day in NUMBERED],
        legend=legend_of(bounds),
    )


def _row(year: int, month: int, counts: Mapping[date, int], bounds: list[int]) -> Row:
    y = TOP + (month - 1) * (CELL + GAP)
    days = [date(year, month, n + 1) for n in range(monthrange(year, month)[1])]
    cells = [
        Cell(day, n := counts.get(day, 0), level_of(n, bounds), _x(day.day), y) for day in days
    ]
    return Row(month, y + CELL - 5, cells)


def _x(day: int) -> int:
    return MARGIN + (day - 1) * (CELL + GAP)
