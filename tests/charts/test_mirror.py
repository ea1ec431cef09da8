from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from statements.charts.mirror import BACK_BASE, FORTH_BASE, PLOT_BOTTOM, PLOT_TOP, mirror_chart


@dataclass
class Column:
    label: str
    n_forth: int
    n_back: int
    url: str = "?"
    is_selected: bool = False


def columns(*counts):
    return [Column(str(1990 + i), *pair) for i, pair in enumerate(counts)]


def test_it_works():
    chart = mirror_chart(columns((1, 4), (2, 0)))
    first, second = chart.pairs
    assert (first.forth_height, first.back_height) == (20.25, 81.0)
    assert (second.forth_height, second.back_height) == (40.5, 0)
    assert (first.forth_y, chart.forth_base, chart.back_base) == (68.75, FORTH_BASE, BACK_BASE)
    assert (chart.total_forth, chart.total_back) == (3, 4)
    assert [line.value for line in chart.grid] == [4, 4]


def test_both_ways_have_one_scale():
    chart = mirror_chart(columns((10, 5)))
    assert chart.pairs[0].forth_height == 2 * chart.pairs[0].back_height


def test_a_single_statement_among_thousands_is_seen():
    assert mirror_chart(columns((1, 9000))).pairs[0].forth_height == 1.5


def test_a_crowded_axis_labels_few_and_the_last_always():
    labelled = [pair.label for pair in mirror_chart(columns(*[(1, 1)] * 100)).pairs
                if pair.is_labelled]  # fmt: skip
    assert 3 <= len(labelled) <= 5
    assert labelled[-1] == "2089"


@given(st.lists(st.tuples(*[st.integers(0, 10**7)] * 2), min_size=1, max_size=40))
def test_nothing_is_drawn_outside(counts):
    for pair in mirror_chart(columns(*counts)).pairs:
        assert PLOT_TOP <= pair.forth_y <= FORTH_BASE
        assert BACK_BASE + pair.back_height <= PLOT_BOTTOM
        x, width = (float(text.removesuffix("%")) for text in (pair.x, pair.width))
        assert x >= 0
        assert x + width <= 100
