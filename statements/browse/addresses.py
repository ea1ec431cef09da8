"""Finds what an address names, and leads on from addresses that were given up."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from statements.models import Redirect, Renamed

Row = TypeVar("Row", bound=Model)
Rest = ParamSpec("Rest")


class Moved(Exception):
    """What was asked for stands under another address."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def find(rows: QuerySet[Row], kind: Renamed, slug: str) -> Row:
    """Finds the row that a slug or a country's code names.

    Raises Moved where it was renamed or merged, or where a code is not in lower case;
    Http404 where there is none.
    """
    row = _named(rows, kind, slug)
    if row is not None:
        return row
    for other in (slug.lower(), Redirect.objects.successor(kind, slug)):
        row = _named(rows, kind, other) if other != slug else None
        if row is not None:
            raise Moved(_address(row))
    raise Http404


def follows_moves(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Makes a view answer Moved with a permanent redirect that keeps the query string."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{moved.url}?{query}" if query else moved.url)

    return answer


def _named(rows: QuerySet[Row], kind: Renamed, slug: str) -> Row | None:
    column = "code" if kind == Renamed.COUNTRY else "slug"
    return rows.filter(**{column: slug}).order_by().first()


def _address(row: Any) -> str:
    return str(row.get_absolute_url())
