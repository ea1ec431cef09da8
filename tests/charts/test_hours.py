"""Instants on a line of hours."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from statements.charts.hours import BASE, N_TICKS, hours

KARACHI = timezone(timedelta(hours=5))
TEHRAN = timezone(timedelta(hours=3, minutes=30))


def at(hour, minute=0, zone=KARACHI):
    return datetime(2024, 1, 19, hour, minute, tzinfo=zone)


def test_it_works():
    line = hours([at(9), at(12), at(15)])

    assert [mark.x for mark in line.marks] == [4, 50, 96]
    assert [f"{tick.at:%H:%M}" for tick in line.ticks] == ["10:00", "12:00", "14:00"]
    assert line.zone.utcoffset(None) == timedelta(hours=5)


def test_nothing_is_drawn_of_nothing():
    assert hours([]) is None


def test_places_with_several_times_share_a_line_in_utc():
    line = hours([at(9, 30, KARACHI), at(9, zone=TEHRAN)])

    assert line.zone.utcoffset(None) == timedelta()
    assert [mark.x for mark in line.marks] == [4, 96]  # 04:30 and 05:30 in UTC


def test_ticks_are_round_in_the_zone_of_the_line():
    line = hours([at(9, zone=TEHRAN), at(14, zone=TEHRAN)])

    assert {tick.at.minute for tick in line.ticks} == {0}


def test_midnight_tells_of_a_new_day():
    line = hours([at(22), at(22) + timedelta(hours=6)])

    assert [f"{tick.at:%d %H:%M}" for tick in line.ticks if tick.is_day] == ["20 00:00"]


def test_what_was_said_at_once_is_set_above_each_other():
    line = hours([at(9), at(9), at(12)])

    assert line.marks[0].y == line.marks[2].y > line.marks[1].y


def test_one_instant_lies_in_the_middle_of_an_hour():
    line = hours([at(9)])

    assert [mark.x for mark in line.marks] == [50]
    assert len(line.ticks) > 1


def test_the_ends_of_the_calendar_have_their_line():
    first = datetime(1, 1, 1, 0, 1, tzinfo=UTC)
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)

    assert hours([first]).ticks
    assert hours([last]).ticks
    assert len(hours([first, last]).ticks) <= N_TICKS + 1


instants = st.datetimes(timezones=st.sampled_from([UTC, KARACHI, TEHRAN]))


@given(st.lists(instants, min_size=1).map(sorted))
def test_everything_is_within_the_line(found):
    line = hours(found)

    assert len(line.marks) == len(found)
    assert len(line.ticks) <= N_TICKS + 1
    for mark in line.marks:
        assert 0 <= mark.x <= 100
        assert 0 < mark.y < BASE
    assert all(0 <= tick.x <= 100 for tick in line.ticks)
