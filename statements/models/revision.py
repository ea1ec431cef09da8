"""The number that every change of what is public moves; see the migration of search tokens."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Revision:
    """Which state of the archive this is; `names` moves only when a name or a post does.

    `era` changes when the database is another one, or the server has started anew: a restored
    archive counts on from an older number, and may come to the same one by another way.
    `moved_at` is when the number last moved.
    """

    number: int
    names: int
    era: str = ""
    moved_at: datetime | None = None


REVISION = """
SELECT number, names, tableoid::text || ' ' || extract(epoch FROM pg_postmaster_start_time())::text,
    moved_at
FROM statements_revision
"""


def current_revision() -> Revision:
    """Reads the revision: one tiny query, from the database that the rows will come from."""
    with connection.cursor() as cursor:
        cursor.execute(REVISION)
        return Revision(*cursor.fetchone())
