"""The shapes of countries from the TopoJSON that the npm package `world-atlas` makes.

It is made of Natural Earth, which is in the public domain. A border that two countries share is
one arc in the file and stays one, so that no gap opens between them when lines are simplified:
https://github.com/topojson/topojson-specification
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from statements.charts.projection import Point, equal_earth, ring_area, simplify

# What Natural Earth shortens, or calls otherwise, and what it draws that has no code of its own.
CALLED = {
    "Antigua and Barb.": "ag",
    "Ashmore and Cartier Is.": "au",
    "Bosnia and Herz.": "ba",
    "Br. Indian Ocean Ter.": "io",
    "British Virgin Is.": "vg",
    "Cayman Is.": "ky",
    "Central African Rep.": "cf",
    "Congo": "cg",
    "Cook Is.": "ck",
    "Dem. Rep. Congo": "cd",
    "Dominican Rep.": "do",
    "Eq. Guinea": "gq",
    "Faeroe Is.": "fo",
    "Falkland Is.": "fk",
    "Fr. Polynesia": "pf",
    "Fr. S. Antarctic Lands": "tf",
    "Heard I. and McDonald Is.": "hm",
    "Marshall Is.": "mh",
    "N. Cyprus": "cy",
    "N. Mariana Is.": "mp",
    "Pitcairn Is.": "pn",
    "S. Geo. and the Is.": "gs",
    "S. Sudan": "ss",
    "Solomon Is.": "sb",
    "Somaliland": "so",
    "St-Barthélemy": "bl",
    "St-Martin": "mf",
    "St. Vin. and Gren.": "vc",
    "São Tomé and Principe": "st",
    "Turks and Caicos Is.": "tc",
    "U.S. Virgin Is.": "vi",
    "Vatican": "va",
    "W. Sahara": "eh",
    "Wallis and Futuna Is.": "wf",
    "eSwatini": "sz",
    "Åland": "ax",
}
LEFT_OUT = {"Antarctica"}  # as high as all the rest, and nobody speaks for it
UNITS = 1000 / 5.4132  # a map of 1000 units across
LEAST_TRIANGLE = 0.5  # in these units, squared
LEAST_RING = 0.8
STEPS = 20  # to a degree


def read_world(topology: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """Gives `arcs`, each a list of steps in twentieths of a degree, and the rings of `shapes`.

    `codes` are those of the countries by name; what has none is drawn under an empty code. A ring
    lists places of arcs, `~place` for one that runs backwards.
    """
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes: dict[str, list[list[int]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        if name not in LEFT_OUT:
            code = CALLED.get(name) or codes.get(name, "")
            shapes.setdefault(code, []).extend(_rings(geometry))
    kept = {code: _large_enough(rings, arcs) for code, rings in sorted(shapes.items())}
    used = sorted({max(n, ~n) for n in chain.from_iterable(chain(*kept.values()))})
    place = {n: new for new, n in enumerate(used)} | {~n: ~new for new, n in enumerate(used)}
    return {
        "steps": STEPS,
        "arcs": [_steps(arcs[n]) for n in used],
        "shapes": {
            code: [[place[n] for n in ring] for ring in rings] for code, rings in kept.items()
        },
    }


def _degrees(arc: list[list[int]], transform: Mapping[str, Any]) -> list[Point]:
    """Undoes the quantization: the first point is a place, each further one a step."""
    (scale_x, scale_y), (first_x, first_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + first_x, y * scale_y + first_y))
    return points


def _rings(geometry: Mapping[str, Any]) -> list[list[int]]:
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    return [ring for polygon in geometry["arcs"] for ring in polygon]


def _large_enough(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    """The rings that can be seen, and the largest of those that cannot."""
    areas = [ring_area(list(_projected(points_of(ring, arcs)))) for ring in rings]
    largest = max(areas)
    return [
        ring
        for ring, area in zip(rings, areas, strict=True)
        if area >= LEAST_RING or area == largest
    ]


def points_of(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring, its arcs one after the other, those with ~ backwards."""
    points: list[Point] = []
    for n in ring:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def _projected(points: list[Point]) -> Iterator[Point]:
    for longitude, latitude in points:
        x, y = equal_earth(longitude, latitude)
        yield x * UNITS, y * UNITS


def _steps(arc: list[Point]) -> list[int]:
    """A simplified arc in whole steps, two numbers a point."""
    kept = simplify(list(_projected(arc)), LEAST_TRIANGLE)
    if arc[0] == arc[-1] and len(kept) < 4:  # an island stays one
        kept = [0, len(arc) // 3, 2 * len(arc) // 3, len(arc) - 1]
    steps: list[int] = []
    before = (0, 0)
    for n in kept:
        point = round(arc[n][0] * STEPS), round(arc[n][1] * STEPS)
        if not steps or point != before or n == kept[-1]:
            steps += [point[0] - before[0], point[1] - before[1]]
            before = point
    return steps
