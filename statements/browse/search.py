"""One box that finds statements and everything that has a name."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from statements.search.names import Named, find_names
from statements.search.query import parse
from statements.search.results import StatementSearch

from .meant import Meant, told_of

N_CHARACTERS = 500
N_STATEMENTS = 5
N_NAMES = 24
N_SUGGESTIONS = 8
N_MEANT = 3


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Shows the names that match and the first statements found."""
    q = request.GET.get("q", "").strip()
    found = _found(q) if q and len(q) <= N_CHARACTERS else {}
    return render(
        request,
        "browse/search.html",
        {"q": q[:N_CHARACTERS], "is_too_long": len(q) > N_CHARACTERS, **found},
    )


def _found(q: str) -> dict[str, Any]:
    parameters = QueryDict(mutable=True)
    parameters["q"] = q
    found = StatementSearch(parameters, n_rows=N_STATEMENTS)
    first = found.rows
    names = find_names(_words(q), N_NAMES)
    return {
        "found": found,
        "first": first,
        "snippets": found.snippets,
        "found_names": found.names_found,
        "names": names,
        "meant": [told_of(named) for named in names if named.is_near][:N_MEANT]
        if not first
        else [],
        "all_url": f"{reverse('statements')}?{urlencode({'q': q})}",
    }


def _meant(names: list[Named]) -> list[Meant]:
    return [told_of(named) for named in names if named.is_near][:N_MEANT]


def _words(q: str) -> str:
    """The words that are asked for, without operators, marks and what must not be there."""
    return " ".join(term.text for term in parse(q).terms if not term.is_negated)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Offers names for the box, as JSON."""
    q = request.GET.get("q", "").strip()[:N_CHARACTERS]
    names = find_names(q, N_SUGGESTIONS) if q else []
    return JsonResponse({"suggestions": [_suggestion(named) for named in names]})


@require_safe
def completions(request: HttpRequest) -> HttpResponse:
    """Offers names for a browser's own box: what was typed, names, what each is, and its page.

    https://github.com/dewitt/opensearch, the extension for suggestions.
    """
    q = request.GET.get("q", "").strip()[:N_CHARACTERS]
    names = find_names(q, N_SUGGESTIONS) if q else []
    told = [
        q,
        [named.name for named in names],
        [named.detail for named in names],
        [request.build_absolute_uri(named.url) for named in names],
    ]
    return JsonResponse(told, safe=False, content_type="application/x-suggestions+json")


def _suggestion(named: Named) -> dict[str, str]:
    return {
        "kind": str(named.kind),
        "name": named.name,
        "detail": named.detail,
        "url": named.url,
    }
