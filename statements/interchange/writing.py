"""Sound records -> database: created, met as they are, or changed; or refused by their line."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from django.db import DatabaseError, transaction
from pydantic import ValidationError

from statements.records import Record

from . import lines
from .change import change, recheck
from .compare import changed_fields, merged, normalized
from .copying import RefusedRow, create, first_line
from .dump import ROWS
from .lines import Line, Unreadable
from .old_slugs import retired
from .references import References, goes_in_a_circle, ids_of
from .report import Outcome, Refusal, Report
from .rows import KINDS
from .spool import Spool
from .unchanged import unchanged

Pair = tuple[Line, Any]  # a line, and the record that stands there

# A second import meets millions of these; the few others are compared field by field at once.
COMPARED_BY_ROWS = ("article", "statement")


class OnConflict(StrEnum):
    """What to do with an object that is there already and differs."""

    FAIL = "fail"
    SKIP = "skip"
    UPDATE = "update"


class Writer:
    """Writes batches of one kind, until something is refused; from then on it only looks.

    `linking` gathers the lines whose links are to be written when all statements are there.
    """

    def __init__(self, on_conflict: OnConflict, notice: Callable[[Outcome], None]) -> None:
        self.report = Report()
        self.references = References()
        self.linking = Spool()
        self._on_conflict = on_conflict
        self._notice = notice
        self._start = transaction.savepoint()

    def refuse(self, line: Line, field: str, reason: str) -> None:
        self.report.refusals.append(Refusal(line.file, line.number, field, reason))

    def write(self, kind: str, pairs: Sequence[Pair]) -> None:
        """Writes records whose references are at hand."""
        there = _numbers(kind, pairs)
        self._create(kind, [pair for pair in pairs if pair[1].identity[1] not in there])
        self._meet_all(kind, [pair for pair in pairs if pair[1].identity[1] in there], there)

    # What is new

    def _create(self, kind: str, new: list[Pair]) -> None:
        new = self._without_retired(kind, new)
        if not new:
            return
        self.report.created[kind] += len(new)
        for line, record in new:
            self._notice(Outcome(line.file, line.number, record))
        if not self.report.is_accepted:
            return
        try:
            records = [record for _, record in new]
            create(kind, records, self.references)
        except RefusedRow as refused:
            self.go_back(new[refused.number][0], str(refused))
            return
        if kind == "statement":
            self._link(line for line, record in new if record.links)

    def go_back(self, line: Line, reason: str) -> None:
        """Refuses what the database refuses: all that was written goes, and nothing more comes."""
        transaction.savepoint_rollback(self._start)
        self.references.forget()
        self.refuse(line, "", reason)

    def _without_retired(self, kind: str, new: list[Pair]) -> list[Pair]:
        """Refuses slugs that were given up: their old address leads elsewhere for ever."""
        successors = retired(kind, [record.identity[1] for _, record in new])
        for line, record in new:
            key = record.identity[1]
            if key in successors:
                reason = f'"{key}" leads to "{successors[key]}" for ever'
                self.refuse(line, key_field(record), reason)
        return [pair for pair in new if pair[1].identity[1] not in successors]

    def _link(self, new: Iterable[Line]) -> None:
        for line in new:
            self.linking.add(line)

    # What is there already

    def _meet_all(self, kind: str, pairs: list[Pair], there: dict[str, int]) -> None:
        if not pairs:
            return
        if self._on_conflict is OnConflict.SKIP:
            for pair in pairs:
                self._leave(*pair)
            return
        if kind in COMPARED_BY_ROWS:
            pairs = self._without_unchanged(kind, pairs, there)
        rows = _existing(kind, pairs)
        for line, record in pairs:
            self._meet(line, record, rows[record.identity[1]])

    def _without_unchanged(self, kind: str, pairs: list[Pair], there: dict[str, int]) -> list[Pair]:
        comparable = [record for _, record in pairs if self._can_compare(record)]
        numbered = [(there[record.identity[1]], record) for record in comparable]
        same = unchanged(kind, numbered, self.references) if numbered else set()
        others = []
        for line, record in pairs:
            if there[record.identity[1]] in same:
                self._leave(line, record)
            else:
                others.append((line, record))
        return others

    def _leave(self, line: Line, record: Record) -> None:
        self.report.unchanged[record.type] += 1
        self._notice(Outcome(line.file, line.number, record, record))

    def _meet(self, line: Line, record: Any, row: Any) -> None:
        """Decides about an object that is there already."""
        kind = record.type
        present = ROWS[kind][1](row)
        if not self._can_compare(record):
            self.report.updated[kind] += 1
            return
        told = normalized(record, present, self.references)
        fields = changed_fields(told, present)
        if not fields:
            self._leave(line, record)
        elif self._on_conflict is OnConflict.FAIL:
            for field in fields:
                self.refuse(line, field, "differs from what the archive holds")
        else:
            self._change(line, row, told, present, fields)

    def _can_compare(self, record: Record) -> bool:
        """Whether all that the record names is in the database, or only on refused lines."""
        return not self.references.missing(record)

    def _change(self, line: Line, row: Any, told: Any, present: Any, fields: list[str]) -> None:
        kind = told.type
        try:
            record = merged(told, present, fields)
            references = References()
            references.load([record])
            if self.report.is_accepted:
                with transaction.atomic():
                    change(row, record, references)
        except (ValidationError, DatabaseError, RefusedRow) as error:
            self.refuse(line, "", _reason(error))
            return
        if kind == "article":
            row.refresh_from_db()
            if "based_on" in fields and goes_in_a_circle(row):
                self.refuse(line, "based_on", "goes round in a circle")
                return
            if "body" in fields:
                recheck(row)
        self.report.updated[kind] += 1
        self._notice(Outcome(line.file, line.number, told, present, tuple(fields)))
        self.references.forget_rows()
        if kind == "statement" and "links" in fields:
            row.links.all().delete()
            self._link([line] if told.links else [])


def key_field(record: Record) -> str:
    return record.key_field.rstrip("_")


def _numbers(kind: str, pairs: Sequence[Pair]) -> dict[str, int]:
    """The numbers of the rows that are there already, by the key of their records."""
    if kind == "redirect":  # an old slug of each kind of object
        return {key: row.pk for key, row in _existing(kind, pairs).items()}
    return ids_of(kind, [record.identity[1] for _, record in pairs])


def _existing(kind: str, pairs: Sequence[Pair]) -> dict[str, Any]:
    """The rows that are there already, with what is told of them, by the key of their records."""
    rows, record_of = ROWS[kind]
    keys = [getattr(record, record.key_field) for _, record in pairs]
    found = rows.filter(**{f"{KINDS[kind].key}__in": keys}) if keys else rows.none()
    return {record_of(row).identity[1]: row for row in found}


def _reason(error: Exception) -> str:
    """What the database or the format says, in one line without SQL."""
    if isinstance(error, ValidationError):
        problems = Unreadable(*map(lines.problem, error.errors(include_url=False))).problems
        return "; ".join(f"{field}: {reason}" if field else reason for field, reason in problems)
    return first_line(error)
