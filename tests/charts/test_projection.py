"""The Equal Earth projection, and lines with fewer points."""

from math import radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.charts.projection import equal_earth, ring_area, simplify


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (180, 0, 2.70663, 0),
        (0, 90, 0, 1.31733),
        (180, 90, 1.60359, 1.31733),
        (-180, -90, -1.60359, -1.31733),
    ],
)
def test_it_works(longitude, latitude, x, y):
    assert equal_earth(longitude, latitude) == pytest.approx((x, y), abs=1e-4)


@given(st.floats(-179, 170), st.floats(-84, 83), st.floats(0.01, 0.5))
def test_areas_are_true(longitude, latitude, size):
    """A square of degrees takes up as much of the map as it does of the sphere."""
    corners = [
        equal_earth(longitude + east * size, latitude + north * size)
        for east, north in ((0, 0), (1, 0), (1, 1), (0, 1))
    ]
    on_the_sphere = radians(size) * (sin(radians(latitude + size)) - sin(radians(latitude)))
    assert ring_area(corners) == pytest.approx(on_the_sphere, rel=0.01)


def test_the_smallest_triangles_go_first():
    line = [(0, 0), (1, 0.1), (2, 0), (3, 2), (4, 0)]

    assert simplify(line, 0.2) == [0, 2, 3, 4]
    assert simplify(line, 0.05) == [0, 1, 2, 3, 4]
    assert simplify(line, 100) == [0, 4]


@pytest.mark.parametrize("line", [[], [(0, 0)], [(0, 0), (1, 1)]])
def test_what_cannot_be_shorter_stays(line):
    assert simplify(line, 100) == list(range(len(line)))


points = st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=60)


@given(points, st.floats(0, 1000))
def test_both_ends_stay_and_the_order(line, least_area):
    kept = simplify(line, least_area)

    assert kept[0] == 0
    assert kept[-1] == len(line) - 1
    assert kept == sorted(set(kept))
