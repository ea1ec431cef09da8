"""The front page."""

from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from statements.contacts import busiest_pairs
from statements.models import Statement
from statements.models.listing import listed
from statements.search.results import StatementSearch

from .linked_data import graph, site_node

N_NEWEST = 6
N_ON_THIS_DAY = 4
N_PAIRS = 8
# Each year is one look at an index; older statements seldom have a day.
N_YEARS_BACK = 300


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Shows what is new, how busy the archive's years are, and what this day brought before."""
    search = StatementSearch(QueryDict(), n_rows=N_NEWEST)
    return render(
        request,
        "browse/home.html",
        {
            "described": graph(site_node(request.build_absolute_uri)),
            "newest": search.rows,
            "histogram": search.histogram,
            "pairs": busiest_pairs(N_PAIRS),
            "today": timezone.localdate(),
            "on_this_day": said_on_day(timezone.localdate(), n=N_ON_THIS_DAY),
        },
    )


def said_on_day(today: date, *, n: int) -> list[Statement]:
    """Statements said on this very day of the year in other years, the newest first."""
    days = [
        day for year in range(today.year - N_YEARS_BACK, today.year) if (day := _in(year, today))
    ]
    rows = Statement.objects.published().filter(
        sort_on__in=days,
        said_on__in=[day.isoformat() for day in days],
        said_on_qualifier="on",
    )
    return listed(rows.newest_first()[:n])


def _in(year: int, today: date) -> date | None:
    try:
        return today.replace(year=year)
    except ValueError:  # 29 February
        return None
