"""Days of tenures and events in words."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from statements.dates import PartialDate, printed
from statements.models import Country, Event, Tenure


def printed_day(day: PartialDate | None) -> str:
    """A day, month or year in the reader's language; nothing where there is none."""
    return printed(day, translate=_) if day else ""


def held(tenure: Tenure) -> str:
    """How long a post was held: with both days, or `since June 2023`."""
    return _period(tenure.started_on, tenure.ended_on) or _("days not recorded")


def existed(country: Country) -> str:
    """How long a former state existed; nothing for one that exists."""
    return _period(country.existed_from, country.existed_until)


def took_place(event: Event) -> str:
    """The days of an event, one where it began and ended on the same."""
    first, last = event.started_on, event.ended_on
    if not first or not last or first == last:
        return printed_day(first or last)
    return _period(first, last)


def _period(first: PartialDate | None, last: PartialDate | None) -> str:
    days = {"first": printed_day(first), "last": printed_day(last)}
    if first and last:
        return pgettext("days", "%(first)s – %(last)s") % days  # noqa: RUF001
    if first:
        return pgettext("days", "since %(first)s") % days
    return pgettext("days", "until %(last)s") % days if last else ""
