"""Spans of days on one line of years."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from statements.charts.timeline import LEAST_DAYS, STUB, timeline


def test_it_works():
    line = timeline([(date(2000, 1, 1), date(2010, 1, 1)), (date(2005, 1, 1), date(2020, 1, 1))])

    assert [(bar.x, bar.width) for bar in line.bars] == [(0, 50.01), (25.01, 74.99)]
    assert [tick.year for tick in line.ticks] == [2000, 2005, 2010, 2015, 2020]
    assert (line.first_year, line.last_year) == (2000, 2020)


def test_spans_without_a_day_are_not_drawn():
    assert timeline([(None, None)]) is None


def test_a_span_without_a_day_keeps_its_place_among_others():
    line = timeline([(None, None), (date(2000, 1, 1), date(2010, 1, 1))])

    assert line.bars[0] is None
    assert line.bars[1] is not None


def test_an_unknown_end_is_a_stub_to_the_edge_and_not_a_claim():
    line = timeline([(date(1946, 1, 1), None), (date(2000, 1, 1), date(2010, 1, 1))])

    bar = line.bars[0]
    assert bar.width < 1
    assert bar.stub_after == round(bar.x + bar.width, 2)
    assert bar.stub_after + bar.stub_after_width == 100
    assert bar.stub_before is None


def test_an_unknown_beginning_is_a_stub_before():
    line = timeline([(None, date(2010, 1, 1))])

    assert line.bars[0].stub_before == 0
    assert line.bars[0].x >= STUB


def test_a_single_day_lies_in_the_middle_of_a_readable_line():
    line = timeline([(date(2024, 1, 19), date(2024, 1, 19))])

    assert 49 < line.bars[0].x < 51
    assert len(line.ticks) >= LEAST_DAYS // 366


def test_what_lies_beneath_widens_the_line():
    line = timeline([(date(2000, 1, 1), date(2010, 1, 1))], beneath=[date(2020, 1, 1)])

    assert (line.bars[0].x, line.bars[0].width) == (0, 50.01)
    assert line.axis.place(date(2020, 1, 1)) == 100


def test_what_lies_beneath_has_a_line_where_no_span_has_a_day():
    line = timeline([(None, None)], beneath=[date(2000, 1, 1), date(2009, 12, 31)])

    assert line.bars == [None]
    assert line.axis.place(date(2000, 1, 1)) < line.axis.place(date(2009, 12, 31)) <= 100


days = st.dates() | st.none()


@given(st.lists(st.tuples(days, days).map(lambda s: s if None in s else tuple(sorted(s)))))
def test_everything_is_within_the_line(spans):
    line = timeline(spans)

    for bar in line.bars if line else []:
        if bar:
            assert 0 <= bar.x <= 100
            assert (bar.stub_before or 0) >= 0
            assert (bar.stub_after or 0) <= 102
    assert all(0 <= tick.x <= 100 for tick in (line.ticks if line else []))
    assert len(line.ticks if line else []) <= 8
