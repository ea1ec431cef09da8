"""What the migrations bring, kept aside and put back for the tests that commit.

What such a test leaves behind is swept away when it ends, and all rows are as the migrations left
them, with the same numbers; only the archive's revision goes on, since what is kept in memory is
kept by revision.
"""

import time
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

KEPT = "as_migrated"
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
    """Sweeps every table and fills it again, in one statement and without a trigger.

    Rows are deleted, not truncated: a truncation makes every file of every index anew, and waits
    for who still reads.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_script(connection.alias))
        now = time.time_ns() // 1000
        cursor.execute("UPDATE statements_revision SET number = %s, names = %s", [now, now])
    ContentType.objects.clear_cache()


@cache
def _script(alias):
    """The SQL that puts all rows back, as long as this process has one database."""
    tables = _tables()
    with connections[alias].cursor() as cursor:
        cursor.execute(COLUMNS, [tables])
        columns = dict(cursor.fetchall())
    sweep = [f'DELETE FROM "{table}";' for table in tables]
    fill = [
        f'INSERT INTO "{table}" ({columns[table]}) OVERRIDING SYSTEM VALUE'
        f' SELECT {columns[table]} FROM {KEPT}."{table}";'
        for table in tables
    ]
    return "\n".join(sweep + fill)


def _tables():
    return [
        table
        for table in connection.introspection.table_names()
        if table not in {"django_migrations"}
    ]
