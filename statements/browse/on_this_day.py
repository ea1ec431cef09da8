"""A day of the year: what was said on it, whichever year it was."""

from calendar import monthrange
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.search.anniversaries import (
    LEAP_YEAR,
    N_COUNTED,
    DayOfYear,
    page_on_day,
    years_of,
)
from statements.search.histogram import Bar, bars
from statements.search.paging import BadCursor

from .calendar import Step
from .paging import with_urls
from .tallies import printed_count, statements_url

N_ROWS = 50


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Leads to the day that is today."""
    day = timezone.localdate()
    return redirect("on-this-day", str(DayOfYear(day.month, day.day)))


@require_safe
def on_this_day(request: HttpRequest, day: str) -> HttpResponse:
    """Lists what was said on a day of the year, the newest first."""
    try:
        found = DayOfYear.parse(day)
    except ValueError as error:
        raise Http404(day) from error
    cursor = request.GET.get("cursor") or None
    try:
        page = page_on_day(found, cursor=cursor, n_rows=N_ROWS)
    except BadCursor:
        page = page_on_day(found, cursor=None, n_rows=N_ROWS)
    counts = years_of(found)
    n = sum(counts.values())
    context = {
        "day": printed(found),
        "statements": with_urls(page, request.GET),
        "columns": _columns(found, counts),
        "n": n,
        "n_printed": printed_count(n, cap=N_COUNTED - 1 if n == N_COUNTED else n),
        "previous": _step(found, -1),
        "next": _step(found, 1),
        "months": _months(found),
        "days": _days(found),
    }
    return render(request, "browse/on_this_day.html", context)


def printed(day: DayOfYear) -> str:
    """The day in the reader's language: `19 January`."""
    return _("%(day)d %(month)s") % {"day": day.day, "month": MONTHS[day.month]}


def day_url(day: DayOfYear) -> str:
    return reverse("on-this-day", args=[str(day)])


def _columns(day: DayOfYear, counts: dict[date, int]) -> list[Bar]:
    """A bar a year, which leads to the list of that day; of a year without it, to its February."""

    def address(since: list[str], until: list[str]) -> str:
        found = day.in_year(int(since[0]))
        period = found.isoformat() if found else f"{since[0]}-02"
        return statements_url(since=period, until=period)

    years = {f"{found.year:04}-{day.month:02}": n for found, n in counts.items()}
    return bars(years, None, None, address, n_months=0)


def _step(day: DayOfYear, n_days: int) -> Step:
    """The day before or after, the end of the year following on its beginning."""
    beside = date(LEAP_YEAR, day.month, day.day) + timedelta(days=n_days)
    found = DayOfYear(beside.month, beside.day)
    return Step(printed(found), day_url(found))


def _months(day: DayOfYear) -> list[tuple[str, str, bool]]:
    """The months, each with the address of the same day in it or its last, and whether on."""
    return [
        (
            str(name),
            day_url(DayOfYear(month, min(day.day, monthrange(LEAP_YEAR, month)[1]))),
            month == day.month,
        )
        for month, name in MONTHS.items()
    ]


def _days(day: DayOfYear) -> list[tuple[int, str, bool]]:
    n_days = monthrange(LEAP_YEAR, day.month)[1]
    return [
        (number, day_url(DayOfYear(day.month, number)), number == day.day)
        for number in range(1, n_days + 1)
    ]
