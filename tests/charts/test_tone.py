from dataclasses import dataclass

from statements.charts.tone import PLOT_BOTTOM, PLOT_TOP, tone_chart


@dataclass
class Column:
    label: str
    forth: float | None = None
    back: float | None = None


def test_it_works():
    chart = tone_chart([Column("2023", 0.0, -5.1), Column("2024", 4.2, None)], top=10)
    middle = (PLOT_TOP + PLOT_BOTTOM) / 2
    assert [point.y for point in chart.forth.points] == [middle, 22.4]
    assert [(line.y1, line.y2) for line in chart.forth.segments] == [(middle, 22.4)]
    assert [point.score for point in chart.back.points] == [-5.1]
    assert chart.back.segments == []
    assert [(line.value, line.y) for line in chart.grid] == [(5, 16.0), (0, 56.0), (-5, 96.0)]
    assert [label.text for label in chart.labels] == ["2023", "2024"]


def test_a_time_without_rated_acts_breaks_the_line():
    chart = tone_chart([Column("1", 1.0), Column("2"), Column("3", 1.0), Column("4", 2.0)], top=1)
    assert len(chart.forth.points) == 3
    assert len(chart.forth.segments) == 1


def test_a_score_beyond_the_reach_stands_at_its_edge():
    chart = tone_chart([Column("1", 9.0, -9.3)], top=1)
    assert (chart.forth.points[0].y, chart.back.points[0].y) == (PLOT_TOP, PLOT_BOTTOM)
