"""Pages of articles: where they stand, and the statements that they report."""

from django.db.models import Min, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Article, Renamed, Statement
from statements.search.lists import LATEST, ArticleFilter, dated
from statements.search.paging import Key, Order, read_id

from .addresses import find, follows_moves
from .linked_data import article_node, graph
from .paging import page_of
from .register import article_entry, entries
from .roles import N_STATEMENTS

# Where in an article a statement stands; those without a place in the stored text come last.
IN_ORDER = Order("place", (Key("place", read_id), Key("id", read_id)))
NOWHERE = 2**31 - 1  # the greatest that the column holds
COLUMNS = (
    "slug",
    "title",
    "kind",
    "published_on",
    "outlet__name",
    "based_on__title",
    "based_on__outlet__name",
)


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    filters = ArticleFilter(request.GET, latest_first(Article.objects.all()))
    page = page_of(filters.rows, request.GET, LATEST)
    context = {"filters": filters, "page": page, "entries": entries(article_entry, page.rows)}
    return render(request, "browse/article_list.html", context)


def latest_first(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Loads what a list tells of articles, and the day that LATEST sorts by."""
    told = articles.select_related("outlet", "based_on__outlet").only(*COLUMNS)
    return dated(told, "published_on")


@require_safe
@follows_moves
def article(request: HttpRequest, slug: str) -> HttpResponse:
    articles = Article.objects.select_related("outlet__country", "based_on__outlet").defer(
        "body", "body_sha256", "based_on__body", "based_on__body_sha256"
    )
    found = find(articles, Renamed.ARTICLE, slug)
    context = {
        "article": found,
        "described": graph(article_node(found, request.build_absolute_uri)),
        "held_at": _held_at(found),
        "versions": found.versions.only("slug", "title", "based_on"),
        "statements": page_of(_reported(found), request.GET, IN_ORDER, N_STATEMENTS),
    }
    return render(request, "browse/article.html", context)


def _reported(article: Article) -> QuerySet[Statement]:
    """The published statements that an article cites, as they follow each other in it."""
    return (
        Statement.objects.published()
        .filter(citations__article=article)
        .annotate(place=Coalesce(Min("citations__start"), Value(NOWHERE)))
        .with_related()
    )


def _held_at(article: Article) -> list[tuple[str, str]]:
    """Where an archive holds the document."""
    return [
        (_("Repository"), article.repository),
        (_("Collection"), article.collection),
        (_("Box"), article.box),
        (_("Folder"), article.folder),
        (_("Document"), article.document_number),
    ]
