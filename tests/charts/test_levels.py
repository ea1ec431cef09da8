"""Counts as a few levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.charts.levels import N_LEVELS, legend_of, level_bounds, level_of


def test_it_works():
    bounds = level_bounds(10_000)

    assert bounds == [10, 100, 1000, 10_000]
    assert [level_of(n, bounds) for n in (0, 1, 10, 11, 1000, 10_000)] == [0, 1, 1, 2, 3, 4]
    assert legend_of(bounds) == [(1, 1, 10), (2, 11, 100), (3, 101, 1000), (4, 1001, 10_000)]


def test_nothing_has_no_levels():
    assert level_bounds(0) == []
    assert legend_of([]) == []


@pytest.mark.parametrize(("most", "bounds"), [(1, [1]), (2, [1, 2]), (3, [1, 2, 3])])
def test_little_has_few_levels(most, bounds):
    assert level_bounds(most) == bounds
    assert level_of(most, bounds) == N_LEVELS


@given(st.integers(min_value=1, max_value=10_000_000), st.data())
def test_more_is_never_lighter(most, data):
    bounds = level_bounds(most)
    few = data.draw(st.integers(min_value=1, max_value=most))
    assert 1 <= level_of(few, bounds) <= level_of(most, bounds) == N_LEVELS
