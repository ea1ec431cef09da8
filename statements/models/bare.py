"""Tables that give up indexes and foreign keys while much is written, and get them back after.

A foreign key or an index made at once over all rows costs a fraction of what it costs row by row.
All of it is part of the caller's transaction: whatever ends that leaves the tables as they were.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

# More helps the index on words alone; a machine of 2 GB has to bear it.
MEMORY_TO_INDEX = "512MB"

# What makes no promise and is of all rows, or, of `everything`, all that is no primary key. Those
# that begin with a statement are how its parts are found as it is written.
INDEXES = """
SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index i
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
WHERE i.indrelid = ANY(%(tables)s::regclass[]) AND c.oid IS NULL
AND (%(everything)s
    OR NOT i.indisunique AND i.indpred IS NULL AND a.attname IS DISTINCT FROM 'statement_id')
ORDER BY i.indexrelid
"""
# Users are no part of the archive: whoever logs in must not wait for it.
CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
FROM pg_constraint
WHERE conrelid = ANY(%(tables)s::regclass[]) AND (
    contype = 'f' AND (%(everything)s OR confrelid <> 'auth_user'::regclass)
    OR contype = 'u' AND %(everything)s
)
ORDER BY contype = 'f', oid
"""
# A table with checks that wait is not altered. The revision of the archive, which waits too and is
# another kind of constraint, moves at the end as ever.
FOREIGN_KEYS = """
SELECT string_agg(quote_ident(conname), ', ') FROM pg_constraint
WHERE contype = 'f' AND condeferrable AND connamespace = current_schema()::regnamespace
"""
REFERRED_TO = """
SELECT string_agg(DISTINCT confrelid::regclass::text, ', ') FROM pg_constraint
WHERE conrelid = ANY(%(tables)s::regclass[]) AND contype = 'f'
AND confrelid <> 'auth_user'::regclass
"""

Progress = Callable[[str, int], None]


def lock(cursor: CursorWrapper, tables: Sequence[str]) -> None:
    """Locks tables, and those that they refer to, against readers too."""
    cursor.execute(REFERRED_TO, {"tables": list(tables)})
    [referred] = cursor.fetchone()
    named = ", ".join(tables)
    cursor.execute(f"LOCK TABLE {named}, {referred} IN ACCESS EXCLUSIVE MODE")


def set_aside(cursor: CursorWrapper, tables: Sequence[str], *, everything: bool) -> list[str]:
    """Drops indexes and foreign keys, and returns the SQL that brings them back.

    Unless `everything` goes, what is unique stays so from row to row.
    """
    _check_what_waits(cursor)
    told: dict[str, Any] = {"tables": list(tables), "everything": everything}
    cursor.execute(CONSTRAINTS, told)
    constraints = cursor.fetchall()
    cursor.execute(INDEXES, told)
    indexes = cursor.fetchall()
    # The references to a table's keys go first, the keys come back first.
    for drop, _add in [*reversed(constraints), *indexes]:
        cursor.execute(drop)
    return [add for _drop, add in [*indexes, *constraints]]


def put_back(cursor: CursorWrapper, additions: Sequence[str], progress: Progress) -> None:
    """Makes again, over all rows, what was set aside."""
    _check_what_waits(cursor)
    cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY_TO_INDEX}'")
    for n_done, add in enumerate(additions):
        progress("indexes", n_done)
        cursor.execute(add)


def _check_what_waits(cursor: CursorWrapper) -> None:
    """Checks the foreign keys of what was written so far; later rows wait for the end as ever."""
    cursor.execute(FOREIGN_KEYS)
    [names] = cursor.fetchone()
    cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
    cursor.execute(f"SET CONSTRAINTS {names} DEFERRED")
