"""Days with a precision and a qualifier: what they may mean, and how they are printed."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache


def _(message: str) -> str:
    """Mark a message for extraction, as gettext_noop does, without needing Django."""
    return message


class DayError(ValueError):
    """A day or time that cannot be; `template % values` is the reason, in English.

    A face that speaks another language translates `template` and fills in `values` itself.
    """

    def __init__(self, template: str, **values: str) -> None:
        super().__init__(template % values)
        self.template = template
        self.values = values


class Precision(StrEnum):
    """How much of a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Qualifier(StrEnum):
    """How a statement's true day stands to the day that is written."""

    ON = "on"
    ABOUT = "about"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"
    BETWEEN = "between"


N_REMEMBERED = 4096  # of the days and instants that were read: an archive tells the same ones often
_ISO_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year of the (proleptic) Gregorian calendar, years 1 to 9999."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not date.min.year <= self.year <= date.max.year:
            raise DayError(_("%(day)s is not a year from 0001 to 9999"), day=f"{self.year:04}")
        if self.month is None:
            if self.day is not None:
                raise DayError(_("a day needs its month"))
            return
        if not 1 <= self.month <= 12:
            raise DayError(_("%(day)s is not a month of the calendar"), day=str(self))
        if self.day is not None and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            raise DayError(_("%(day)s is not a day of the calendar"), day=str(self))

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read a day, month or year as ISO 8601 writes it, its precision implied."""
        return _parsed(text)

    @property
    def precision(self) -> Precision:
        """How much of the day is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@lru_cache(N_REMEMBERED)
def _parsed(text: str) -> PartialDate:
    found = _ISO_DAY.fullmatch(text)
    if found is None:
        raise DayError(_("write a day as 2024-01-19, 2024-01 or 2024"))
    return PartialDate(*(int(part) for part in found.groups() if part is not None))


def span(
    day: PartialDate | None,
    qualifier: Qualifier | str = Qualifier.ON,
    until: PartialDate | None = None,
) -> tuple[date, date] | None:
    """Return the earliest and latest day possible, inclusive, or None when undated.

    Open ends reach to the ends of the calendar. Raises ValueError (DayError) when the
    qualifier and the days do not belong together.
    """
    named = named_range(day, qualifier, until)
    if named is None:
        return None
    earliest, latest = named
    if qualifier == Qualifier.NOT_BEFORE:
        return earliest, date.max
    if qualifier == Qualifier.NOT_AFTER:
        return date.min, latest
    return earliest, latest


def named_range(
    day: PartialDate | None,
    qualifier: Qualifier | str = Qualifier.ON,
    until: PartialDate | None = None,
) -> tuple[date, date] | None:
    """Return the range the written days themselves name, open ends ignored.

    This, and not the whole `span`, is what a tenure must cover for its capacity to be shown.
    Raises ValueError as `span` does.
    """
    _refuse_mismatch(day, qualifier, until)
    if day is None:
        return None
    return day.earliest, (until or day).latest


_QUALIFIERS = frozenset(Qualifier)


def _refuse_mismatch(
    day: PartialDate | None, qualifier: Qualifier | str, until: PartialDate | None
) -> None:
    if qualifier not in _QUALIFIERS:
        raise DayError(_("%(qualifier)s is not a way to qualify a day"), qualifier=str(qualifier))
    if qualifier != Qualifier.BETWEEN:
        if until is not None:
            raise DayError(_("a second day needs the qualifier 'between'"))
        return
    if day is None or until is None:
        raise DayError(_("the qualifier 'between' needs two days"))
    if until.latest < day.earliest:
        raise DayError(
            _("the second day, %(until)s, is before the first, %(day)s"),
            until=str(until),
            day=str(day),
        )


# Plain names, so that a catalogue that already knows the months (Django's own) serves.
_MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
_QUALIFIED = {
    Qualifier.ABOUT: _("about %(day)s"),
    Qualifier.NOT_BEFORE: _("not before %(day)s"),
    Qualifier.NOT_AFTER: _("not after %(day)s"),
}


def printed(
    day: PartialDate | None,
    qualifier: Qualifier | str = Qualifier.ON,
    until: PartialDate | None = None,
    *,
    translate: Callable[[str], str] = str,
) -> str:
    """Print a day in words, as "about 18 January 2024".

    `translate` receives English message templates (pass gettext). Raises ValueError as
    `span` does.
    """
    _refuse_mismatch(day, qualifier, until)
    if day is None:
        return translate(_("undated"))
    if until is not None and until != day:
        return _printed_between(day, until, translate)
    words = _printed_whole(day, translate)
    template = _QUALIFIED.get(Qualifier(qualifier))
    return words if template is None else translate(template) % {"day": words}


def _printed_whole(day: PartialDate, translate: Callable[[str], str]) -> str:
    year = str(day.year)
    if day.month is None:
        return year
    month = translate(_MONTHS[day.month - 1])
    if day.day is None:
        return translate(_("%(month)s %(year)s")) % {"month": month, "year": year}
    template = translate(_("%(day)d %(month)s %(year)s"))
    return template % {"day": day.day, "month": month, "year": year}


def _printed_between(first: PartialDate, last: PartialDate, translate: Callable[[str], str]) -> str:
    """Print two days, saying once the month and the year they share."""
    if first.month is None or last.month is None or not _is_foldable(first, last):
        return translate(_("between %(first)s and %(last)s")) % {
            "first": _printed_whole(first, translate),
            "last": _printed_whole(last, translate),
        }
    if first.day is None:
        template = _("between %(first_month)s and %(last_month)s %(year)s")
    elif first.month == last.month:
        template = _("between %(first_day)d and %(last_day)d %(last_month)s %(year)s")
    else:
        template = _(
            "between %(first_day)d %(first_month)s and %(last_day)d %(last_month)s %(year)s"
        )
    return translate(template) % {
        "first_day": first.day,
        "first_month": translate(_MONTHS[first.month - 1]),
        "last_day": last.day,
        "last_month": translate(_MONTHS[last.month - 1]),
        "year": str(first.year),
    }


def _is_foldable(first: PartialDate, last: PartialDate) -> bool:
    return first.precision == last.precision and first.year == last.year


def printed_zone(at: datetime) -> str:
    """Print how far ahead of UTC the zone of an instant is: `UTC+05:30`."""
    n_minutes = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    if not n_minutes:
        return "UTC"
    n_hours, rest = divmod(abs(n_minutes), 60)
    return f"UTC{'-' if n_minutes < 0 else '+'}{n_hours:02}:{rest:02}"


def printed_time(at: datetime) -> str:
    """Print the time of day with its zone: `14:30 UTC+05:00`."""
    return f"{at:%H:%M} {printed_zone(at)}"


_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]"
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6}))?)?"
    r"(?:([Zz])|([+-])([0-9]{2}):?([0-9]{2})?)?"
)
# The offsets in civil use (tz database): Baker Island to Kiritimati.
_WEST_MOST, _EAST_MOST = timedelta(hours=-12), timedelta(hours=14)


@lru_cache(N_REMEMBERED)
def parse_said_at(text: str) -> datetime:
    """Read an instant as ISO 8601 writes it, its zone (Z or an offset) required and kept.

    Raises ValueError (DayError) when it cannot be read, or is outside the years 1 to 9999 in UTC.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise DayError(_("write a time as 2024-01-19T14:30:00+05:00"))
    on, hour, minute, second, fraction, zulu, sign, offset_hours, offset_minutes = found.groups()
    if zulu is None and sign is None:
        raise DayError(_("a time needs its zone: end it with Z or an offset such as +05:00"))
    day = PartialDate.parse(on).earliest
    zone = UTC if zulu else _zone(sign, int(offset_hours), int(offset_minutes or 0))
    try:
        said_at = datetime(
            day.year,
            day.month,
            day.day,
            int(hour),
            int(minute),
            int(second or 0),
            int((fraction or "").ljust(6, "0")),
            zone,
        )
    except ValueError:
        time = ":".join(part for part in (hour, minute, second) if part)
        raise DayError(_("%(time)s is not a time of day"), time=time) from None
    try:
        said_at.astimezone(UTC)
    except OverflowError:
        raise DayError(_("the time falls outside the years 0001 to 9999")) from None
    return said_at


def _zone(sign: str, hours: int, minutes: int) -> timezone:
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    if minutes > 59 or not _WEST_MOST <= offset <= _EAST_MOST:
        raise DayError(
            _("%(offset)s is not an offset from -12:00 to +14:00"),
            offset=f"{sign}{hours:02}:{minutes:02}",
        )
    return timezone(offset)
