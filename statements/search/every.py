"""Every row of a search in the order of its pages, for those who take all of it away."""

import gc
from collections.abc import Iterator
from itertools import chain, islice

from django.db.models import QuerySet

from statements.models import Statement
from statements.models.whole import whole

from .by_day import loaded
from .results import StatementSearch

N_IDS_AT_ONCE = 2_000
N_FIRST = 50  # so that the first of them leave soon
N_ROWS_AT_ONCE = 500
GENERATION = 1  # of what may be garbage: a batch is too young to be older


def batches(search: StatementSearch) -> Iterator[list[Statement]]:
    """Yields all that the search finds, whole, some at a time.

    Ids come from server-side cursors, which need a transaction around them; one that reads one
    state of the archive, if rows are to be those of the ids. Memory is constant, where a batch is
    let go before the next is asked for.
    """
    pks = chain.from_iterable(
        rows.values_list("pk", flat=True).iterator(chunk_size=N_IDS_AT_ONCE)
        for rows in in_order(search)
    )
    n_rows = N_FIRST
    while batch := list(islice(pks, n_rows)):
        yield loaded(batch, whole)
        # Statements and their parties name each other: what was told goes now, not some day.
        gc.collect(GENERATION)
        n_rows = N_ROWS_AT_ONCE


def in_order(search: StatementSearch) -> list[QuerySet[Statement]]:
    """The rows of a search in its order, in as many parts as indexes can follow."""
    rows = search.matching()
    if search.sort == "newest":
        return [rows.order_by("-sort_on", "-pk")]
    if search.sort == "oldest":
        return [
            rows.filter(said_on__isnull=is_undated).order_by("sort_on", "pk")
            for is_undated in (False, True)
        ]
    if search.sort == "relevance":
        # The newest are ranked, as the pages have them; all others follow.
        older = rows.exclude(search.tallies.newest()) if search.tallies.last else rows.none()
        return [search.best_first(), older.order_by("-sort_on", "-pk")]
    column = {"added": "published_at", "updated": "updated_at"}[search.sort]
    return [rows.order_by(f"-{column}", "-pk")]


def n_up_to(search: StatementSearch, limit: int) -> int:
    """How many rows the search finds, counted no farther than one over a limit."""
    if search.count.is_exact:
        return search.count.n
    return search.matching().order_by()[: limit + 1].count()
