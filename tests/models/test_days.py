"""The days that the database makes of what is written, and how Python reads them back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from statements.dates import PartialDate, Qualifier, span
from statements.models import Statement
from statements.models.statements import UNDATED
from tests.factories import make_official, make_statement, make_tenure

pytestmark = pytest.mark.django_db

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def days(said_on, qualifier="on", until=None):
    statement = make_statement(
        said_on=said_on, said_on_qualifier=qualifier, said_on_until=until, speaker="someone"
    )
    return statement.earliest_on, statement.latest_on, statement.sort_on


@pytest.mark.parametrize(
    ("said_on", "qualifier", "until", "earliest", "latest", "sort"),
    [
        ("2024-01-19", "on", None, date(2024, 1, 19), date(2024, 1, 19), date(2024, 1, 19)),
        ("2024-02", "on", None, date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 1)),
        ("2023-02", "on", None, date(2023, 2, 1), date(2023, 2, 28), date(2023, 2, 1)),
        ("2024", "on", None, date(2024, 1, 1), date(2024, 12, 31), date(2024, 1, 1)),
        ("1900-02", "on", None, date(1900, 2, 1), date(1900, 2, 28), date(1900, 2, 1)),
        ("2024-01", "about", None, date(2024, 1, 1), date(2024, 1, 31), date(2024, 1, 1)),
        ("2024-01-19", "not_before", None, date(2024, 1, 19), LAST, date(2024, 1, 19)),
        ("2024-01", "not_before", None, date(2024, 1, 1), LAST, date(2024, 1, 1)),
        ("2024-01-19", "not_after", None, FIRST, date(2024, 1, 19), date(2024, 1, 19)),
        ("2024-01", "not_after", None, FIRST, date(2024, 1, 31), date(2024, 1, 1)),
        ("2024", "not_after", None, FIRST, date(2024, 12, 31), date(2024, 1, 1)),
        (
            "2024-01-16", "between", "2024-01-18",
            date(2024, 1, 16), date(2024, 1, 18), date(2024, 1, 16),
        ),
        ("2023", "between", "2024-02", date(2023, 1, 1), date(2024, 2, 29), date(2023, 1, 1)),
        ("0001", "on", None, date(1, 1, 1), date(1, 12, 31), date(1, 1, 1)),
        ("0001-01-01", "not_after", None, FIRST, FIRST, FIRST),
        ("9999", "on", None, date(9999, 1, 1), LAST, date(9999, 1, 1)),
        ("9999-12", "on", None, date(9999, 12, 1), LAST, date(9999, 12, 1)),
        ("9999-12-31", "not_before", None, LAST, LAST, LAST),
    ],
)  # fmt: skip
def test_a_day_is_a_range(said_on, qualifier, until, earliest, latest, sort):
    assert days(said_on, qualifier, until) == (earliest, latest, sort)


def test_without_a_day_there_is_no_range_and_a_place_at_the_end():
    assert days(None) == (None, None, UNDATED)


def test_the_range_follows_the_day():
    statement = make_statement(said_on="2024-01-19")
    Statement.objects.filter(pk=statement.pk).update(said_on="2023", said_on_qualifier="not_after")
    statement.refresh_from_db()
    assert (statement.earliest_on, statement.latest_on) == (FIRST, date(2023, 12, 31))


@st.composite
def written_days(draw):
    def one():
        whole = draw(st.dates())
        return PartialDate(*(whole.year, whole.month, whole.day)[: draw(st.integers(1, 3))])

    qualifier = draw(st.sampled_from(Qualifier))
    if qualifier is not Qualifier.BETWEEN:
        return one(), qualifier, None
    first, last = sorted([one(), one()], key=lambda day: (day.earliest, day.latest))
    return first, qualifier, last


def test_the_database_and_python_mean_the_same_days():
    statement = make_statement(speaker="someone")

    @given(written_days())
    def the_same(written):
        said_on, qualifier, until = written
        Statement.objects.filter(pk=statement.pk).update(
            said_on=said_on, said_on_qualifier=qualifier, said_on_until=until
        )
        statement.refresh_from_db()
        assert (statement.earliest_on, statement.latest_on) == span(said_on, qualifier, until)
        assert statement.sort_on == said_on.earliest

    the_same()


@pytest.mark.parametrize("text", ["2024-01-19", "2024-01", "2024", "0001", "9999-12-31"])
def test_a_day_comes_back_as_it_went(text):
    assert make_statement(said_on=text).said_on == PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2023-02-29", "soon", "2024-1-1", "10000"])
def test_what_is_no_day_is_a_readable_error_before_it_reaches_the_database(text):
    statement = Statement(key="a", text="No.", form="direct", said_on=text)
    with pytest.raises(ValidationError) as caught:
        statement.clean_fields(exclude=["account", "basis"])
    assert "said_on" in caught.value.message_dict


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("earliest_day('2024')", date(2024, 1, 1)),
        ("latest_day('2024-02')", date(2024, 2, 29)),
        ("latest_day('9999-12')", LAST),
        ("is_partial_day('2024-01')", True),
        ("is_partial_day('2024-1')", False),
        ("is_partial_day('2024-01-19 ')", False),
        ("is_partial_day('24')", False),
        ("is_partial_day('２０２４')", False),
        ("is_in_order('2024-01-19', '2024')", True),
        ("is_in_order('2024-01-19', '2024-01-18')", False),
        ("is_in_order(NULL, '2024')", None),
    ],
)
def test_the_functions_on_days(sql, expected):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}")
        assert cursor.fetchone() == (expected,)


class TestTimeOfDay:
    def test_the_offset_of_the_place_is_kept(self):
        statement = make_statement()
        said = datetime(2024, 1, 19, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=45)))
        statement.say_at(said)
        statement.save()
        statement.refresh_from_db()
        assert statement.said_at == said
        assert statement.said_at_local.isoformat() == "2024-01-19T14:30:00+05:45"

    def test_none_is_none(self):
        statement = make_statement()
        statement.say_at(datetime(2024, 1, 19, tzinfo=UTC))
        statement.say_at(None)
        assert (statement.said_at, statement.said_at_offset) == (None, 0)
        assert statement.said_at_local is None

    @pytest.mark.parametrize("offset", [-12, 14])
    def test_the_ends_of_the_calendar_are_no_obstacle(self, offset):
        statement = make_statement()
        zone = timezone(timedelta(hours=offset))
        said = datetime(1, 1, 1, tzinfo=zone) if offset < 0 else datetime(9999, 12, 31, tzinfo=zone)
        statement.say_at(said)
        statement.save()
        statement.refresh_from_db()
        assert statement.said_at_local.isoformat() == said.isoformat()


def test_tenures_come_in_the_order_of_their_beginning_the_unknown_first():
    official = make_official()
    for started_on in ["2023", None, "1999-05", "2023-08-17"]:
        make_tenure(official, started_on=started_on)
    assert [str(tenure.started_on) for tenure in official.tenures.all()] == [
        "None", "1999-05", "2023", "2023-08-17",
    ]  # fmt: skip
