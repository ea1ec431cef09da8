"""What PostgreSQL's own statistics say of the statements: they steer a search, no more."""

import json
import time
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

SECONDS_KEPT = 300

SPREAD = """
SELECT (
    SELECT array_agg(day ORDER BY day) FROM (
        SELECT unnest(histogram_bounds::text::date[]) AS day FROM pg_stats
        WHERE schemaname = current_schema() AND tablename = 'statements_statement'
        AND attname = 'sort_on'
    ) AS bounds
)
"""

_known: dict[str, tuple[float, list[date]]] = {}


def n_expected(rows: QuerySet[Any]) -> float:
    """How many rows PostgreSQL expects to match."""
    sql, values = rows.order_by().values("id").query.sql_with_params()
    [(plan,)] = fetch(f"EXPLAIN (FORMAT JSON) {sql}", values)
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return float(plan[0]["Plan"]["Plan Rows"])


def spread_of_days() -> list[date]:
    """Days that part all statements into a hundred of about the same number, oldest first.

    Asked again every few minutes.
    """
    known = _known.get(connection.alias)
    if known is None or known[0] < time.monotonic():
        [(value,)] = fetch(SPREAD, [])
        _known[connection.alias] = known = (time.monotonic() + SECONDS_KEPT, value or [])
    return known[1]


def fetch(sql: str, values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
