"""The front page."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from statements.contacts import busiest_pairs
from statements.search.anniversaries import said_before
from statements.search.results import StatementSearch

from .linked_data import graph, site_node

N_NEWEST = 6
N_ON_THIS_DAY = 4
N_PAIRS = 8


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
            "on_this_day": said_before(timezone.localdate(), n=N_ON_THIS_DAY),
        },
    )
