"""Rows -> database by COPY, under its triggers and constraints like any other writing."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.db import IntegrityError, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils import timezone

from . import deriving
from .checking import check_citations
from .parties import fetch_actors
from .references import References
from .rows import KINDS, Kind, Table, Values

# A COPY that is refused says at which of its lines.
_LINE = re.compile(r"^COPY \w+, line (\d+)", re.MULTILINE)


class RefusedRow(Exception):
    """The database refuses a row; `number` counts the objects that were to be written, from 0."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number = number


def create(kind: str, records: Sequence[Any], references: References) -> None:
    """Writes objects that are not there yet, their parts before them.

    What is derived for a statement as it is written, account, basis and search tokens, then finds
    its parts there, and no statement is written twice; for many, one query derives. Foreign keys
    are checked at the end of the transaction. Raises RefusedRow, after which the transaction can
    only be rolled back.
    """
    now = timezone.now()
    handler = KINDS[kind]
    if kind == "statement":
        check_citations(records, references, now)
    owners = list(zip(next_ids(handler.model, len(records)), records, strict=True))
    rows = (
        (number, [owner, *handler.values(record, references, now)])
        for number, (owner, record) in enumerate(owners)
    )
    if kind != "statement":
        write_parts(handler, owners, references)
        copy_rows(handler.table, rows)
        return
    with connection.cursor() as cursor:
        deriving.announce(cursor)
        write_parts(handler, owners, references)
        if len(records) < deriving.N_WORTH:
            copy_rows(handler.table, rows)
        else:
            _derive_at_once(cursor, rows, records)
        deriving.conclude(cursor)


def _derive_at_once(
    cursor: CursorWrapper, rows: Iterable[tuple[int, Values]], records: Sequence[Any]
) -> None:
    deriving.prepare(cursor)
    copy_rows(deriving.INCOMING_TABLE, rows)
    try:
        deriving.take_in(cursor)
    except IntegrityError as error:
        # Somebody else has written a statement of that key meanwhile.
        reason = str(error)
        for number, record in enumerate(records):
            if f"=({record.key})" in reason:
                raise RefusedRow(number, first_line(error)) from error
        raise


def write_parts(handler: Kind, owners: Sequence[tuple[int, Any]], references: References) -> None:
    if any(part.field == "parties" for part in handler.parts):
        fetch_actors((record for _, record in owners), references)
    for part in handler.parts:
        copy_rows(
            part,
            (
                (number, values)
                for number, (owner, record) in enumerate(owners)
                for values in part.values(record, owner, references)
            ),
        )


def copy_rows(table: Table, rows: Iterable[tuple[int, Values]]) -> None:
    """Copies rows, each told with the number of the object that it belongs to."""
    numbers: list[int] = []
    columns = ", ".join(table.columns)
    with connection.cursor() as cursor:
        try:
            with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for number, values in rows:
                    numbers.append(number)
                    copy.write_row(values)
        except psycopg.Error as error:
            line = _LINE.search(error.diag.context or "")
            if line is None:
                raise
            raise RefusedRow(numbers[int(line[1]) - 1], first_line(error)) from error


def first_line(error: Exception) -> str:
    """What the database says, without the SQL that it says it of."""
    return str(error).strip().splitlines()[0]


def next_ids(model: type[Model], n: int) -> list[int]:
    """Takes `n` numbers from the sequence of the model's primary key."""
    with connection.cursor() as cursor:
        # The sequence is looked up once, and not for each number.
        cursor.execute(
            "WITH sequence AS MATERIALIZED"
            " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name)"
            " SELECT nextval(name) FROM sequence, generate_series(1, %s)",
            [model._meta.db_table, n],
        )
        return [number for (number,) in cursor.fetchall()]
