"""The world in shades."""

import re
from itertools import pairwise

from statements.charts.map import HEIGHT, LEAST_AREA, SHAPES, WIDTH, world, world_map

PLACES = {"pk": (70.0, 30.0), "ir": (53.0, 32.0), "mt": (14.58, 35.83), "aq": (0.0, -90.0)}


def corners(path):
    """The points of a path, absolute."""
    for part in path.split("z"):
        if not part:
            continue
        found = re.fullmatch(r"M(\d+) (\d+)l([-\d ]*)", part)
        assert found, part
        x, y = int(found[1]), int(found[2])
        yield x, y
        steps = list(map(int, found[3].split()))
        assert len(steps) % 2 == 0
        for step_x, step_y in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + step_x, y + step_y
            yield x, y


def test_it_works():
    chart = world_map({"pk": 4, "ir": 100}, PLACES)

    assert [(area.code, area.n, area.level) for area in chart.areas] == [
        ("ir", 100, 4),
        ("pk", 4, 2),
    ]
    assert chart.areas[0].path not in chart.land
    assert chart.spots == []
    assert chart.drawn == {"pk", "ir"}
    assert chart.legend[-1] == (4, 33, 100)


def test_what_is_too_small_to_be_seen_is_a_circle_at_its_place():
    [spot] = world_map({"mt": 3}, PLACES).spots

    assert (spot.code, spot.n, spot.level) == ("mt", 3, 4)
    assert WIDTH / 2 < spot.x < WIDTH * 0.6
    assert 0 < spot.y < HEIGHT / 2


def test_what_has_neither_shape_nor_place_is_not_drawn():
    chart = world_map({"x-hawaii": 3, "mt": 1}, {})

    assert chart.drawn == set()


def test_what_lies_beyond_the_map_is_not_drawn():
    assert world_map({"aq": 3}, PLACES).drawn == set()


def test_a_world_of_nothing_is_land():
    chart = world_map({}, {})

    assert chart.areas == chart.spots == chart.legend == []
    assert len(chart.land) > 10_000


def test_every_shape_lies_on_the_map():
    for code, shape in world().items():
        for x, y in corners(shape.path):
            assert 0 <= x <= WIDTH, code
            assert -1 <= y <= HEIGHT, code


def test_no_line_runs_across_the_map():
    for code, shape in world().items():
        for part in shape.path.split("z"):
            found = list(corners(f"{part}z")) if part else []
            for (x, _y), (next_x, _next_y) in pairwise(found):
                assert abs(x - next_x) < WIDTH / 4, code


def test_the_large_have_shapes_and_their_areas():
    shapes = world()

    assert shapes["ru"].area > shapes["ca"].area > shapes["br"].area * 0.9
    assert shapes["ir"].area > shapes["pk"].area > LEAST_AREA
    assert len([shape for shape in shapes.values() if shape.area >= LEAST_AREA]) > 130


def test_the_shapes_are_small_enough_for_a_page():
    assert SHAPES.stat().st_size < 70_000
    assert sum(len(shape.path) for shape in world().values()) < 60_000
