"""Tables that are filled beneath their triggers, and without their indexes where that is faster."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from statements.models.bare import Progress, put_back, set_aside

TABLES = ("statement", "party", "citation", "statement_topics", "article")
SHARE_WORTH_REBUILDING = 0.2  # of rows there, as many new ones make it cheaper to index anew

N_ROWS = "SELECT coalesce(sum(greatest(reltuples, 0)), 0) FROM pg_class WHERE oid = %s::regclass"


@contextmanager
def bare_tables(*, n_new: int, progress: Progress) -> Iterator[None]:
    """Takes triggers down and up again, and with them foreign keys and all indexes but the primary
    keys when `n_new` statements are many beside those that are there.

    Everything happens within the caller's transaction, which holds the tables locked meanwhile.
    """
    tables = [f"statements_{table}" for table in TABLES]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(N_ROWS, ["statements_statement"])
        is_rebuilt = n_new > SHARE_WORTH_REBUILDING * cursor.fetchone()[0]
        additions = set_aside(cursor, tables, everything=True) if is_rebuilt else []
        yield
        put_back(cursor, additions, progress)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SELECT count_anew()")
        cursor.execute("UPDATE statements_revision SET number = number + 1, moved_at = now()")
