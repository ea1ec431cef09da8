"""Records -> database: matched by key, validated, counted, all or nothing."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from django.db import connection, transaction

from statements.records import RECORD_TYPES, Record, RedirectRecord

from . import lines
from .ahead import made_ahead
from .bulk import Bulk
from .lines import Line, Unreadable
from .linking import write_links
from .old_slugs import OldSlugs
from .references import References
from .report import Outcome, Report
from .spool import Places, Spool
from .writing import OnConflict, Pair, Writer, key_field

__all__ = ["OnConflict", "load"]

N_AT_ONCE = 1_000
N_BYTES_AT_ONCE = 4 * 1024 * 1024
N_OBJECTS_BETWEEN = 200_000
IMPORT_LOCK = 0x64656D61  # one import at a time: an advisory lock of PostgreSQL

Progress = Callable[[str, int], None]
Notice = Callable[[Outcome], None]
Read = tuple[Line, Record | Unreadable | None]  # a line, and what was found there


class _Undo(Exception):
    """Leaves the transaction without saving anything."""


def load(
    files: Iterable[str],
    *,
    on_conflict: OnConflict = OnConflict.FAIL,
    dry_run: bool = False,
    may_lock: bool = False,
    progress: Progress = lambda stage, n: None,
    notice: Notice = lambda outcome: None,
) -> Report:
    """Imports files of the archive format in one transaction.

    `notice` is told what becomes of each object; one that the database refuses later stands among
    the refusals all the same.

    Nothing is saved when a line is refused or on a dry run. Memory holds the rows of one batch,
    whatever the size of the files. An object is written as it is read when all that it names is
    there, as in a file that an export made; otherwise its line waits in a temporary file, so that
    references may run in any direction. Where it `may_lock` the archive, an import that brings
    more than was there sets indexes aside meanwhile (see `bulk`). Raises OSError for a file that
    cannot be read.
    """
    try:
        with transaction.atomic(), _collecting_seldom():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
                _suit_session(cursor)
            bulk = Bulk(
                progress,
                is_allowed=may_lock and not dry_run and on_conflict is not OnConflict.UPDATE,
            )
            with closing(_Run(on_conflict, progress, notice, bulk)) as run:
                run.read(files)
                run.finish()
            if dry_run or not run.report.is_accepted:
                raise _Undo
            bulk.finish()
    except _Undo:
        pass
    return run.report


def _suit_session(cursor: Any) -> None:
    """Sets, for this transaction, what suits writing many rows.

    Plans made while a table is still small are kept; they must not read all of it when it is
    large. Words are merged into their index in larger portions.
    """
    cursor.execute("SET LOCAL enable_seqscan = off")
    # What that makes look dear would be compiled anew for each batch, in seconds.
    cursor.execute("SET LOCAL jit = off")
    cursor.execute("SET LOCAL gin_pending_list_limit = '32MB'")


class _Run:
    """One import: what was read, and what waits for its turn."""

    def __init__(
        self, on_conflict: OnConflict, progress: Progress, notice: Notice, bulk: Bulk
    ) -> None:
        self._bulk = bulk
        self._writer = Writer(on_conflict, notice)
        self.report = self._writer.report
        # What an update changes, such as a tenure, must be there before what depends on it.
        self._all_wait = on_conflict is OnConflict.UPDATE
        self._progress = progress
        self._spools: dict[str, Spool] = defaultdict(Spool)
        self._places = Places()
        self._old_slugs = OldSlugs(self._places)
        self._n_read = self._n_written = 0

    def close(self) -> None:
        """Gives up the temporary files."""
        for spool in [*self._spools.values(), self._writer.linking]:
            spool.close()
        self._places.close()

    # Reading

    def read(self, files: Iterable[str]) -> None:
        every_line = (line for file in files for line in lines.lines(file))
        for batch in made_ahead(_parsed, _batches(every_line)):
            self._refuse_unreadable(batch)
            kinds: dict[str, list[Pair]] = defaultdict(list)
            for line, record in self._first(batch):
                kinds[record.type].append((line, record))
            for kind in RECORD_TYPES:
                if kind in kinds:
                    self._write_or_wait(kind, kinds[kind])
            self._consider_bulk()
            self._n_read += len(batch)
            self._progress("read", self._n_read)

    def _consider_bulk(self) -> None:
        if self.report.is_accepted:
            self._bulk.consider(self.report.created["statement"])

    def _refuse_unreadable(self, batch: list[Read]) -> None:
        for line, read in batch:
            if isinstance(read, Unreadable):
                for field, reason in read.problems:
                    self._writer.refuse(line, field, reason)

    def _first(self, batch: list[Read]) -> Iterator[Pair]:
        """The records of lines, but for what is refused or tells of an object a second time."""
        claims = [(*pair, claim) for pair in batch if (claim := _claim(*pair))]
        repeated = self._places.add_all(
            [claim for _, _, claim in claims], [line for line, _, _ in claims]
        )
        for number, (line, read, claim) in enumerate(claims):
            if isinstance(read, Unreadable) or read is None:
                continue
            if number in repeated:
                file, place = self._places.find(*claim) or (line.file, line.number)
                self._writer.refuse(line, key_field(read), f"stands already in {file}:{place}")
            else:
                yield line, read

    def _write_or_wait(self, kind: str, pairs: list[Pair]) -> None:
        ready: list[Pair] = []
        waiting: list[Pair] = pairs
        if kind != "redirect" and not self._all_wait:
            references = self._look_up(pairs)
            waiting = []
            for pair in pairs:
                (waiting if references.missing(pair[1]) else ready).append(pair)
        if ready:
            self._writer.write(kind, ready)
        for line, record in waiting:
            self._spools[kind].add(line)
            if isinstance(record, RedirectRecord):
                self._old_slugs.add(record)

    def _look_up(self, pairs: Sequence[Pair]) -> References:
        """What these records name, looked up in the database; links are looked at last."""
        self._writer.references.load(record for _, record in pairs)
        return self._writer.references

    # What waited

    def finish(self) -> None:
        """Writes what named something that came later, and the links."""
        for kind in RECORD_TYPES:
            if kind == "article":
                self._finish_articles()
            else:
                for pairs in self._waiting(self._spools[kind]):
                    self._write_sound(kind, pairs)
        for pairs in self._waiting(self._writer.linking):
            write_links(pairs, self._writer, self._places)

    def _waiting(self, spool: Spool) -> Iterator[list[Pair]]:
        for batch in made_ahead(_parsed, _batches(spool.lines())):
            yield batch
            self._consider_bulk()
            self._n_written += len(batch)
            self._progress("written", self._n_written)

    def _finish_articles(self) -> None:
        """Writes the articles that others are based on before those others."""
        waiting: list[Pair] = []
        for pairs in self._waiting(self._spools["article"]):
            waiting += [pair for pair in pairs if pair[1].based_on is not None]
            self._write_sound("article", [pair for pair in pairs if pair[1].based_on is None])
        while waiting:
            unwritten = {record.slug for _, record in waiting}
            ready = [pair for pair in waiting if pair[1].based_on not in unwritten]
            if not ready:
                for line, _ in waiting:
                    self._writer.refuse(line, "based_on", "goes round in a circle")
                return
            waiting = [pair for pair in waiting if pair[1].based_on in unwritten]
            self._write_sound("article", ready)

    def _write_sound(self, kind: str, pairs: list[Pair]) -> None:
        references = self._look_up(pairs)
        sound = [pair for pair in pairs if self._is_sound(*pair, references)]
        if sound:
            self._writer.write(kind, sound)

    def _is_sound(self, line: Line, record: Any, references: References) -> bool:
        """Refuses references to nothing; what another line of the run brings is something."""
        if isinstance(record, RedirectRecord):
            faults = self._old_slugs.faults(record)
        else:
            faults = [
                (field, f'there is no {kind} "{slug}"')
                for field, kind, slug in references.missing(record)
                if not self._places.find(kind, slug)
            ]
        for field, reason in faults:
            self._writer.refuse(line, field, reason)
        return not faults


def _batches(read: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines in portions that are bounded both in number and in size."""
    batch: list[Line] = []
    n_bytes = 0
    for line in read:
        batch.append(line)
        n_bytes += len(line.text)
        if len(batch) == N_AT_ONCE or n_bytes >= N_BYTES_AT_ONCE:
            yield batch
            batch, n_bytes = [], 0
    if batch:
        yield batch


def _parsed(batch: list[Line]) -> list[Any]:
    return [(line, _read(line)) for line in batch]


def _read(line: Line) -> Record | Unreadable | None:
    try:
        return lines.parse(line.text)
    except Unreadable as unreadable:
        return unreadable


def _claim(line: Line, read: Record | Unreadable | None) -> tuple[str, str] | None:
    """The kind and key that a line tells of, even one that is refused."""
    if isinstance(read, Unreadable):
        return lines.named(line.text)
    return read.identity if read else None


@contextmanager
def _collecting_seldom() -> Iterator[None]:
    """Records hold no cycles, and to look for cycles among them costs a fifth of reading them."""
    usual = gc.get_threshold()
    gc.set_threshold(N_OBJECTS_BETWEEN, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
