"""What the migrations bring, kept aside and put back for the tests that commit.

What such a test leaves behind is swept away when it ends, and all rows are as the migrations left
them, with the same numbers; only the archive's revision goes on, since what is kept in memory is
kept by revision.
"""

import time
from functools import cache
from graphlib import TopologicalSorter

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

KEPT = "as_migrated"
REFERENCES = """
SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND NOT condeferrable AND conrelid <> confrelid
AND connamespace = 'public'::regnamespace
"""
# The columns of each table that can be written.
COLUMNS = """
SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = ANY(%s) AND is_generated = 'NEVER'
GROUP BY table_name
"""


def keep():
    """Copies every table that holds rows, once, while nothing has been committed."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _tables():
            cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')


def put_back():
    """Sweeps every table and fills it again, in one transaction and without a trigger.

    Rows are deleted, which for so few is six times as fast as to truncate.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        now = time.time_ns() // 1000
        cursor.execute(_script(connection.alias))
        cursor.execute("UPDATE statements_revision SET number = %s, names = %s", [now, now])
        cursor.execute(_switching(connection.alias, "ENABLE"))
    ContentType.objects.clear_cache()


@cache
def _script(alias):
    """The SQL that puts all rows back, the same as long as this process has one database."""
    tables = _tables()
    with connections[alias].cursor() as cursor:
        cursor.execute(COLUMNS, [tables])
        columns = dict(cursor.fetchall())
        brought = [table for table in tables if _is_filled(cursor, table)]
    fill = [
        f'INSERT INTO "{table}" ({columns[table]}) OVERRIDING SYSTEM VALUE'
        f' SELECT {columns[table]} FROM {KEPT}."{table}"'
        for table in brought
    ]
    sweep = [f'DELETE FROM "{table}"' for table in reversed(tables)]
    steps = [_switching(alias, "DISABLE"), "SET CONSTRAINTS ALL DEFERRED", *sweep, *fill]
    return ";\n".join([*steps, "SET CONSTRAINTS ALL IMMEDIATE"])


def _is_filled(cursor, table):
    cursor.execute(f'SELECT EXISTS (SELECT FROM {KEPT}."{table}")')
    return cursor.fetchone()[0]


@cache
def _switching(alias, state):
    return ";\n".join(f'ALTER TABLE "{table}" {state} TRIGGER USER' for table in _tables())


@cache
def _tables():
    """All tables; whatever one refers to at once, and not at the end alone, comes before it."""
    names = set(connection.introspection.table_names()) - {"django_migrations"}
    order = TopologicalSorter(dict.fromkeys(sorted(names), ()))
    with connection.cursor() as cursor:
        cursor.execute(REFERENCES)
        for table, referred in cursor.fetchall():
            order.add(table, referred)
    return [name for name in order.static_order() if name in names]
