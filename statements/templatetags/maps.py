"""The countries of a map, set by a function, since there are hundreds."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Protocol

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from statements.charts.map import Area, Spot, WorldMap
from statements.models import Country

register = template.Library()


class Told(Protocol):
    """A country on the map: its count and where that is listed."""

    @property
    def country(self) -> Country: ...
    @property
    def n(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def is_selected(self) -> bool: ...


LINK = '<a href="%s" aria-label="%s"%s><title>%s</title>%s</a>\n'
AREA = '<path class="map__area map__area--%d%s" d="%s"/>'
SPOT = '<circle class="map__area map__area--%d%s" cx="%d" cy="%d" r="%d"/>'
CURRENT = ' aria-current="true"'


@register.simple_tag
def countries_on(chart: WorldMap, places: Iterable[Told]) -> SafeString:
    """Draws the countries that have a count, each a link to its list."""
    return SafeString("".join(_drawn(chart, {told.country.code: told for told in places})))


def _drawn(chart: WorldMap, told: dict[str, Told]) -> Iterator[str]:
    for area in chart.areas:
        yield _linked(told[area.code], _area(area, told[area.code]))
    for spot in chart.spots:
        yield _linked(told[spot.code], _spot(spot, told[spot.code], chart.radius))


def _area(area: Area, told: Told) -> str:
    return AREA % (area.level, _selected(told), area.path)


def _spot(spot: Spot, told: Told, radius: int) -> str:
    return SPOT % (spot.level, _selected(told), spot.x, spot.y, radius)


def _selected(told: Told) -> str:
    return " map__area--selected" if told.is_selected else ""


def _linked(told: Told, drawn: str) -> str:
    words = escape(f"{told.country.name}: {number_format(told.n, force_grouping=True)}")
    current = CURRENT if told.is_selected else ""
    return LINK % (escape(told.url), words, current, words, drawn)
