"""Shapes of countries from TopoJSON."""

import json

import pytest
from django.core.management import call_command

from statements.formats.readers.world_shapes import read_world

# Two squares of ten degrees beside each other, which share the arc at 10 degrees east.
TOPOLOGY = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[10, 0], [0, 5], [0, 5]],
        [[10, 10], [-5, 0], [-5, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "properties": {"name": "Westland"}, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "properties": {"name": "S. Sudan"}, "arcs": [[[2, -1]]]},
                {"type": "Polygon", "properties": {"name": "Antarctica"}, "arcs": [[0, 1]]},
            ]
        }
    },
}


def test_it_works():
    world = read_world(TOPOLOGY, {"Westland": "wl"})

    assert world["shapes"] == {"ss": [[2, -1]], "wl": [[0, 1]]}
    assert world["steps"] == 20
    # The point between lay on the line: parallels are straight.
    assert world["arcs"][1] == [200, 200, -200, 0, 0, -200, 200, 0]


def test_what_has_no_code_is_drawn_under_none():
    assert read_world(TOPOLOGY, {})["shapes"][""] == [[0, 1]]


def test_rings_too_small_to_be_seen_are_left_out_but_for_the_largest():
    topology = json.loads(json.dumps(TOPOLOGY))
    topology["arcs"].append([[30, 30], [0, 0], [0, 0], [0, 0]])
    [westland, sudan, _rest] = topology["objects"]["countries"]["geometries"]
    westland["arcs"].append([3])
    sudan["arcs"] = [[[3]]]

    world = read_world(topology, {"Westland": "wl"})

    assert len(world["shapes"]["wl"]) == 1
    assert len(world["shapes"]["ss"]) == 1


@pytest.mark.django_db
def test_the_command_writes_what_the_map_reads(tmp_path, capsys):
    topology = json.loads(json.dumps(TOPOLOGY))
    topology["objects"]["countries"]["geometries"][0]["properties"]["name"] = "Pakistan"
    path = tmp_path / "countries-50m.json"
    path.write_text(json.dumps(topology), encoding="utf-8")

    call_command("draw_world", str(path))

    written = capsys.readouterr()
    assert json.loads(written.out)["shapes"].keys() == {"pk", "ss"}
    assert "2 shapes of 3 arcs" in written.err
