"""Every public address for crawlers, in files that each hold a stretch of one kind of rows."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from statements.models import (
    Article,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Statement,
    Topic,
)

# A file holds the rows whose numbers lie in one stretch, so that any file costs one look at an
# index, however large the archive is. The protocol allows 50,000 addresses in a file.
N_IN_PART = 10_000

KINDS: dict[str, Callable[[], QuerySet[Any]]] = {
    "statements": lambda: Statement.objects.published().only("key", "updated_at"),
    "officials": lambda: Official.objects.only("slug"),
    "countries": lambda: Country.objects.only("code"),
    "organizations": lambda: Organization.objects.only("slug"),
    "posts": lambda: Post.objects.only("slug"),
    "outlets": lambda: Outlet.objects.only("slug"),
    "articles": lambda: Article.objects.only("slug"),
    "events": lambda: Event.objects.only("slug"),
    "topics": lambda: Topic.objects.only("slug"),
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Lists the files, as many of each kind as its highest number asks for."""
    addresses = [request.build_absolute_uri(url) for kind in KINDS for url in _parts(kind)]
    return _xml(request, "browse/sitemap_index.xml", {"addresses": addresses})


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Lists the rows of one stretch; the first is number 1."""
    if kind not in KINDS or not 1 <= number <= _n_parts(kind):
        raise Http404
    first = (number - 1) * N_IN_PART
    rows = KINDS[kind]().filter(pk__gt=first, pk__lte=first + N_IN_PART).order_by("pk")
    places = [
        (request.build_absolute_uri(row.get_absolute_url()), getattr(row, "updated_at", None))
        for row in rows
    ]
    return _xml(request, "browse/sitemap_part.xml", {"places": places})


def _parts(kind: str) -> Iterator[str]:
    for number in range(1, _n_parts(kind) + 1):
        yield reverse("sitemap-part", args=[kind, number])


def _n_parts(kind: str) -> int:
    highest = KINDS[kind]().model._default_manager.aggregate(highest=Max("pk"))["highest"]
    return -(-(highest or 0) // N_IN_PART)


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")
