"""What was said day by day: a month as a calendar, a year as a grid of its days."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.views.decorators.http import require_safe

from statements.dates import PartialDate, Precision
from statements.models import Statement
from statements.search.by_day import loaded
from statements.search.daily import Stretch, beside, newest_day, stretch
from statements.search.results import StatementSearch

from .periods import printed_day
from .tallies import printed_count
from .years import told_year

N_FIRST = 2
WEEKDAYS = list(WEEKDAYS_ABBR.values())  # Monday is the first, as ISO 8601 has it
# What the address of a month says itself, and what only arranges a list.
LEFT_ASIDE = ("since", "until", "sort", "cursor", "limit")


@dataclass(frozen=True)
class Day:
    """A day of a month: how many statements, where they are, and those that the list begins with.

    `n` is empty where there are none, `share` is that of the busiest day, in hundredths.
    """

    day: date
    n: int
    printed: str
    share: float
    url: str
    first: list[Statement]
    is_counted: bool


@dataclass(frozen=True)
class Step:
    """A way to another month, year or day."""

    label: str
    url: str


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Leads to the newest month in which something matches."""
    search = search_of(request.GET)
    day = newest_day(search) if search.filters.is_valid() else None
    found = day or timezone.localdate()
    return redirect(calendar_url(search, PartialDate(found.year, found.month)))


@require_safe
def calendar_of(request: HttpRequest, period: str) -> HttpResponse:
    """Shows a month, or a year; a day is no calendar."""
    within = read_period(period, Precision.MONTH, Precision.YEAR)
    search = search_of(request.GET)
    is_valid = search.filters.is_valid()
    before, after = beside(search, within) if is_valid else (None, None)
    context = {
        "search": search,
        "is_valid": is_valid,
        "within": within,
        "is_filtered": bool(search.chips),
        "previous": _step(search, within, before),
        "next": _step(search, within, after),
        "list_url": list_url(search, within),
        "year_url": calendar_url(search, PartialDate(within.year)),
    }
    if within.precision == Precision.YEAR:
        if is_valid:
            context["year"] = told_year(search, within, partial(calendar_url, search))
        return render(request, "browse/calendar_year.html", context)
    month = stretch(search, within, n_first=N_FIRST) if is_valid else Stretch()
    rows = _loaded(month)
    context |= {
        "month": month,
        "days": _days(search, within, month, rows),
        "weekdays": WEEKDAYS,
        "starts_on": within.earliest.isoweekday(),
        "inexact": [rows[pk] for pk in month.inexact if pk in rows],
    }
    return render(request, "browse/calendar_month.html", context)


def read_period(text: str, *precisions: Precision) -> PartialDate:
    """Reads a month or a year of an address. Raises Http404 for what is none."""
    try:
        period = PartialDate.parse(text)
    except ValueError as error:
        raise Http404(text) from error
    if period.precision not in precisions:
        raise Http404(text)
    return period


def search_of(parameters: QueryDict) -> StatementSearch:
    """The search of a calendar: what a list asks for, but for its days and its order."""
    asked = parameters.copy()
    for name in LEFT_ASIDE:
        asked.pop(name, None)
    return StatementSearch(asked)


def calendar_url(search: StatementSearch, period: PartialDate) -> str:
    """The address of a month or a year, the filters carried along."""
    return with_query(reverse("calendar-of", args=[str(period)]), search.address())


def calendar_of_list(search: StatementSearch) -> str:
    """The calendar of what a list shows: of its one month where it has one, else the newest."""
    values = search.form.cleaned_data if search.filters.is_valid() else {}
    since, until = values.get("since"), values.get("until")
    query = search.address(**dict.fromkeys(LEFT_ASIDE))
    if since and until and since.month and (since.year, since.month) == (until.year, until.month):
        month = PartialDate(since.year, since.month)
        return with_query(reverse("calendar-of", args=[str(month)]), query)
    return with_query(reverse("calendar"), query)


def list_url(search: StatementSearch, within: PartialDate | date) -> str:
    """The list of what may have been said within a day, month or year."""
    period = [str(within)]
    return with_query(reverse("statements"), search.address(since=period, until=period))


def with_query(path: str, query: str) -> str:
    return path if query == "?" else f"{path}{query}"


def _step(search: StatementSearch, within: PartialDate, day: date | None) -> Step | None:
    if day is None:
        return None
    is_month = within.precision == Precision.MONTH
    period = PartialDate(day.year, day.month if is_month else None)
    return Step(printed_day(period), calendar_url(search, period))


def _loaded(month: Stretch) -> dict[int, Statement]:
    shown = [pk for pks in month.first.values() for pk in pks] + month.inexact
    return {row.pk: row for row in loaded(shown)} if shown else {}


def _days(
    search: StatementSearch, within: PartialDate, month: Stretch, rows: dict[int, Statement]
) -> list[Day]:
    most = max(month.days.values(), default=1)
    days = []
    for place in range(within.latest.day):
        day = within.earliest.replace(day=place + 1)
        n = month.days.get(day, 0)
        is_cut = n and day == month.counted_since
        days.append(
            Day(
                day=day,
                n=n,
                printed=printed_count(n, cap=n - 1 if is_cut else n) if n else "",
                share=round(100 * n / most, 1),
                url=list_url(search, day),
                first=[rows[pk] for pk in month.first.get(day, []) if pk in rows],
                is_counted=month.is_counted(day),
            )
        )
    return days
