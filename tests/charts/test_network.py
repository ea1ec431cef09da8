import re
from itertools import combinations
from math import dist

import pytest

from statements.charts.matrix import PITCH, matrix_chart
from statements.charts.network import (
    FINENESS,
    HEIGHT,
    N_MARKS,
    WIDTH,
    Actor,
    Tie,
    legend_mark,
    mark,
    network_chart,
)

ACTORS = [Actor("Pakistan", (70, -30)), Actor("Iran", (53, -32)), Actor("Turkey", (35, -39))]
TIES = [Tie(0, 1, 16), Tie(1, 0, 4), Tie(0, 2, 1)]


def numbers(path):
    return [float(told) for told in re.findall(r"-?[\d.]+", path)]


def corners(line):
    """The points of a line's outline: where it begins, its two bends and its tip, and its end."""
    told = numbers(line.path)
    x, y = told[:2]
    out, tip = (x + told[2], y + told[3]), (x + told[4], y + told[5])
    back, end = (tip[0] + told[6], tip[1] + told[7]), (tip[0] + told[8], tip[1] + told[9])
    return [(x / FINENESS, y / FINENESS) for x, y in ((x, y), out, tip, back, end)]


def breadth(line):
    begin, *_rest, end = corners(line)
    return dist(begin, end)


def nodes(chart):
    return {node.label: node for node in chart.nodes}


def test_it_works():
    chart = network_chart(ACTORS, TIES)
    pakistan = nodes(chart)["Pakistan"]
    assert (pakistan.n_out, pakistan.n_in) == (17, 4)
    assert (pakistan.n_addressed, pakistan.n_addressing) == (2, 1)
    assert [line.n for line in chart.lines] == [1, 4, 16]
    assert chart.n_most == 16
    assert all(node.is_labelled for node in chart.nodes)


def test_a_line_is_broad_where_it_begins_and_the_broader_the_more_is_said():
    light, middling, heavy = network_chart(ACTORS, TIES).lines
    assert breadth(light) < breadth(middling) < breadth(heavy) == pytest.approx(9, abs=0.4)
    at = nodes(network_chart(ACTORS, TIES))["Pakistan"]
    begin, _out, tip, _back, end = corners(heavy)
    middle = ((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)
    assert middle == pytest.approx((at.x, at.y), abs=0.4)
    iran = nodes(network_chart(ACTORS, TIES))["Iran"]
    assert dist(tip, (iran.x, iran.y)) < 16


def test_there_and_back_are_two_lines():
    _light, back, there = network_chart(ACTORS, TIES).lines
    assert dist(corners(back)[1], corners(there)[1]) > 30


def test_the_busiest_lies_uppermost():
    assert network_chart(ACTORS, TIES).nodes[-1].label == "Pakistan"


def test_clusters_begin_with_their_busiest():
    chart = network_chart(ACTORS, TIES)
    assert sorted(actor for cluster in chart.clusters for actor in cluster) == [0, 1, 2]
    assert chart.clusters[0][0] == 0


def test_marks_differ_by_more_than_colour():
    marks = [re.sub(r"-?[\d.]+", "0", legend_mark(n)) for n in range(N_MARKS)]
    assert len(set(marks)) >= N_MARKS - 1  # a triangle upside down has the same strokes
    assert len({legend_mark(n) for n in range(N_MARKS)}) == N_MARKS
    assert mark(N_MARKS, 0, 0, 10) != mark(0, 0, 0, 10)


def crowd(n):
    return [Actor(f"Official {i}", (i % 20 * 15, i // 20 * 9)) for i in range(n)]


def test_of_three_hundred_names_those_are_shown_that_fit():
    ties = [Tie(n, (n * 7 + 1) % 300, n + 1) for n in range(300) if n != (n * 7 + 1) % 300]
    chart = network_chart(crowd(300), ties)
    shown = [node for node in chart.nodes if node.is_labelled]
    assert 60 < len(shown) < 300
    boxes = [_box(node) for node in shown]
    assert not any(_meet(a, b) for a, b in combinations(boxes, 2))
    assert all(left >= 0 and right <= WIDTH and 0 <= y <= HEIGHT for left, right, y in boxes)


def _box(node):
    width = 6 * len(node.label)
    left = {"start": 0, "middle": width / 2, "end": width}[node.label_anchor]
    return node.label_x - left, node.label_x - left + width, node.label_y


def _meet(a, b):
    return a[0] < b[1] and b[0] < a[1] and abs(a[2] - b[2]) < 11


def test_a_long_name_is_cut():
    actors = [Actor("Vereinigtes Königreich Großbritannien und Nordirland", (0, 0)), ACTORS[0]]
    node = network_chart(actors, [Tie(0, 1, 1)]).nodes[-1]
    assert node.label.endswith("…")


def test_a_drawing_of_few_is_small_and_of_many_no_larger_than_a_page():
    few, many = network_chart(ACTORS, TIES), network_chart(crowd(300), [Tie(0, 1, 1)])
    assert (few.width, few.height) == (348, 228)
    assert (many.width, many.height) == (WIDTH, HEIGHT)
    assert all(0 < node.x < few.width and 0 < node.y < few.height for node in few.nodes)


def test_nothing_is_drawn_of_nobody():
    chart = network_chart([], [])
    assert (chart.nodes, chart.lines, chart.clusters, chart.n_most) == ([], [], [], 0)


class TestMatrix:
    def test_it_works(self):
        chart = matrix_chart(["Pakistan", "Iran", "Turkey"], TIES, [[1, 0], [2]])
        assert [name.label for name in chart.names] == ["Iran", "Pakistan", "Turkey"]
        assert chart.borders == [2 * PITCH]
        [first, *_rest] = chart.cells
        assert (first.source, first.target, first.n) == (0, 1, 16)
        assert first.y // PITCH == 1  # the row of Pakistan
        assert first.x // PITCH == 0  # the column of Iran

    def test_a_square_is_the_larger_the_more_is_said(self):
        sizes = [cell.size for cell in matrix_chart(["a", "b", "c"], TIES, [[0, 1, 2]]).cells]
        assert sizes == sorted(sizes, reverse=True)
        assert 3 < sizes[-1] < sizes[0] < PITCH

    def test_nothing_is_drawn_of_nobody(self):
        assert matrix_chart([], [], []).extent == 0
