"""Tables that are filled beneath their triggers, and without their indexes where that is faster."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper

TABLES = ("statement", "party", "citation", "statement_topics", "article")
SHARE_WORTH_REBUILDING = 0.2  # of rows there, as many new ones make it cheaper to index anew
# More helps the index on words alone; a machine of 2 GB has to bear it.
MEMORY_TO_INDEX = "512MB"

N_ROWS = "SELECT coalesce(sum(greatest(reltuples, 0)), 0) FROM pg_class WHERE oid = %s::regclass"
INDEXES = """
SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index i
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
WHERE i.indrelid = ANY(%s::regclass[]) AND c.oid IS NULL
"""
CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f')
ORDER BY contype = 'f'
"""

Progress = Callable[[str, int], None]


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
        additions = _drop(cursor, tables) if is_rebuilt else []
        yield
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY_TO_INDEX}'")
        for n_done, add in enumerate(additions):
            progress("indexes", n_done)
            cursor.execute(add)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SELECT count_anew()")
        cursor.execute("UPDATE statements_revision SET number = number + 1")


def _drop(cursor: CursorWrapper, tables: list[str]) -> list[str]:
    """Drops indexes and constraints; returns the SQL that brings them back."""
    cursor.execute(CONSTRAINTS, [tables])
    constraints = cursor.fetchall()
    cursor.execute(INDEXES, [tables])
    indexes = cursor.fetchall()
    # The references to a table's keys go first, the keys come back first.
    for drop, _add in [*reversed(constraints), *indexes]:
        cursor.execute(drop)
    return [add for _drop, add in [*indexes, *constraints]]
