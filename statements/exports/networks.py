"""Who addresses whom, for programs: the nodes and edges that the page of the network draws from."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from statements.formats.writers import csv
from statements.formats.writers.tie_table import TIES
from statements.networks import NetworkSearch

from .answers import invalid, json_answer, site_of
from .formats import CSV


@require_safe
def network_json(request: HttpRequest) -> HttpResponse:
    """The busiest pairs, many more than can be drawn, with all who are in them."""
    search = NetworkSearch(request.GET)
    if not search.is_valid:
        return invalid(search.errors)
    return json_answer(_told(search, site_of(request)))


@require_safe
def network_csv(request: HttpRequest) -> HttpResponse:
    """The same pairs as an edge list."""
    search = NetworkSearch(request.GET)
    if not search.is_valid:
        return invalid(search.errors)
    pieces = csv.pieces(TIES, [[_told(search, site_of(request))]])
    response = HttpResponse(b"".join(pieces), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="network.csv"'
    return response


def _told(search: NetworkSearch, absolute: Callable[[str], str]) -> dict[str, Any]:
    pairs, kind = search.pairs, search.kind
    members = search.members(pk for pair in pairs for pk in (pair.source, pair.target))
    by_pk = {member.pk: member for member in members}
    statements = absolute(reverse("statements"))
    ties = [
        (by_pk[pair.source], by_pk[pair.target], pair.n)
        for pair in pairs
        if pair.source in by_pk and pair.target in by_pk
    ]
    return {
        "who": kind.code,
        "is_of_newest": search.is_partial,
        "nodes": [
            {
                "key": member.key,
                "name": member.name,
                "country": member.country,
                "url": absolute(reverse(kind.page, args=[member.key])),
            }
            for member in members
        ],
        "edges": [
            {
                "source": source.key,
                "source_name": source.name,
                "target": target.key,
                "target_name": target.name,
                "n_statements": n,
                "url": statements + search.tie_url(source, target),
            }
            for source, target, n in ties
        ],
    }
