"""One state of the archive, read for as long as it takes, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
# What pages may take is seconds; whoever takes everything away reads for minutes, and may be slow.
PATIENT = (
    "SELECT set_config('statement_timeout', %(work)s, true),"
    " set_config('idle_in_transaction_session_timeout', %(idle)s, true)"
)


@contextmanager
def snapshot(*, work: str | None = None, idle: str | None = None) -> Iterator[None]:
    """Reads one state of the archive until it is left.

    `work` is how long one query may take, and `idle` how long nothing may be asked, as PostgreSQL
    writes times; without them the limits of the connection stand. Within another transaction its
    state is read.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if is_outermost:
                cursor.execute(ONE_STATE)
            if work and idle:
                cursor.execute(PATIENT, {"work": work, "idle": idle})
        yield
