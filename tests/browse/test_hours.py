"""The statements of an event on a line of hours."""

import pytest

from statements.browse.hours import line_of_hours
from statements.dates import parse_said_at
from tests.factories import make_event, make_official, make_statement

pytestmark = pytest.mark.django_db


def said_at(text, event, **fields):
    statement = make_statement(event=event, **fields)
    statement.say_at(parse_said_at(text))
    statement.save()
    return statement


def test_it_works(client):
    event = make_event(slug="an-exchange", kind="exchange")
    later = said_at("2024-01-19T15:00:00+05:00", event, speaker=make_official("Later"))
    earlier = said_at("2024-01-19T09:30:00+05:00", event, speaker=make_official("Earlier"))
    some_time = make_statement(event=event, speaker=make_official("Some time"))

    response = client.get("/events/an-exchange/")

    line = response.context["hours"]
    assert [(row.statement, row.there, row.on_the_line) for row in line.timed] == [
        (earlier, "19 January 2024, 09:30 UTC+05:00", ""),
        (later, "19 January 2024, 15:00 UTC+05:00", ""),
    ]
    assert line.untimed == [some_time]
    assert line.zone == "UTC+05:00"
    assert "Hour by hour" in response.text
    apart = response.text.split("Without a time")[1]
    assert "Some time" in apart


def test_places_apart_share_a_line_in_utc():
    event = make_event()
    rows = [
        said_at("2024-01-19T14:30:00+05:00", event),
        said_at("2024-01-19T10:00:00+03:30", event),
    ]

    line = line_of_hours(rows)

    assert line.zone == "UTC"
    assert [(row.there, row.on_the_line) for row in line.timed] == [
        ("19 January 2024, 10:00 UTC+03:30", "06:30 UTC"),
        ("19 January 2024, 14:30 UTC+05:00", "09:30 UTC"),
    ]


def test_another_day_on_the_line_is_told():
    event = make_event()
    rows = [
        said_at("2024-01-20T02:00:00+05:00", event),
        said_at("2024-01-19T20:30:00+03:30", event),
    ]

    assert [row.on_the_line for row in line_of_hours(rows).timed] == [
        "17:00 UTC",
        "19 January 2024, 21:00 UTC",
    ]


@pytest.mark.parametrize(
    ("instants", "ticks"),
    [
        (["2024-01-19T22:00:00Z", "2024-01-20T03:00:00Z"],
         ["22:00", "23:00", "20 Jan", "01:00", "02:00", "03:00"]),
        (["2022-01-19T22:00:00Z", "2024-01-20T03:00:00Z"],
         ["2022-04-28", "2022-10-27", "2023-04-27", "2023-10-26"]),
    ],
    ids=["hours", "years"],
)  # fmt: skip
def test_a_line_is_told_in_what_it_is_long(instants, ticks):
    event = make_event()
    told = [label for _x, label in line_of_hours([said_at(at, event) for at in instants]).ticks]

    assert told == ticks


def test_one_time_alone_makes_no_line(client):
    event = make_event(slug="a-call")
    said_at("2024-01-19T15:00:00+05:00", event)
    make_statement(event=event)

    response = client.get("/events/a-call/")

    assert response.context["hours"] is None
    assert "Hour by hour" not in response.text


def test_a_statement_tells_its_time_where_it_was_made(client):
    statement = said_at("2024-01-19T15:00:00+05:00", make_event())

    assert "15:00 UTC+05:00" in client.get(statement.get_absolute_url()).text
