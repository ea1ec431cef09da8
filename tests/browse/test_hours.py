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
        ("19 January 2024, 10:00 UTC+03:30", "19 January 2024, 06:30 UTC"),
        ("19 January 2024, 14:30 UTC+05:00", "19 January 2024, 09:30 UTC"),
    ]


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
