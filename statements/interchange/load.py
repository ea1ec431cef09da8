"""Records -> database: matched by key, validated, counted, all or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pydantic import ValidationError

from statements.models import Citation, Link, Statement
from statements.records import (
    RECORD_TYPES,
    ArticleRecord,
    Record,
    RedirectRecord,
    StatementRecord,
)

from . import lines, store
from .compare import changed_fields, merged, normalized
from .dump import ROWS
from .lines import Line, Unreadable
from .old_slugs import OldSlugs, retired
from .references import References, goes_in_a_circle
from .report import Outcome, Refusal, Report

N_AT_ONCE = 500
IMPORT_LOCK = 0x64656D61  # one import at a time: an advisory lock of PostgreSQL

Progress = Callable[[str, int], None]
Notice = Callable[[Outcome], None]


class OnConflict(StrEnum):
    """What to do with an object that is there already and differs."""

    FAIL = "fail"
    SKIP = "skip"
    UPDATE = "update"


class _Undo(Exception):
    """Leaves the transaction without saving anything."""


def load(
    files: Iterable[str],
    *,
    on_conflict: OnConflict = OnConflict.FAIL,
    dry_run: bool = False,
    progress: Progress = lambda stage, n: None,
    notice: Notice = lambda outcome: None,
) -> Report:
    """Imports files of the archive format in one transaction.

    `notice` is told what becomes of each object; one that the database refuses later stands among
    the refusals all the same.

    Nothing is saved when a line is refused or on a dry run. Memory holds the keys of all lines,
    and the rows of one batch; lines wait in a temporary file, so that references may run in any
    direction. Raises OSError for a file that cannot be read.
    """
    with closing(_Run(on_conflict, progress, notice)) as run:
        run.read(files)
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
                run.write()
                if dry_run or not run.report.is_accepted:
                    raise _Undo
        except _Undo:
            pass
        return run.report


class _Spool:
    """Lines of one kind of record that wait for their turn, in a temporary file."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the run closes it
        self._places: list[tuple[str, int]] = []

    def add(self, line: Line) -> None:
        self._places.append((line.file, line.number))
        self._file.write(line.text.rstrip(b"\r\n") + b"\n")

    def close(self) -> None:
        self._file.close()

    def lines(self) -> Iterator[Line]:
        self._file.seek(0)
        for (file, number), text in zip(self._places, self._file, strict=True):
            yield Line(file, number, text)


class _Run:
    """One import: what was read, what is refused, what is written."""

    def __init__(self, on_conflict: OnConflict, progress: Progress, notice: Notice) -> None:
        self.report = Report()
        self.references = References()
        self._on_conflict = on_conflict
        self._progress = progress
        self._notice = notice
        self._spools: dict[str, _Spool] = defaultdict(_Spool)
        self._seen: dict[tuple[str, str], tuple[str, int]] = {}
        self._links: list[tuple[Line, StatementRecord]] = []
        self._old_slugs = OldSlugs(self._seen)
        self._n_done = 0

    def close(self) -> None:
        """Gives up the temporary files."""
        for spool in self._spools.values():
            spool.close()

    # Reading

    def read(self, files: Iterable[str]) -> None:
        for file in files:
            for line in lines.lines(file):
                self._read_line(line)
                self._count("read")

    def _read_line(self, line: Line) -> None:
        try:
            record = lines.parse(line.text)
        except Unreadable as error:
            if identity := lines.named(line.text):
                self._seen.setdefault(identity, (line.file, line.number))
            for field, reason in error.problems:
                self._refuse(line, field, reason)
            return
        if record is None:
            return
        if record.identity in self._seen:
            file, number = self._seen[record.identity]
            self._refuse(line, _key_field(record), f"stands already in {file}:{number}")
            return
        self._seen[record.identity] = (line.file, line.number)
        self._spools[record.type].add(line)
        if isinstance(record, RedirectRecord):
            self._old_slugs.add(record)

    # Writing

    def write(self) -> None:
        self._n_done = 0
        for kind in RECORD_TYPES:
            if kind == "article":
                self._write_articles()
            elif kind in self._spools:
                for batch in _batches(self._records(kind)):
                    self._write_batch(kind, batch)
        self._write_links()

    def _records(self, kind: str) -> Iterator[tuple[Line, Any]]:
        for line in self._spools[kind].lines():
            yield line, lines.parse(line.text)

    def _write_articles(self) -> None:
        """Writes the articles that others are based on before those others."""
        waiting: list[tuple[Line, ArticleRecord]] = []
        for batch in _batches(self._records("article")):
            first = [pair for pair in batch if pair[1].based_on is None]
            waiting += [pair for pair in batch if pair[1].based_on is not None]
            self._write_batch("article", first)
        while waiting:
            unwritten = {record.slug for _, record in waiting}
            ready = [pair for pair in waiting if pair[1].based_on not in unwritten]
            if not ready:
                for line, _ in waiting:
                    self._refuse(line, "based_on", "goes round in a circle")
                return
            waiting = [pair for pair in waiting if pair[1].based_on in unwritten]
            self._write_batch("article", ready)

    def _write_batch(self, kind: str, batch: list[tuple[Line, Any]]) -> None:
        self.references.load(
            reference for _, record in batch for reference in record.references_made()
        )
        sound = [pair for pair in batch if self._is_sound(*pair)]
        existing = _existing(kind, [record for _, record in sound])
        new = []
        for line, record in sound:
            row = existing.get(record.identity[1])
            if row is None:
                new.append((line, record))
            else:
                self._meet(line, record, row)
        self._create(kind, new)
        if kind == "statement":
            self._links += [pair for pair in new if pair[1].links]
        self._count("written", len(batch))

    def _is_sound(self, line: Line, record: Any) -> bool:
        """Refuses references to nothing; what another line of the run brings is something."""
        if isinstance(record, RedirectRecord):
            faults = self._old_slugs.faults(record)
            for field, reason in faults:
                self._refuse(line, field, reason)
            return not faults
        missing = [
            reference
            for reference in record.references_made()
            if not self.references.has(reference)
            and (reference.kind, reference.slug) not in self._seen
        ]
        for field, kind, slug in missing:
            self._refuse(line, field, f'there is no {kind} "{slug}"')
        return not missing

    def _create(self, kind: str, new: list[tuple[Line, Any]]) -> None:
        new = self._without_retired(kind, new)
        if not new:
            return
        self.report.created[kind] += len(new)
        for line, record in new:
            self._notice(Outcome(line.file, line.number, record))
        if self.report.is_accepted:
            self._try(kind, new)

    def _try(self, kind: str, new: list[tuple[Line, Any]]) -> None:
        """Writes a batch; when the database refuses it, finds the line that it refuses."""
        try:
            with transaction.atomic():
                store.create(kind, [record for _, record in new], self.references)
        except DatabaseError as error:
            if len(new) == 1:
                self._refuse(new[0][0], "", _reason(error))
                return
            middle = len(new) // 2
            self._try(kind, new[:middle])
            if self.report.is_accepted:
                self._try(kind, new[middle:])

    def _without_retired(self, kind: str, new: list[tuple[Line, Any]]) -> list[tuple[Line, Any]]:
        """Refuses slugs that were given up: their old address leads elsewhere for ever."""
        successors = retired(kind, [record.identity[1] for _, record in new])
        for line, record in new:
            key = record.identity[1]
            if key in successors:
                reason = f'"{key}" leads to "{successors[key]}" for ever'
                self._refuse(line, _key_field(record), reason)
        return [pair for pair in new if pair[1].identity[1] not in successors]

    def _meet(self, line: Line, record: Any, row: Any) -> None:
        """Decides about an object that is there already."""
        kind = record.type
        present = ROWS[kind][1](row)
        if not self._can_compare(record):
            self.report.updated[kind] += 1
            return
        told = normalized(record, present, self.references)
        fields = changed_fields(told, present)
        if not fields or self._on_conflict is OnConflict.SKIP:
            self.report.unchanged[kind] += 1
            self._notice(Outcome(line.file, line.number, told, present))
        elif self._on_conflict is OnConflict.FAIL:
            for field in fields:
                self._refuse(line, field, "differs from what the archive holds")
        else:
            self._change(line, row, told, present, fields)

    def _can_compare(self, record: Record) -> bool:
        """Whether all that the record names is in the database, or only on refused lines."""
        return all(
            self.references.has(reference)
            for reference in record.references_made()
            if reference.kind != "statement"
        )

    def _change(self, line: Line, row: Any, told: Any, present: Any, fields: list[str]) -> None:
        kind = told.type
        try:
            record = merged(told, present, fields)
            self.references.load(record.references_made())
            if self.report.is_accepted:
                with transaction.atomic():
                    store.change(kind, row, record, self.references)
        except (ValidationError, DatabaseError) as error:
            self._refuse(line, "", _reason(error))
            return
        if kind == "article" and "based_on" in fields and goes_in_a_circle(row):
            self._refuse(line, "based_on", "goes round in a circle")
            return
        self.report.updated[kind] += 1
        self._notice(Outcome(line.file, line.number, told, present, tuple(fields)))
        self.references.forget(kind)
        if isinstance(record, StatementRecord) and "links" in fields:
            row.links.all().delete()
            self._links.append((line, record))
        if kind == "article" and "body" in fields:
            _recheck(row)

    def _write_links(self) -> None:
        """Links statements when all of them are there."""
        if not self.report.is_accepted:
            return
        for batch in _batches(iter(self._links)):
            keys = {record.key for _, record in batch}
            keys |= {link.statement for _, record in batch for link in record.links}
            ids = dict(Statement.objects.filter(key__in=keys).values_list("key", "id"))
            Link.objects.bulk_create(
                link
                for _, record in batch
                for link in store.add_links(ids[record.key], record, ids)
            )

    # Saying

    def _refuse(self, line: Line, field: str, reason: str) -> None:
        self.report.refusals.append(Refusal(line.file, line.number, field, reason))

    def _count(self, stage: str, n: int = 1) -> None:
        self._n_done += n
        self._progress(stage, self._n_done)


def _batches(pairs: Iterator[tuple[Line, Any]]) -> Iterator[list[tuple[Line, Any]]]:
    while batch := list(islice(pairs, N_AT_ONCE)):
        yield batch


def _key_field(record: Record) -> str:
    return record.key_field.rstrip("_")


def _existing(kind: str, records: list[Record]) -> dict[str, Any]:
    """The rows of a batch that are there already, by the key of their records."""
    rows, record_of = ROWS[kind]
    field = store.KINDS[kind].key
    keys = [getattr(record, record.key_field) for record in records]
    return {record_of(row).identity[1]: row for row in rows.filter(**{f"{field}__in": keys})}


def _recheck(row: Any) -> None:
    citations = list(Citation.objects.filter(article=row))
    for citation in citations:
        citation.article = row
        citation.recheck(at=timezone.now())
    Citation.objects.bulk_update(
        citations, ["check_result", "checked_at", "start", "prefix", "suffix"]
    )


def _reason(error: Exception) -> str:
    """What the database or the format says, in one line without SQL."""
    if isinstance(error, ValidationError):
        problems = Unreadable(*map(lines.problem, error.errors(include_url=False))).problems
        return "; ".join(f"{field}: {reason}" if field else reason for field, reason in problems)
    return str(error).strip().splitlines()[0]
