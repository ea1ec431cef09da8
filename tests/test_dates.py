import re
from datetime import UTC, date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from statements.dates import (
    DayError,
    PartialDate,
    Precision,
    Qualifier,
    named_range,
    parse_said_at,
    printed,
    printed_time,
    span,
)

ISO_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def day(text):
    return PartialDate.parse(text)


@st.composite
def partial_dates(draw):
    whole = draw(st.dates())
    parts = (whole.year, whole.month, whole.day)
    return PartialDate(*parts[: draw(st.integers(1, 3))])


class TestReading:
    @pytest.mark.parametrize(
        ("text", "expected", "precision"),
        [
            ("2024-01-19", PartialDate(2024, 1, 19), Precision.DAY),
            ("2024-01", PartialDate(2024, 1), Precision.MONTH),
            ("2024", PartialDate(2024), Precision.YEAR),
            ("0001-01-01", PartialDate(1, 1, 1), Precision.DAY),
            ("9999-12-31", PartialDate(9999, 12, 31), Precision.DAY),
            ("2024-02-29", PartialDate(2024, 2, 29), Precision.DAY),
            ("0800", PartialDate(800), Precision.YEAR),
        ],
    )
    def test_it_works(self, text, expected, precision):
        assert PartialDate.parse(text) == expected
        assert expected.precision is precision
        assert str(expected) == text

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "19 January 2024",
            "2024-1-19",
            "24-01-19",
            "2024-01-19T00:00",
            "2024/01/19",
            "2024-01-",
            " 2024",
            "2024\n",
            "-2024",
            "+2024",
            "10000",
            "20240119",
            "2024-W03",
            "2024-019",
            "٢٠٢٤-٠١-١٩",
            "۲۰۲۴",
            "２０２４",
            "2024-01-19\x00",
            "2024-²1",
        ],
    )
    def test_it_refuses_what_is_not_written_as_a_day(self, text):
        with pytest.raises(ValueError, match=r"^write a day as 2024-01-19, 2024-01 or 2024$"):
            PartialDate.parse(text)

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("2023-02-29", "2023-02-29 is not a day of the calendar"),
            ("1900-02-29", "1900-02-29 is not a day of the calendar"),
            ("2024-04-31", "2024-04-31 is not a day of the calendar"),
            ("2024-01-00", "2024-01-00 is not a day of the calendar"),
            ("2024-13", "2024-13 is not a month of the calendar"),
            ("2024-00-10", "2024-00-10 is not a month of the calendar"),
            ("0000", "0000 is not a year from 0001 to 9999"),
            ("0000-01-01", "0000 is not a year from 0001 to 9999"),
        ],
    )
    def test_it_refuses_what_the_calendar_does_not_have(self, text, reason):
        with pytest.raises(ValueError, match=f"^{reason}$"):
            PartialDate.parse(text)

    def test_a_day_without_its_month_is_refused(self):
        with pytest.raises(ValueError, match="a day needs its month"):
            PartialDate(2024, None, 19)

    def test_a_year_out_of_range_is_refused(self):
        with pytest.raises(ValueError, match="10000 is not a year"):
            PartialDate(10000)

    def test_a_reason_can_be_translated(self):
        with pytest.raises(DayError) as refused:
            PartialDate.parse("2023-02-29")
        translated = {"%(day)s is not a day of the calendar": "%(day)s n’existe pas"}
        template = translated[refused.value.template]
        assert template % refused.value.values == "2023-02-29 n’existe pas"

    @given(partial_dates())
    def test_text_and_day_round_trip(self, partial):
        assert PartialDate.parse(str(partial)) == partial

    @given(st.from_regex(ISO_DAY, fullmatch=True))
    def test_what_is_read_is_written_back_the_same(self, text):
        try:
            partial = PartialDate.parse(text)
        except ValueError:
            assume(False)
        assert str(partial) == text

    @given(st.dates())
    def test_it_reads_days_as_the_standard_library_does(self, whole):
        partial = PartialDate.parse(whole.isoformat())
        assert partial.earliest == partial.latest == whole

    @given(st.text())
    def test_any_other_text_is_refused_in_words(self, text):
        assume(not ISO_DAY.fullmatch(text))
        with pytest.raises(DayError, match="write a day as"):
            PartialDate.parse(text)


class TestSpan:
    @pytest.mark.parametrize(
        ("text", "earliest", "latest"),
        [
            ("2024-01-19", date(2024, 1, 19), date(2024, 1, 19)),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
            ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
            ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
            ("2024", date(2024, 1, 1), date(2024, 12, 31)),
            ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ],
    )
    @pytest.mark.parametrize("qualifier", [Qualifier.ON, Qualifier.ABOUT, "on", "about"])
    def test_it_works(self, text, earliest, latest, qualifier):
        assert day(text).earliest == earliest
        assert day(text).latest == latest
        assert span(day(text), qualifier) == (earliest, latest)
        assert named_range(day(text), qualifier) == (earliest, latest)

    def test_not_before_is_open_at_its_end(self):
        assert span(day("2024-01"), "not_before") == (date(2024, 1, 1), date.max)

    def test_not_after_is_open_at_its_beginning(self):
        assert span(day("2024-01"), "not_after") == (date.min, date(2024, 1, 31))

    @pytest.mark.parametrize("qualifier", ["not_before", "not_after"])
    def test_the_named_range_ignores_open_ends(self, qualifier):
        named = named_range(day("2024-01-19"), qualifier, None)
        assert named == (date(2024, 1, 19), date(2024, 1, 19))

    @pytest.mark.parametrize("ranged", [span, named_range])
    def test_between_reaches_over_both(self, ranged):
        reached = ranged(day("2023-11"), "between", day("2024"))
        assert reached == (date(2023, 11, 1), date(2024, 12, 31))

    def test_between_a_month_and_a_day_in_it(self):
        assert span(day("2024-01"), "between", day("2024-01-10")) == (
            date(2024, 1, 1),
            date(2024, 1, 10),
        )

    @pytest.mark.parametrize("qualifier", ["on", "about", "not_before", "not_after"])
    @pytest.mark.parametrize("ranged", [span, named_range])
    def test_the_undated_have_none(self, ranged, qualifier):
        assert ranged(None, qualifier, None) is None

    @pytest.mark.parametrize("judged", [span, named_range, printed])
    @pytest.mark.parametrize("qualifier", ["on", "about", "not_before", "not_after"])
    def test_a_second_day_without_between_is_refused(self, judged, qualifier):
        with pytest.raises(ValueError, match="second day needs the qualifier 'between'"):
            judged(day("2024"), qualifier, day("2025"))

    @pytest.mark.parametrize("judged", [span, named_range, printed])
    @pytest.mark.parametrize(("first", "last"), [("2024", None), (None, "2024"), (None, None)])
    def test_between_with_a_day_missing_is_refused(self, judged, first, last):
        with pytest.raises(ValueError, match="'between' needs two days"):
            judged(first and day(first), Qualifier.BETWEEN, last and day(last))

    @pytest.mark.parametrize("judged", [span, named_range, printed])
    def test_a_second_day_before_the_first_is_refused(self, judged):
        with pytest.raises(ValueError, match="the second day, 2024-01-18, is before the first"):
            judged(day("2024-01-19"), "between", day("2024-01-18"))

    @pytest.mark.parametrize("judged", [span, named_range, printed])
    def test_an_unknown_qualifier_is_refused(self, judged):
        with pytest.raises(ValueError, match="around is not a way to qualify a day"):
            judged(day("2024"), "around", None)

    @given(partial_dates(), st.sampled_from(Qualifier), partial_dates())
    def test_a_named_range_is_in_order_and_within_the_span(self, first, qualifier, last):
        until = last if qualifier is Qualifier.BETWEEN else None
        assume(until is None or first.earliest <= until.latest)
        earliest, latest = span(first, qualifier, until)
        begins, ends = named_range(first, qualifier, until)
        assert date.min <= earliest <= begins <= ends <= latest <= date.max
        assert begins == first.earliest


class TestPrinting:
    @pytest.mark.parametrize(
        ("text", "qualifier", "until", "words"),
        [
            ("2024-01-19", "on", None, "19 January 2024"),
            ("2024-01-05", "on", None, "5 January 2024"),
            ("2024-01", "on", None, "January 2024"),
            ("2024", "on", None, "2024"),
            ("0800-12-25", "on", None, "25 December 800"),
            ("0800", "on", None, "800"),
            ("2024-01-18", "about", None, "about 18 January 2024"),
            ("2024", "about", None, "about 2024"),
            ("2024-01", "not_before", None, "not before January 2024"),
            ("2024-01-19", "not_after", None, "not after 19 January 2024"),
            ("2024-01-16", "between", "2024-01-18", "between 16 and 18 January 2024"),
            (
                "2024-01-16",
                "between",
                "2024-03-18",
                "between 16 January and 18 March 2024",
            ),
            (
                "2023-12-30",
                "between",
                "2024-01-02",
                "between 30 December 2023 and 2 January 2024",
            ),
            ("2024-01", "between", "2024-03", "between January and March 2024"),
            ("2023-12", "between", "2024-01", "between December 2023 and January 2024"),
            ("2023", "between", "2024", "between 2023 and 2024"),
            ("2024-01-16", "between", "2024-03", "between 16 January 2024 and March 2024"),
            ("2024-01", "between", "2024", "between January 2024 and 2024"),
            ("2024-01-16", "between", "2024-01-16", "16 January 2024"),
            ("0800-01", "between", "0800-02", "between January and February 800"),
        ],
    )
    def test_it_works(self, text, qualifier, until, words):
        assert printed(day(text), qualifier, until and day(until)) == words

    @pytest.mark.parametrize("qualifier", ["on", "about", "not_before", "not_after"])
    def test_the_undated_say_so(self, qualifier):
        assert printed(None, qualifier, None) == "undated"

    def test_every_part_can_be_translated(self):
        persian = {
            "January": "ژانویهٔ",
            "%(day)d %(month)s %(year)s": "%(day)d %(month)s %(year)s",
            "about %(day)s": "حدود %(day)s",
            "undated": "بی‌تاریخ",
            "between %(first_day)d and %(last_day)d %(last_month)s %(year)s": (
                "میان %(first_day)d و %(last_day)d %(last_month)s %(year)s"
            ),
        }
        assert printed(day("2024-01-18"), "about", None, translate=persian.__getitem__) == (
            "حدود 18 ژانویهٔ 2024"
        )
        assert printed(
            day("2024-01-16"), "between", day("2024-01-18"), translate=persian.__getitem__
        ) == ("میان 16 و 18 ژانویهٔ 2024")
        assert printed(None, "on", None, translate=persian.__getitem__) == "بی‌تاریخ"

    def test_a_translation_may_put_the_parts_in_another_order(self):
        hungarian = {"%(day)d %(month)s %(year)s": "%(year)s. %(month)s %(day)d."}
        words = printed(
            day("2024-01-19"), "on", None, translate=lambda text: hungarian.get(text, text)
        )
        assert words == "2024. January 19."

    @given(partial_dates(), st.sampled_from(Qualifier), partial_dates())
    def test_a_printed_day_names_its_years(self, first, qualifier, last):
        until = last if qualifier is Qualifier.BETWEEN else None
        assume(until is None or first.earliest <= until.latest)
        words = printed(first, qualifier, until)
        assert str(first.year) in words.split()
        assert until is None or str(until.year) in words.split()
        assert "%" not in words


class TestSaidAt:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2024-01-19T14:30:00+05:00", "2024-01-19T14:30:00+05:00"),
            ("2024-01-19T14:30:00Z", "2024-01-19T14:30:00+00:00"),
            ("2024-01-19t14:30:00z", "2024-01-19T14:30:00+00:00"),
            ("2024-01-19 14:30+0330", "2024-01-19T14:30:00+03:30"),
            ("2024-01-19T14:30:05.25-08", "2024-01-19T14:30:05.250000-08:00"),
            ("2024-01-19T23:59:59,999999-12:00", "2024-01-19T23:59:59.999999-12:00"),
            ("2024-01-19T00:00+14:00", "2024-01-19T00:00:00+14:00"),
        ],
    )
    def test_it_works_and_keeps_the_offset(self, text, expected):
        assert parse_said_at(text).isoformat() == expected

    @pytest.mark.parametrize(
        "text", ["2024-01-19T14:30:00", "2024-01-19 14:30", "2024-01-19T14:30:00.123"]
    )
    def test_a_missing_zone_is_refused(self, text):
        with pytest.raises(ValueError, match="a time needs its zone"):
            parse_said_at(text)

    @pytest.mark.parametrize(
        "offset", ["+14:01", "-12:01", "+24:00", "+99:99", "+03:60", "-0375", "+15"]
    )
    def test_an_offset_no_clock_has_is_refused(self, offset):
        with pytest.raises(ValueError, match=r"is not an offset from -12:00 to \+14:00"):
            parse_said_at(f"2024-01-19T14:30:00{offset}")

    @pytest.mark.parametrize("time", ["24:00", "25:00", "12:60", "12:00:60", "99:99:99"])
    def test_a_time_no_day_has_is_refused(self, time):
        with pytest.raises(ValueError, match=f"^{time} is not a time of day"):
            parse_said_at(f"2024-01-19T{time}Z")

    def test_a_day_the_calendar_does_not_have_is_refused(self):
        with pytest.raises(ValueError, match="2023-02-29 is not a day of the calendar"):
            parse_said_at("2023-02-29T12:00Z")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "now",
            "2024-01-19",
            "2024-01-19Z",
            "2024-01T12:00Z",
            "14:30Z",
            "2024-01-19T14Z",
            "2024-01-19T14:30:00 PKT",
            "2024-01-19T14:30:00Z ",
            "2024-01-19T14:30:00Z\n",
            "2024-01-19T14:30:00+5",
            "2024-01-19T14:30:00.1234567Z",
            "۲۰۲۴-۰۱-۱۹T14:30Z",
            "20240119T143000Z",
        ],
    )
    def test_what_is_not_written_as_an_instant_is_refused(self, text):
        with pytest.raises(ValueError, match="write a time as 2024-01-19T14:30:00"):
            parse_said_at(text)

    @pytest.mark.parametrize("text", ["0001-01-01T00:00+00:01", "9999-12-31T23:59-00:01"])
    def test_an_instant_outside_the_calendar_in_utc_is_refused(self, text):
        with pytest.raises(ValueError, match="outside the years 0001 to 9999"):
            parse_said_at(text)

    @given(
        st.datetimes().filter(lambda naive: 1 < naive.year < 9999),
        st.integers(-12 * 60, 14 * 60),
    )
    def test_an_instant_round_trips(self, naive, n_minutes):
        said_at = naive.replace(tzinfo=UTC) - timedelta(minutes=n_minutes)
        sign = "-" if n_minutes < 0 else "+"
        hours, minutes = divmod(abs(n_minutes), 60)
        read = parse_said_at(f"{naive.isoformat()}{sign}{hours:02}:{minutes:02}")
        assert read == said_at
        assert read.utcoffset() == timedelta(minutes=n_minutes)
        assert read.replace(tzinfo=None) == naive


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024-01-19T14:30:00+05:00", "14:30 UTC+05:00"),
        ("2024-01-19T14:30:00-03:30", "14:30 UTC-03:30"),
        ("2024-01-19T09:05:00Z", "09:05 UTC"),
    ],
)
def test_a_time_is_printed_with_its_zone(text, told):
    assert printed_time(parse_said_at(text)) == told
