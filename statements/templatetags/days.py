"""The days of a year and their numbers, set by functions, since there are hundreds."""

from collections.abc import Iterator
from datetime import date
from html import escape

from django import template
from django.utils.dates import MONTHS_3
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

from statements.charts.year import Cell, YearGrid
from statements.dates import PartialDate, printed

register = template.Library()

NAME = '<text class="chart__text" x="0" y="%d">%s</text>\n'
NUMBER = '<text class="chart__text" x="%d" y="10" text-anchor="middle">%d</text>\n'
CELL = '<rect class="year__cell year__cell--%s" x="%d" y="%d" width="%d" height="%d"%s\n'
# The pointer may use the squares; keys and readers have the table.
LINKED = '<a href="%s" tabindex="-1" aria-label="%s: %d">%s</a>\n'
TITLED = "><title>%s: %d</title></rect>"
ROW = '<tr><th scope="row"><a href="%s">%s</a></th><td class="figure">%d</td></tr>\n'


@register.simple_tag
def day_cells(grid: YearGrid, base: str, counted_since: date | None = None) -> SafeString:
    """Draws the names of the months, the numbers of the days and a square for each.

    `base` is the list that a day is put to; days before `counted_since` are drawn as not counted.
    """
    return SafeString("".join(_drawn(grid, base, counted_since)))


def _drawn(grid: YearGrid, base: str, counted_since: date | None) -> Iterator[str]:
    for day, x in grid.numbers:
        yield NUMBER % (x, day)
    for row in grid.rows:
        yield NAME % (row.text_y, escape(capfirst(MONTHS_3[row.month])))
        for cell in row.cells:
            yield _cell(cell, grid.cell, base, counted_since)


def _cell(cell: Cell, size: int, base: str, counted_since: date | None) -> str:
    is_counted = counted_since is None or cell.day >= counted_since
    kind = str(cell.level) if is_counted else "uncounted"
    if not cell.n:
        return CELL % (kind, cell.x, cell.y, size, size, "/>")
    told = escape(_printed(cell.day))
    square = CELL % (kind, cell.x, cell.y, size, size, TITLED % (told, cell.n))
    return LINKED % (_url(base, cell.day), told, cell.n, square)


@register.simple_tag
def day_numbers(grid: YearGrid, base: str) -> SafeString:
    """Tells the same as rows of a table, the days on which nothing was said left out."""
    cells = [cell for row in grid.rows for cell in row.cells if cell.n]
    return SafeString(
        "".join(ROW % (_url(base, cell.day), escape(_printed(cell.day)), cell.n) for cell in cells)
    )


def _url(base: str, day: date) -> str:
    joint = "" if base.endswith("?") else "&"
    return escape(f"{base}{joint}since={day}&until={day}")


def _printed(day: date) -> str:
    return printed(PartialDate(day.year, day.month, day.day), translate=gettext)
