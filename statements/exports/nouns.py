"""Officials, countries and events for programs: lists, each of them, and feeds of statements."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.interchange.public import (
    PUBLIC_ROWS,
    Absolute,
    public_country,
    public_event,
    public_official,
)
from statements.models import Country, Official, Party, Redirect, Renamed, Statement
from statements.search.paging import BadCursor, Key, Order, read_id, read_text
from statements.search.results import ScopedSearch
from statements.search.tokens import any_of
from statements.search.words import TsQuery

from .answers import answers_json, invalid, json_answer, led_on, site_of
from .feeds import Page, added_first, feed

N_ROWS = 50
Told = Callable[[Any, Absolute], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of row: how it is found and told, and which statements are its own.

    `parameters` are those of the search that stand for it; `all_statements` are those of all rows
    of the kind together.
    """

    kind: Renamed
    rows: QuerySet[Any]
    key: str
    told: Told
    parameters: tuple[str, ...]
    all_statements: Q

    @property
    def order(self) -> Order:
        return Order(self.key, (Key(self.key, read_text), Key("pk", read_id)))

    @property
    def section(self) -> str:
        """The name of the page that lists them."""
        return {"country": "countries"}.get(self.kind, f"{self.kind}s")

    def statements_of(self, row: Any) -> Q:
        return with_any(any_of(parameter, [row]) for parameter in self.parameters)


def with_any(tsqueries: Iterable[str]) -> Q:
    """The condition that a statement has one of these tokens."""
    return Q(search_vector=TsQuery(" | ".join(tsqueries)))


def _with_party(column: str) -> Q:
    named = {"statement": OuterRef("pk"), f"{column}__isnull": False}
    return Q(Exists(Party.objects.filter(**named).order_by()))


_ABOUT = Statement.about_events.through.objects.filter(statement=OuterRef("pk"))
OFFICIALS = Noun(
    Renamed.OFFICIAL,
    Official.objects.with_tenures().prefetch_related("aliases"),
    "slug",
    public_official,
    ("official",),
    _with_party("official"),
)
COUNTRIES = Noun(
    Renamed.COUNTRY,
    Country.objects.prefetch_related("aliases"),
    "code",
    public_country,
    ("country",),
    _with_party("country"),
)
EVENTS = Noun(
    Renamed.EVENT,
    PUBLIC_ROWS["event"],
    "slug",
    public_event,
    ("event", "about_event"),
    Q(event__isnull=False) | Q(Exists(_ABOUT)),
)


@require_safe
def list_json(request: HttpRequest, noun: Noun) -> HttpResponse:
    """A page of all rows of a kind, in the order of their slugs or codes."""
    rows = noun.rows.all()
    try:
        page = noun.order.page(rows, cursor=request.GET.get("cursor"), n_rows=N_ROWS)
    except BadCursor:
        return invalid({"cursor": [_("This page address is damaged: start from the first page.")]})
    absolute = site_of(request)
    following = f"{request.path}?cursor={page.next_cursor}" if page.next_cursor else None
    return json_answer(
        {
            "count": rows.count(),
            "count_is_exact": True,
            "results": [noun.told(row, absolute) for row in page.rows],
            "next": absolute(following) if following else None,
        }
    )


@require_safe
@answers_json
def one_json(request: HttpRequest, noun: Noun, slug: str) -> HttpResponse:
    """One row; a slug or code that was given up leads on."""
    row = _named(noun, slug)
    if row is None:
        return _moved(request, noun, slug, "json")
    return json_answer(noun.told(row, site_of(request)))


@require_safe
def list_atom(request: HttpRequest, noun: Noun) -> HttpResponse:
    """The feed of all statements that have to do with a row of this kind."""
    search = ScopedSearch(added_first(request.GET), noun.all_statements)
    title = {
        Renamed.OFFICIAL: _("Statements of officials"),
        Renamed.COUNTRY: _("Statements of countries"),
    }.get(noun.kind, _("Statements about events, and made in them"))
    return feed(request, search, Page(title, reverse(noun.section)))


@require_safe
@answers_json
def one_atom(request: HttpRequest, noun: Noun, slug: str) -> HttpResponse:
    """The feed of the statements of one row."""
    row = _named(noun, slug)
    if row is None:
        return _moved(request, noun, slug, "atom")
    search = ScopedSearch(added_first(request.GET), noun.statements_of(row))
    return feed(request, search, Page(str(row), row.get_absolute_url()))


def _named(noun: Noun, slug: str) -> Any:
    return noun.rows.filter(**{noun.key: slug}).order_by().first()


def _moved(request: HttpRequest, noun: Noun, slug: str, suffix: str) -> HttpResponse:
    successor = Redirect.objects.successor(noun.kind, slug.lower())
    if successor == slug or _named(noun, successor) is None:
        raise Http404
    return led_on(request, reverse(f"{noun.kind}-{suffix}", args=[successor]))
