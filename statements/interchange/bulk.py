"""When an import brings more than the archive held: it gives up indexes until all is written.

Until the end the tables are locked against readers too, so that an archive at work never takes
this way for what is little beside it.
"""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import DeadlockDetected, InsufficientPrivilege, LockNotAvailable

from statements.models.bare import lock, put_back, set_aside

N_WORTH = 10_000  # new statements, before which an index made anew gains nothing
SECONDS_TO_LOCK = 2
# Others are at work, or the tables belong to another role: the import goes on in the usual way.
GIVES_WAY = (LockNotAvailable, DeadlockDetected, InsufficientPrivilege)
TABLES = [
    f"statements_{table}"
    for table in (
        "article",
        "statement",
        "party",
        "citation",
        "statement_topics",
        "statement_about_events",
        "link",
    )
]
# Whether it holds more than so many statements, at a cost that these bound.
HOLDS_MORE = """
SELECT count(*) > %s FROM (SELECT FROM statements_statement LIMIT %s) AS counted
"""

Progress = Callable[[str, int], None]

logger = logging.getLogger(__name__)


class Bulk:
    """What an import has set aside, and when it does."""

    def __init__(self, progress: Progress, *, is_allowed: bool) -> None:
        self._progress = progress
        self._is_allowed = is_allowed
        self._n_next = N_WORTH
        self._set_aside: list[str] = []

    @property
    def is_on(self) -> bool:
        return bool(self._set_aside)

    def consider(self, n_new: int) -> None:
        """Sets indexes aside once as many statements have come as there were before."""
        if not self._is_allowed or n_new < self._n_next:
            return
        with connection.cursor() as cursor:
            cursor.execute(HOLDS_MORE, [2 * n_new, 2 * n_new + 1])
            if cursor.fetchone()[0]:
                self._n_next = 2 * n_new
                return
            self._is_allowed = False
            try:
                with transaction.atomic():
                    _lock_soon(cursor)
                    self._set_aside = set_aside(cursor, TABLES, everything=False)
            except DatabaseError as error:
                if not isinstance(error.__cause__, GIVES_WAY):
                    raise
                self._set_aside = []
                logger.warning("The import goes on with all indexes in place: %s", error)

    def finish(self) -> None:
        """Puts back what was set aside, over all that was written."""
        if self.is_on:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")
                put_back(cursor, self._set_aside, self._progress)


def _lock_soon(cursor: CursorWrapper) -> None:
    """Locks the tables, or gives up: who waits for a lock makes all others wait behind it."""
    cursor.execute("SHOW lock_timeout")
    [usual] = cursor.fetchone()
    cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS_TO_LOCK}s'")
    lock(cursor, TABLES)
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [usual])
