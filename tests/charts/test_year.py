"""The days of a year as a grid."""

from datetime import date

from statements.charts.year import year_grid


def test_it_works():
    grid = year_grid(2024, {date(2024, 1, 19): 15, date(2024, 2, 29): 1})

    assert [len(row.cells) for row in grid.rows] == [31, 29, *[31, 30] * 2, 31, 31, 30, 31, 30, 31]
    january, february = grid.rows[:2]
    assert (january.cells[18].n, january.cells[18].level) == (15, 4)
    assert (february.cells[28].n, february.cells[28].level) == (1, 1)
    assert january.cells[0].level == 0
    assert february.cells[0].y > january.cells[0].y
    assert grid.legend == [(1, 1, 2), (2, 3, 4), (3, 5, 8), (4, 9, 15)]


def test_a_year_of_nothing_has_no_levels():
    grid = year_grid(2023, {})

    assert grid.legend == []
    assert {cell.level for row in grid.rows for cell in row.cells} == {0}
