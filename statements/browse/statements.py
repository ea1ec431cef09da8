"""The list of statements, and one of them."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from statements.attribution import reported_in
from statements.curation import corrections
from statements.models import Statement
from statements.models.permalinks import in_format
from statements.search.pairs import pairs_of
from statements.search.results import StatementSearch
from statements.vocabulary import Status

from .calendar import calendar_of_list
from .citing import citing
from .embed import embed_code, oembed_url
from .finding import STARTS_ANEW, faults, kept_parameters
from .inferences import inferences
from .linked_data import graph, statement_nodes
from .links import answers
from .meant import meant
from .reports import n_sources, reports_of
from .taking import feed_url, suffixed, take_away
from .variants import printed, repeated
from .world import map_of_list


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """Lists the statements that the parameters ask for."""
    search = StatementSearch(request.GET)
    rows = search.rows  # before its messages and errors, which looking for rows may add to
    return render(
        request,
        "browse/statement_list.html",
        {
            "search": search,
            "rows": rows,
            "snippets": search.snippets,
            "found_names": search.names_found,
            "meant": [] if rows or not search.is_valid else meant(search),
            "kept": kept_parameters(request.GET),
            "calendar_url": calendar_of_list(search),
            "map_url": map_of_list(search),
            "elsewhere": faults(search),
            "json_url": suffixed(request.GET, "json"),
            "atom_url": feed_url(request.GET),
            "take_away": take_away(request.GET),
            "follow_url": f"{reverse('follow')}{search.address(sort=None, limit=None)}".rstrip("?"),
            "canonical": canonical(request, search),
        },
    )


def canonical(request: HttpRequest, search: StatementSearch) -> str:
    """The one address of a search: what it understands, in one order, and nothing besides."""
    known = (*search.form.fields, *STARTS_ANEW)
    asked = sorted(
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name in known and value
    )
    address = request.build_absolute_uri(request.path)
    return f"{address}?{urlencode(asked)}" if asked else address


@require_safe
def statement(request: HttpRequest, key: str) -> HttpResponse:
    """Shows one statement; a withdrawn one leaves word why.

    The desk marks a request of its own as a preview, which shows any statement.
    """
    is_preview = getattr(request, "is_preview", False)
    found = _found(Statement.objects.with_links(), key, is_preview=is_preview)
    if found.status == Status.WITHDRAWN and not is_preview:
        return _withdrawn(request, found)
    reports = reports_of(found)
    outward, inward = answers(found)
    permalink = request.build_absolute_uri(found.get_absolute_url())
    return render(
        request,
        "browse/statement.html",
        {
            "statement": found,
            "reports": reports,
            "corroboration": reported_in(*n_sources(reports)),
            "inferences": inferences(found),
            "outward": outward,
            "inward": inward,
            "between": pairs_of(found),
            "printed": printed(reports),
            "repeated": repeated(found, [*outward, *inward]),
            "permalink": permalink,
            "citing": citing(request, found),
            "picture_url": _picture_url(request, found),
            "described": described(found, request.build_absolute_uri),
            "embed_code": embed_code(found, permalink),
            "oembed_url": oembed_url(request, permalink),
            "json_url": in_format(found.get_absolute_url(), "json"),
            "corrections": corrections(found),
        },
    )


def _picture_url(request: HttpRequest, statement: Statement) -> str:
    if not statement.is_published:
        return ""
    return request.build_absolute_uri(reverse("statement-preview", args=[statement.key]))


def described(statement: Statement, absolute: Callable[[str], str]) -> dict[str, Any]:
    """What programs are told of a published statement; of a preview nothing."""
    return graph(*statement_nodes(statement, absolute)) if statement.is_published else {}


@require_safe
def statement_history(request: HttpRequest, key: str) -> HttpResponse:
    """Shows what readers saw change in a statement since it was published."""
    found = _found(Statement.objects.with_parties(), key)
    if found.status == Status.WITHDRAWN:
        return _withdrawn(request, found)
    context = {"statement": found, "corrections": corrections(found)}
    return render(request, "browse/statement_history.html", context)


def _found(rows: QuerySet[Statement], key: str, *, is_preview: bool = False) -> Statement:
    """The statement of a key, as far as the public may know of it."""
    found = rows.filter(key=key).order_by().first()
    if found is None or not (is_preview or found.status in (Status.PUBLISHED, Status.WITHDRAWN)):
        raise Http404
    return found


def _withdrawn(request: HttpRequest, found: Statement) -> HttpResponse:
    return render(request, "browse/withdrawn.html", {"statement": found}, status=410)
