"""Pages of outlets: their articles and the statements that they report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.models import Article, Outlet, Renamed
from statements.search.lists import BY_NAME, LATEST
from statements.search.matches import with_token

from .addresses import find, follows_moves
from .articles import latest_first
from .linked_data import graph, outlet_node
from .paging import page_of
from .register import article_entry, entries, outlet_entry
from .roles import newest
from .tallies import statements_url

N_ARTICLES = 10


@require_safe
def outlet_list(request: HttpRequest) -> HttpResponse:
    page = page_of(Outlet.objects.select_related("country"), request.GET, BY_NAME)
    context = {"page": page, "entries": entries(outlet_entry, page.rows)}
    return render(request, "browse/outlet_list.html", context)


@require_safe
@follows_moves
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(Outlet.objects.select_related("country"), Renamed.OUTLET, slug)
    articles = LATEST.page(
        latest_first(Article.objects.filter(outlet=found)), cursor=None, n_rows=N_ARTICLES
    )
    reported = with_token(f"u{found.pk}")
    context = {
        "outlet": found,
        "described": graph(outlet_node(found, request.build_absolute_uri)),
        "articles": entries(article_entry, articles.rows),
        "has_more_articles": articles.next_cursor is not None,
        "statements": newest(reported, request.GET),
        "all_url": statements_url(outlet=found.slug),
    }
    return render(request, "browse/outlet.html", context)
