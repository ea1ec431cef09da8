"""Tables of statements -> database, by way of the archive format."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import connection, transaction

from statements.formats.readers import statements_csv, tables
from statements.formats.readers.statement_columns import column_of_field
from statements.formats.readers.statements_csv import StatementRow
from statements.vocabulary import Role

from .fresh_keys import FreshKeys
from .load import IMPORT_LOCK, Notice, OnConflict, Progress, load
from .lookup import ArchiveLookup
from .report import Fate, Outcome, Refusal, Report

N_AT_ONCE = 500
TAKEN = "another statement was entered under this key meanwhile: import the table again"


class _Undo(Exception):
    """Leaves the transaction without saving anything."""


def load_table(
    stream: IO[bytes],
    name: str,
    *,
    on_conflict: OnConflict = OnConflict.FAIL,
    dry_run: bool = False,
    progress: Progress = lambda stage, n: None,
    notice: Notice = lambda outcome: None,
) -> Report:
    """Imports a table of statements, CSV or XLSX by its name, in one transaction.

    Reports and refuses as `load` does, by line of the file and by column. `stream` has to be one
    that can be read from its beginning again.
    """
    with closing(_Table(name, progress, notice)) as table:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
                report = table.load(stream, on_conflict, dry_run)
                if not report.is_accepted:
                    raise _Undo
        except _Undo:
            pass
        return table.report


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an object of the spool comes from."""

    number: int
    roles: tuple[Role, ...]
    problems: frozenset[str] = frozenset()
    has_key: bool = False
    has_fresh_key: bool = False


class _Table:
    """One table on its way: rows wait in files without names, which no end leaves behind."""

    def __init__(self, name: str, progress: Progress, notice: Notice) -> None:
        self.report = Report()
        self._name = name
        self._progress = progress
        self._notice = notice
        self._places: list[_Place] = []
        self._reserved: set[str] = set()
        self._keyless: IO[bytes] = TemporaryFile()  # noqa: SIM115 - `close` closes it
        self._keyed: IO[bytes] = TemporaryFile()  # noqa: SIM115

    def close(self) -> None:
        """Gives up the temporary files."""
        self._keyless.close()
        self._keyed.close()

    def load(self, stream: IO[bytes], on_conflict: OnConflict, dry_run: bool) -> Report:
        lookup = ArchiveLookup()
        refusals = list(self._read(stream, lookup))
        if not self._is_readable:
            self.report.refusals = refusals
            return self.report
        self._add_keys(FreshKeys(lookup, self._reserved))
        del lookup  # the names of a whole archive
        found = load(
            [self._path],
            on_conflict=on_conflict,
            dry_run=dry_run or bool(refusals),
            progress=self._progress,
            notice=self._note,
        )
        refusals += [*self.report.refusals, *self._as_told(found.refusals)]
        self.report.refusals = sorted(refusals, key=lambda refusal: refusal.line)
        for fate in Fate:
            getattr(self.report, fate).update(getattr(found, fate))
        return self.report

    # Rows -> objects in a spool

    def _read(self, stream: IO[bytes], lookup: ArchiveLookup) -> Iterator[Refusal]:
        """Spools the rows that can be taken, and yields what is wrong with the others."""
        self._is_readable = True
        try:
            found = statements_csv.read(tables.rows(stream, self._name), lookup)
            for n_rows, row in enumerate(found, 1):
                yield from self._refused(row)
                if row.told:
                    self._spool(row)
                self._progress("rows", n_rows)
        except tables.NotATable as error:
            self._is_readable = False
            yield Refusal(self._name, error.line, "", str(error))

    def _refused(self, row: StatementRow) -> Iterator[Refusal]:
        for column, reason in row.problems:
            yield Refusal(self._name, row.number, column, reason)

    def _spool(self, row: StatementRow) -> None:
        key = row.told.get("key")
        if key:
            self._reserved.add(key)
        problems = frozenset(column for column, _ in row.problems)
        self._places.append(_Place(row.number, row.roles, problems, bool(key)))
        self._keyless.write(json.dumps(row.told).encode() + b"\n")

    def _add_keys(self, keys: FreshKeys) -> None:
        self._keyless.seek(0)
        numbers = iter(range(len(self._places)))
        for batch in _batches(map(json.loads, self._keyless)):
            for told, is_fresh in zip(batch, keys.assign(batch), strict=True):
                number = next(numbers)
                if is_fresh:
                    self._places[number] = replace(self._places[number], has_fresh_key=True)
                self._keyed.write(json.dumps(told).encode() + b"\n")
        self._keyed.flush()
        self._keyed.seek(0)

    @property
    def _path(self) -> str:
        """A name by which a file without one can be opened."""
        return f"/dev/fd/{self._keyed.fileno()}"

    # What became of them, by line and column

    def _note(self, outcome: Outcome) -> None:
        place = self._places[outcome.line - 1]
        if place.problems:
            getattr(self.report, outcome.fate)["statement"] -= 1  # it is refused, and not counted
            return
        if place.has_fresh_key and outcome.fate != Fate.CREATED:
            self.report.refusals.append(Refusal(self._name, place.number, "key", TAKEN))
        self._notice(replace(outcome, file=self._name, line=place.number))

    def _as_told(self, refusals: Iterable[Refusal]) -> Iterator[Refusal]:
        """What is wrong beside the problems of reading, and what does not follow from those."""
        for refusal in refusals:
            place = self._places[refusal.line - 1]
            column = column_of_field(refusal.field, place.roles) if refusal.field else ""
            is_known = column in place.problems or (column == "key" and not place.has_key)
            if place.problems and is_known:
                continue
            reason = re.sub(rf"{re.escape(self._path)}:(\d+)", self._line, refusal.reason)
            yield Refusal(self._name, place.number, column, reason)

    def _line(self, told: re.Match[str]) -> str:
        return f"{self._name}:{self._places[int(told[1]) - 1].number}"


def _batches(objects: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    iterator = iter(objects)
    while batch := list(islice(iterator, N_AT_ONCE)):
        yield batch
