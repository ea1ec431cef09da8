"""The number that every change of what is public moves; see the migration of search tokens."""

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Revision:
    """Which state of the archive this is; `names` moves only when a name or a post does."""

    number: int
    names: int


def current_revision() -> Revision:
    """Reads the revision: one tiny query, from the database that the rows will come from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, names FROM statements_revision")
        return Revision(*cursor.fetchone())
