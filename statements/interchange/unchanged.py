"""Whether the archive holds just what a record tells, seen from the rows alone.

Most of what a second import meets is unchanged. Rows are compared as they are kept, without making
records of them. Where they differ, `compare` says in which fields, or that they do not after all.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from statements.records import CitationRecord, StatementRecord

from .compare import SET_BY_THE_ARCHIVE
from .references import References
from .rows import KINDS, Kind, Part

Rows = dict[int, list[tuple[Any, ...]]]
Numbered = tuple[int, Any]  # the number of a row, and what a record tells of it

# The field that tells a column of another name.
_FIELDS = {
    "event_id": "event",
    "outlet_id": "outlet",
    "based_on_id": "based_on",
    "said_at_offset": "said_at",
}
# Columns that a citation may leave to the archive, which then has set them, and their fields.
_LEFT = {name: name for name in ("prefix", "suffix", "start", "checked_at")}
_LEFT |= {"check_result": "check"}
[_CITATION] = [part for part in KINDS["statement"].parts if part.field == "citations"]
_LINKS = (
    "SELECT link.statement_id, link.kind, target.key FROM statements_link link"
    " JOIN statements_statement target ON target.id = link.target_id"
    " WHERE link.statement_id = ANY(%s) ORDER BY link.position, link.id"
)


def unchanged(kind: str, numbered: Sequence[Numbered], references: References) -> set[int]:
    """The numbers of the rows that surely stay as they are; a query a table."""
    handler, now = KINDS[kind], timezone.now()
    ids = [number for number, _record in numbered]
    found = _Found(handler, ids)
    return {
        number
        for number, record in numbered
        if _is_row_told(handler, record, found.rows[number][0], references, now)
        and all(
            _is_part_told(part, number, record, found.parts[part.field][number], references)
            for part in handler.parts
            if part.field in record.model_fields_set
        )
        and _are_links_told(record, found.links[number])
    }


class _Found:
    """The rows of some objects and of their parts, by the number of the object."""

    def __init__(self, handler: Kind, ids: list[int]) -> None:
        columns = ", ".join(("id", *handler.columns))
        table = handler.table.name
        self.rows = _rows(f"SELECT {columns} FROM {table} WHERE id = ANY(%s)", ids)  # noqa: S608
        self.parts = {part.field: _rows(_select(part), ids) for part in handler.parts}
        self.links = _rows(_LINKS, ids) if handler.parts else defaultdict(list)


def _select(part: Part) -> str:
    columns = ", ".join((part.owner, *part.telling))
    order = "position, id" if "position" in part.columns else "id"
    return f"SELECT {columns} FROM {part.name} WHERE {part.owner} = ANY(%s) ORDER BY {order}"  # noqa: S608


def _rows(query: str, ids: list[int]) -> Rows:
    rows: Rows = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(query, [ids])
        for number, *values in cursor:
            rows[number].append(tuple(values))
    return rows


def _is_row_told(
    handler: Kind, record: Any, present: Sequence[Any], references: References, now: datetime
) -> bool:
    told = record.model_fields_set
    values = handler.values(record, references, now)
    return all(
        value == kept
        for column, value, kept in zip(handler.columns, values, present, strict=True)
        if (field := _FIELDS.get(column, column)) in told
        and not (field in SET_BY_THE_ARCHIVE and getattr(record, field) is None)
    )


def _is_part_told(
    part: Part, number: int, record: Any, present: list[tuple[Any, ...]], references: References
) -> bool:
    told = getattr(record, part.field)
    if len(told) != len(present) or (part.field == "parties" and not _is_day_told(record)):
        return False
    rows = list(map(part.tell, part.values(record, number, references)))
    if part.field == "citations":
        return all(map(_is_citation_told, told, rows, present))
    return rows == present if "position" in part.columns else set(rows) == set(present)


def _is_day_told(record: StatementRecord) -> bool:
    """Whether the sides and capacities of parties follow from the record alone."""
    return "said_on" in record.model_fields_set or all(
        party.country and not party.capacity for party in record.parties
    )


def _is_citation_told(
    told: CitationRecord, values: tuple[Any, ...], present: tuple[Any, ...]
) -> bool:
    return all(
        value == kept or (column in _LEFT and getattr(told, _LEFT[column]) is None)
        for column, value, kept in zip(_CITATION.telling, values, present, strict=True)
    )


def _are_links_told(record: Any, present: list[tuple[Any, ...]]) -> bool:
    if "links" not in record.model_fields_set:
        return True
    return [(link.kind, link.statement) for link in record.links] == present
