"""Lists of statements in order of day, a page at a time, of which only the page is loaded."""

from collections.abc import Callable, Iterable

from statements.models import Statement
from statements.models.listing import listed
from statements.models.statements import StatementQuerySet

from .matches import Matches
from .paging import Key, Order, Page, read_day, read_id, read_truth

NEWEST = Order(
    "newest",
    (
        Key("sort_on", read_day, is_descending=True),
        Key("pk", read_id, is_descending=True),
    ),
)
OLDEST = Order(
    "oldest", (Key("is_undated", read_truth), Key("sort_on", read_day), Key("pk", read_id))
)

Load = Callable[[StatementQuerySet], Iterable[Statement]]


def page_by_day(
    matches: Matches,
    order: Order = NEWEST,
    *,
    cursor: str | None,
    n_rows: int,
    load: Load = listed,
    first: list[int] | None = None,
) -> Page:
    """One page of what matches; `first` are the newest matches where they are known already.

    Raises BadCursor. Costs a query or a few for the ids, and those of `load`.
    """
    is_back, place = order.read(cursor) if cursor else (False, None)
    at = tuple(place) if place else None
    if at is None and order is NEWEST and first is not None:
        pks = first[: n_rows + 1]
    elif order is OLDEST:
        pks = matches.oldest_first(n_rows + 1, at, is_back=is_back)
    else:
        pks = matches.walk(n_rows + 1, at, is_forward=is_back)
    return order.page_of(loaded(pks, load), n_rows=n_rows, is_back=is_back, is_first=at is None)


def loaded(pks: list[int], load: Load = listed) -> list[Statement]:
    """The statements of these ids, in their order."""
    rows = {row.pk: row for row in load(Statement.objects.filter(pk__in=pks))}
    return [rows[pk] for pk in pks if pk in rows]
