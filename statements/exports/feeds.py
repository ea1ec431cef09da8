"""Atom feeds of statements: of a search, of a page, of two countries."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.formats.writers.atom import NEVER, Feed, feed_of
from statements.interchange.public import public_statement
from statements.models import Statement
from statements.search.results import RecordSearch, StatementSearch

from .answers import invalid, site_of

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a feed is of."""

    title: str
    path: str


@require_safe
def statement_list_atom(request: HttpRequest) -> HttpResponse:
    """A page of the statements that the parameters ask for, in the order of the list."""
    search = RecordSearch(request.GET)
    return feed(request, search, Page(search.title, reverse("statements") + search.address()))


def added_first(parameters: QueryDict) -> QueryDict:
    """The parameters, with what was added last first where no order is asked for.

    A statement of long ago that was found today is news to those who follow.
    """
    asked = parameters.copy()
    asked.setdefault("sort", "added")
    return asked


def feed(request: HttpRequest, search: StatementSearch, page: Page) -> HttpResponse:
    """Tells the page of a search of whole records as a feed."""
    if not search.is_valid:
        return invalid(search.errors)
    absolute = site_of(request)
    records = [public_statement(row, absolute) for row in search.rows]
    first = absolute(request.path + search.address())
    cursor = request.GET.get("cursor")
    beside = {"next": search.next_url, "previous": search.previous_url}
    told = Feed(
        title=f"{page.title} · {_('Demarche')}",
        author=_("Demarche"),
        home=absolute(reverse("home")),
        first=first.rstrip("?"),
        this=absolute(request.path + search.address(cursor=[cursor])) if cursor else first,
        page=absolute(page.path),
        links={"first": first}
        | {name: absolute(request.path + url) for name, url in beside.items() if url},
        rights=settings.DATA_LICENCE,
        updated_at=_last_change() if not records else NEVER,
    )
    return HttpResponse(feed_of(told, records), content_type=CONTENT_TYPE)


def _last_change() -> str:
    """When anything public last changed."""
    rows = Statement.objects.published().order_by("-updated_at", "-pk")
    last = rows.values_list("updated_at", flat=True).first()
    return last.strftime("%Y-%m-%dT%H:%M:%SZ") if last else NEVER
