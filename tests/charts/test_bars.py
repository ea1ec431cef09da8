from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.charts.axis import round_up
from statements.charts.bars import LOW_BOTTOM, PLOT_BOTTOM, PLOT_TOP, bar_chart, low_chart


@dataclass
class Column:
    label: str
    n: int
    url: str = "?"
    is_selected: bool = False


def columns(*counts):
    return [Column(str(1990 + i), n) for i, n in enumerate(counts)]


def percent(text):
    return float(text.removesuffix("%"))


def test_it_works():
    chart = bar_chart(columns(1, 4, 2))
    assert [bar.height for bar in chart.bars] == [28.5, 114.0, 57.0]
    assert [line.value for line in chart.grid] == [2, 4]
    assert chart.total == 7
    assert chart.peak.label == "1991"


@pytest.mark.parametrize(
    ("n", "top"), [(0, 1), (1, 1), (2, 2), (3, 4), (7, 8), (9, 10), (11, 20), (61, 80), (999, 1000)]
)
def test_the_scale_ends_at_a_round_number(n, top):
    assert round_up(n) == top


def test_nothing_is_drawn_for_nothing():
    assert bar_chart([]).bars == []
    assert bar_chart([]).peak is None


def test_a_single_statement_among_thousands_is_seen():
    assert bar_chart(columns(1, 9000)).bars[0].height == 1.5


def test_nought_has_no_height():
    assert bar_chart(columns(0, 3)).bars[0].height == 0


def test_a_crowded_axis_labels_few_and_the_last_always():
    labelled = [bar.label for bar in bar_chart(columns(*range(100))).bars if bar.is_labelled]
    assert 3 <= len(labelled) <= 5
    assert labelled[-1] == "2089"


@given(st.lists(st.integers(min_value=0, max_value=10_000_000), min_size=1, max_size=150))
def test_bars_stay_inside_the_plot_and_beside_each_other(counts):
    chart = bar_chart(columns(*counts))
    end = 0.0
    for bar in chart.bars:
        assert percent(bar.x) >= end - 0.01
        assert PLOT_TOP <= bar.y <= PLOT_BOTTOM
        end = percent(bar.x) + percent(bar.width)
    assert end <= percent(chart.width) + 0.01


def test_bars_stand_at_their_places_beneath_a_line_of_days():
    chart = low_chart(columns(4, 1, 0), [(10, 20), (50, 0.1), (90, 10)])

    assert [(bar.column_x, bar.column_width) for bar in chart.bars] == [
        ("10%", "20%"), ("50%", "0.1%"), ("90%", "10%"),
    ]  # fmt: skip
    assert [bar.height for bar in chart.bars] == [44, 11, 0]
    assert all(bar.y + bar.height == LOW_BOTTOM for bar in chart.bars)
    assert (chart.total, chart.peak.label, chart.is_low) == (5, "1990", True)


def test_a_single_statement_beneath_a_line_is_seen():
    assert low_chart(columns(1, 9000), [(0, 1), (1, 1)]).bars[0].height == 1.5


def test_nothing_beneath_a_line_is_drawn_for_nothing():
    assert low_chart([], []).peak is None
