"""The countries of the world in shades, and those too small to be seen as circles.

The shapes are Natural Earth's; see docs/map.md for where they come from.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .levels import Legend, legend_of, level_bounds, level_of
from .projection import Point, equal_earth, ring_area

SHAPES = Path(__file__).with_name("world.json")
WIDTH = 2000
SOUTH, NORTH = -58.0, 84.0  # nobody speaks for Antarctica
LEAST_AREA = 70.0  # of a shape, in units squared: what is smaller has a circle
RADIUS = 9

Pixel = tuple[int, int]

_EAST = equal_earth(180, 0)[0]
_TOP = equal_earth(0, NORTH)[1]
_SCALE = WIDTH / (2 * _EAST)
HEIGHT = round((_TOP - equal_earth(0, SOUTH)[1]) * _SCALE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A country drawn: the path of its borders, and the area it takes up."""

    path: str
    area: float


@dataclass(frozen=True, slots=True)
class Area:
    """A country that has a shape large enough to be seen."""

    code: str
    path: str
    n: int
    level: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A country that has none, at its place."""

    code: str
    x: int
    y: int
    n: int
    level: int


@dataclass(frozen=True, slots=True)
class WorldMap:
    """What a template draws: land without a count first, then areas, then circles.

    Areas and spots that have a count come in order of it, the greatest first.
    """

    land: str
    areas: list[Area]
    spots: list[Spot]
    legend: Legend
    width: int = WIDTH
    height: int = HEIGHT
    radius: int = RADIUS

    @property
    def drawn(self) -> set[str]:
        """The codes that stand on the map with a count."""
        return {area.code for area in self.areas} | {spot.code for spot in self.spots}


def world_map(counts: Mapping[str, int], places: Mapping[str, Point]) -> WorldMap:
    """Draws countries by how many statements there are of each.

    `places` are longitudes and latitudes of those that may have no shape; what has neither, and
    what lies beyond the map, is not drawn.
    """
    shapes = world()
    bounds = level_bounds(max(counts.values(), default=0))
    ranked = sorted(((code, n) for code, n in counts.items() if n), key=lambda told: -told[1])
    large = [(code, n) for code, n in ranked if _is_large(shapes.get(code))]
    small = [(code, n) for code, n in ranked if not _is_large(shapes.get(code)) and code in places]
    shaded = {code for code, _n in large}
    return WorldMap(
        land="".join(shape.path for code, shape in shapes.items() if code not in shaded),
        areas=[Area(code, shapes[code].path, n, level_of(n, bounds)) for code, n in large],
        spots=[
            Spot(code, *at, n, level_of(n, bounds))
            for code, n in small
            if (at := _place(*places[code])) and 0 <= at[1] <= HEIGHT
        ],
        legend=legend_of(bounds),
    )


def _is_large(shape: Shape | None) -> bool:
    return shape is not None and shape.area >= LEAST_AREA


@cache
def world() -> dict[str, Shape]:
    """The shapes by code, worked out once a process; those that have no code are under none."""
    told = json.loads(SHAPES.read_text(encoding="utf-8"))
    arcs = [_projected(steps, told["steps"]) for steps in told["arcs"]]
    return {code: _shape(rings, arcs) for code, rings in told["shapes"].items()}


def _projected(steps: list[int], to_a_degree: int) -> list[Pixel]:
    """The places on the map of an arc that is told in steps.

    Where it crosses the edge of the map, at 180 degrees, it has a place on either edge.
    """
    points: list[Pixel] = []
    x = y = 0
    for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
        if points and abs(step_x) > 180 * to_a_degree:
            edge = 180.0 if x > 0 else -180.0
            latitude = (y + step_y / 2) / to_a_degree
            points += [_place(edge, latitude), _place(-edge, latitude)]
        x, y = x + step_x, y + step_y
        points.append(_place(x / to_a_degree, y / to_a_degree))
    return points


def _place(longitude: float, latitude: float) -> Pixel:
    x, y = equal_earth(longitude, latitude)
    return round((x + _EAST) * _SCALE), round((_TOP - y) * _SCALE)


def _shape(rings: list[list[int]], arcs: list[list[Pixel]]) -> Shape:
    lines = [part for ring in rings for part in _parts(list(_line(ring, arcs))) if len(part) > 2]
    return Shape("".join(map(_path, lines)), sum(map(ring_area, lines)))


def _line(ring: list[int], arcs: list[list[Pixel]]) -> Iterator[Pixel]:
    """The points of a ring, none twice in a row."""
    before: Pixel | None = None
    for n in ring:
        for point in arcs[n] if n >= 0 else reversed(arcs[~n]):
            if point != before:
                yield point
            before = point


def _parts(line: list[Pixel]) -> list[list[Pixel]]:
    """A closed line, cut where it leaps from one edge of the map to the other."""
    parts: list[list[Pixel]] = [[]]
    for point in line[:-1]:
        if parts[-1] and _leaps(parts[-1][-1], point):
            parts.append([])
        parts[-1].append(point)
    if len(parts) > 1 and not _leaps(parts[-1][-1], parts[0][0]):
        parts[0] = parts.pop() + parts[0]
    return parts


def _leaps(a: Pixel, b: Pixel) -> bool:
    return abs(a[0] - b[0]) > WIDTH / 2


def _path(points: list[Pixel]) -> str:
    """A closed line as SVG writes it, each point a step from the one before."""
    (x, y), *rest = points
    told = f"M{x} {y}l"
    for next_x, next_y in rest:
        told += f"{next_x - x} {next_y - y} "
        x, y = next_x, next_y
    return told.rstrip() + "z"
