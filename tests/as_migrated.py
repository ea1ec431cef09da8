"""What the migrations bring, kept aside and put back for the tests that commit.

Such a test sweeps every table when it ends. The next one finds all rows as the migrations left
them, with the same numbers; only the archive's revision goes on, since what is kept in memory is
kept by revision.
"""

import time

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

KEPT = "as_migrated"


def keep():
    """Copies every table that holds rows, once, while nothing has been committed."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in _tables():
            cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')


def put_back():
    tables = _tables()
    with connection.cursor() as cursor:
        _switch_triggers(cursor, tables, "DISABLE")
        with transaction.atomic():
            cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in tables))
            for table in tables:
                columns = ", ".join(f'"{column}"' for column in _columns(cursor, table))
                cursor.execute(
                    f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE'
                    f' SELECT {columns} FROM {KEPT}."{table}"'
                )
            now = time.time_ns() // 1000
            cursor.execute("UPDATE statements_revision SET number = %s, names = %s", [now, now])
        _switch_triggers(cursor, tables, "ENABLE")
    ContentType.objects.clear_cache()


def _switch_triggers(cursor, tables, state):
    for table in tables:
        cursor.execute(f'ALTER TABLE "{table}" {state} TRIGGER USER')


def _tables():
    return [
        table
        for table in connection.introspection.table_names()
        if table not in {"django_migrations"}
    ]


def _columns(cursor, table):
    cursor.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]
