"""Pages of the lists of actors, sources, events and of statements beside them."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from statements.search import paging
from statements.search.paging import BadCursor, Order

N_ROWS = 50

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the query strings that lead to those beside them."""

    rows: list[Row]
    next_url: str | None
    previous_url: str | None


def page_of(
    rows: QuerySet[Row], parameters: QueryDict, order: Order, n_rows: int = N_ROWS
) -> Page[Row]:
    """Takes the page that `cursor` asks for; one that was not made here leads to the first."""
    try:
        page = order.page(rows, cursor=parameters.get("cursor") or None, n_rows=n_rows)
    except BadCursor:
        page = order.page(rows, cursor=None, n_rows=n_rows)
    return with_urls(page, parameters)


def with_urls(page: paging.Page, parameters: QueryDict) -> Page[Any]:
    """A page with the addresses of those beside it in place of their cursors."""
    return Page(
        rows=page.rows,
        next_url=_url(parameters, page.next_cursor),
        previous_url=_url(parameters, page.previous_cursor),
    )


def _url(parameters: QueryDict, cursor: str | None) -> str | None:
    """The present address, at another place: `?country=pk&cursor=...`."""
    if cursor is None:
        return None
    query = parameters.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"
