"""Officials and countries for programs."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.interchange.public import Absolute, public_country, public_official
from statements.models import Country, Official, Redirect
from statements.search.paging import BadCursor, Key, Order, read_id, read_text

from .answers import answers_json, json_answer, refusal

N_ROWS = 50
OFFICIALS = Official.objects.with_tenures().prefetch_related("aliases")
COUNTRIES = Country.objects.prefetch_related("aliases")
BY_SLUG = Order("slug", (Key("slug", read_text), Key("pk", read_id)))
BY_CODE = Order("code", (Key("code", read_text), Key("pk", read_id)))

Told = Callable[[Any, Absolute], dict[str, Any]]


@require_safe
def official_list_json(request: HttpRequest) -> HttpResponse:
    return _page(request, OFFICIALS.all(), BY_SLUG, public_official)


@require_safe
def country_list_json(request: HttpRequest) -> HttpResponse:
    return _page(request, COUNTRIES.all(), BY_CODE, public_country)


def _page(request: HttpRequest, rows: QuerySet[Any], order: Order, told: Told) -> HttpResponse:
    try:
        page = order.page(rows, cursor=request.GET.get("cursor"), n_rows=N_ROWS)
    except BadCursor:
        fields = {"cursor": [_("This page address is damaged: start from the first page.")]}
        return refusal(400, "invalid_parameters", _("Some parameters mean nothing."), fields)
    absolute = request.build_absolute_uri
    following = f"{request.path}?cursor={page.next_cursor}" if page.next_cursor else None
    return json_answer(
        {
            "count": rows.count(),
            "count_is_exact": True,
            "results": [told(row, absolute) for row in page.rows],
            "next": absolute(following) if following else None,
        }
    )


@require_safe
@answers_json
def official_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One official; a slug that was given up leads on."""
    official = OFFICIALS.filter(slug=slug).first()
    if official is None:
        return _moved("official", slug)
    return json_answer(public_official(official, request.build_absolute_uri))


@require_safe
@answers_json
def country_json(request: HttpRequest, code: str) -> HttpResponse:
    """One country, present or former."""
    country = COUNTRIES.filter(code=code).first()
    if country is None:
        return _moved("country", code)
    return json_answer(public_country(country, request.build_absolute_uri))


def _moved(kind: str, slug: str) -> HttpResponse:
    successor = Redirect.objects.successor(kind, slug.lower())
    if successor == slug or not _exists(kind, successor):
        raise Http404
    return HttpResponsePermanentRedirect(reverse(f"{kind}-json", args=[successor]))


def _exists(kind: str, slug: str) -> bool:
    rows = {
        "official": Official.objects.filter(slug=slug),
        "country": Country.objects.filter(code=slug),
    }
    return rows[kind].exists()
