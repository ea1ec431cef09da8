"""Pages of the lists of actors, sources, events and of statements beside them."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from statements.models.fields import day_text
from statements.search import paging
from statements.search.paging import BadCursor, Key, Order, read_id, read_text

N_ROWS = 50

Row = TypeVar("Row", bound=Model)


def by_name(*names: str) -> Order:
    """An order of names, the last of which is unique: `sort_name`, `name`, `slug`."""
    return Order(names[0], tuple(Key(name, read_text) for name in names))


# Rows annotated with dated(); the undated come last.
LATEST = Order("latest", (Key("day", read_text, True), Key("id", read_id, True)))


def dated(rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Adds `day`, the text of a PartialDateField, which sorts as time does."""
    annotated: QuerySet[Any] = rows.annotate(day=day_text(column))
    return annotated


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
