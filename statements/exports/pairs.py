"""What two countries, or two officials, said to each other, for programs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from statements.interchange.public import Absolute
from statements.models import Renamed, Statement
from statements.search.each_way import EachWay, each_way, stretches
from statements.search.pairs import KEYS, ROUTES, Pair, PairRecords, Way, find_pair
from statements.tone import LICENCE, SCALE, SCALE_ENDS, SCALE_URL

from .answers import answers_json, invalid, json_answer, led_on, site_of
from .feeds import Page, added_first, feed
from .statements import listed


@require_safe
@answers_json
def pair_json(request: HttpRequest, kind: Renamed, one: str, other: str) -> HttpResponse:
    """The pair, how much passed each way, and the statements as the list of statements tells them.

    The counts, the first and the last contact are of what the parameters ask for.
    """
    pair = _pair(kind, one, other)
    if pair.keys != (one, other):
        return _moved(request, pair, "json")
    search = PairRecords(request.GET, pair)
    if not search.is_valid:
        return invalid(search.errors)
    absolute = site_of(request)
    return json_answer(
        {"pair": _told(pair, absolute), **_counts(search), **listed(request, search, absolute)}
    )


@require_safe
@answers_json
def pair_atom(request: HttpRequest, kind: Renamed, one: str, other: str) -> HttpResponse:
    pair = _pair(kind, one, other)
    if pair.keys != (one, other):
        return _moved(request, pair, "atom")
    search = PairRecords(added_first(request.GET), pair)
    return feed(request, search, Page(search.title, pair.get_absolute_url()))


def _pair(kind: Renamed, one: str, other: str) -> Pair:
    pair = find_pair(kind, one, other)
    if pair is None or pair.is_one:
        raise Http404
    return pair


def _moved(request: HttpRequest, pair: Pair, suffix: str) -> HttpResponse:
    return led_on(request, reverse(f"{ROUTES[pair.kind]}-{suffix}", args=pair.keys))


def _told(pair: Pair, absolute: Absolute) -> dict[str, Any]:
    """Which two they are, and where their page is."""
    sides = {
        name: {
            KEYS[pair.kind]: key,
            "name": row.name,
            "url": absolute(row.get_absolute_url()),
        }
        for name, key, row in zip(("one", "other"), pair.keys, (pair.one, pair.other), strict=True)
    }
    return {"kind": pair.kind.value, "url": absolute(pair.get_absolute_url()), **sides}


def _counts(search: PairRecords) -> dict[str, Any]:
    """How much passed each way: what each said to the other counts both ways."""
    told = each_way(search)
    ends = Statement.objects.in_bulk({pk for pk in (told.first, told.last) if pk})
    return {
        "counts": {
            "one_to_other": told.total(Way.FORTH),
            "other_to_one": told.total(Way.BACK),
            "each_to_the_other": told.n_both,
            "are_exact": not told.is_partial,
        },
        "first_contact": _contact(ends.get(told.first or 0)),
        "last_contact": _contact(ends.get(told.last or 0)),
        "tone": _tone(search, told) if search.is_toned else None,
    }


def _tone(search: PairRecords, told: EachWay) -> dict[str, Any]:
    """The mean scores of the acts each way by month or year, and whose scores they are."""
    return {
        "scale": SCALE,
        "scale_url": SCALE_URL,
        "licence": LICENCE,
        "rates": "acts",
        **dict(zip(("least", "most"), SCALE_ENDS, strict=True)),
        "periods": [
            {
                "period": stretch.label,
                "one_to_other": _mean(stretch.forth, stretch.n_rated_forth),
                "other_to_one": _mean(stretch.back, stretch.n_rated_back),
            }
            for stretch in stretches(search, told)
        ],
    }


def _mean(score: float | None, n_rated: int) -> dict[str, Any] | None:
    return None if score is None else {"score": round(score, 2), "n_rated_acts": n_rated}


def _contact(statement: Statement | None) -> dict[str, Any] | None:
    if statement is None:
        return None
    return {
        "statement": statement.key,
        "said_on": str(statement.said_on),
        "said_on_qualifier": statement.said_on_qualifier,
        "said_on_until": str(statement.said_on_until) if statement.said_on_until else None,
    }
