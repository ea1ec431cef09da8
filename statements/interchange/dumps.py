"""Dumps: the public archive in files that anyone may fetch, listed with their checksums.

A dump is a folder that gets its name when it is whole, so that nobody meets half of one.
"""

import fcntl
import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Collate

from statements.formats.writers import jsonl, sqlite
from statements.models import Article, Event, Statement

from .dump import HEADER, KEYS, N_ROWS_AT_ONCE, ROWS, archive_line, described_article
from .public import PUBLIC_ROWS, public_event, public_statement
from .snapshot import snapshot

LISTING = "dump.json"
NAME = "demarche-{made_at}.{suffix}"
STAMP = "%Y%m%dT%H%M%SZ"
MAKING = ".making-"
LEVEL = 6  # of compression
KINDS_OF_FILES = {"sqlite.gz": "SQLite", "jsonl.gz": "JSONL"}
N_HASHED_AT_ONCE = 1 << 20

Progress = Callable[[str, int], None]


class AlreadyMaking(Exception):
    """Another process is making a dump."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file of a dump."""

    name: str
    n_bytes: int
    sha256: str

    @property
    def format(self) -> str:
        return KINDS_OF_FILES[self.name.split(".", 1)[1]]


@dataclass(frozen=True, slots=True)
class Dump:
    """A state of the public archive, when it was read, and its files."""

    made_at: datetime
    n_statements: int
    licence: str
    files: tuple[DumpFile, ...]

    @property
    def folder(self) -> Path:
        return _home() / self.made_at.strftime(STAMP)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _home() -> Path:
    return Path(settings.DUMPS_DIR)


def published_dumps() -> list[Dump]:
    """All dumps that are there, the newest first."""
    found = map(_read, _home().glob(f"[0-9]*/{LISTING}"))
    return sorted(filter(None, found), key=lambda dump: dump.made_at, reverse=True)


def dump_file(name: str) -> tuple[Path, DumpFile] | None:
    """Where a file of a dump lies, by its name; None where there is none."""
    for dump in published_dumps():
        for file in dump.files:
            if file.name == name:
                return dump.folder / name, file
    return None


def _read(listing: Path) -> Dump | None:
    """The dump of a listing; None where it was dropped a moment ago."""
    try:
        told = json.loads(listing.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Dump(
        datetime.fromisoformat(told["made_at"]),
        told["n_statements"],
        told["licence"],
        tuple(DumpFile(**file) for file in told["files"]),
    )


def make_dump(*, keep: int, progress: Progress = lambda _stage, _n: None) -> Dump:
    """Makes a dump of the present state, and drops all but the newest `keep`.

    Raises AlreadyMaking where another process is at it. Killed, it leaves nothing that is listed;
    what it leaves is cleared away by the next.
    """
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        for left in home.glob(f"{MAKING}*"):
            shutil.rmtree(left)
        draft = Path(tempfile.mkdtemp(prefix=MAKING, dir=home))
        try:
            dump = _fill(draft, progress)
            draft.chmod(0o755)
            draft.rename(dump.folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        for old in published_dumps()[keep:]:
            _drop(old)
    return dump


def _drop(dump: Dump) -> None:
    """Takes a dump off the list at once, and then its files, which takes longer."""
    dropped = dump.folder.with_name(f"{MAKING}{dump.folder.name}")
    dump.folder.rename(dropped)
    shutil.rmtree(dropped)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    with (home / ".lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyMaking from error
        yield


def _fill(draft: Path, progress: Progress) -> Dump:
    made_at = now()
    stamp = made_at.strftime(STAMP)
    paths = {suffix: draft / NAME.format(made_at=stamp, suffix=suffix) for suffix in KINDS_OF_FILES}
    n_statements = _write(
        paths,
        draft / "database",
        {
            "made_at": made_at.isoformat(),
            "licence": settings.DATA_LICENCE,
            "format": "Demarche archive, version 1: see the table dictionary",
        },
        progress,
    )
    files = tuple(_described(path) for path in paths.values())
    dump = Dump(made_at, n_statements, settings.DATA_LICENCE, files)
    (draft / LISTING).write_text(json.dumps(_told(dump), indent=2), encoding="utf-8")
    return dump


def _write(
    paths: Mapping[str, Path], plain: Path, about: Mapping[str, str], progress: Progress
) -> int:
    """Writes every file of one state; returns how many statements it holds."""
    n_statements = 0
    with (
        snapshot(),
        gzip.GzipFile(paths["jsonl.gz"], "wb", LEVEL, mtime=0) as lines,
        sqlite.Database(plain, about) as database,
    ):
        lines.write(HEADER.encode())
        for n, (kind, told, line) in enumerate(public_records()):
            database.add(kind, told)
            lines.write(line.encode())
            n_statements += kind == "statement"
            progress("written", n)
    with plain.open("rb") as source, gzip.GzipFile(paths["sqlite.gz"], "wb", LEVEL, mtime=0) as out:
        shutil.copyfileobj(source, out, N_HASHED_AT_ONCE)
    plain.unlink()
    return n_statements


def public_records() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yields kind, values and archive line of all that is public, in an order that imports."""
    for kind, (rows, record) in ROWS.items():
        key = Collate(F(KEYS.get(kind, "slug")), "C")
        order = [F("kind"), key] if kind == "redirect" else [key]
        for row in _public(kind, rows).order_by(*order).iterator(chunk_size=N_ROWS_AT_ONCE):
            if isinstance(row, Statement):
                told = public_statement(row, str)
                yield kind, told, jsonl.line(told)
                continue
            found = described_article(row) if isinstance(row, Article) else record(row)
            told = public_event(row, str) if isinstance(row, Event) else _values(found)
            yield kind, told, archive_line(found)


def _public(kind: str, rows: Any) -> Any:
    if kind == "statement":
        return rows.published()
    return PUBLIC_ROWS.get(kind, rows).all()


def _values(record: Any) -> dict[str, Any]:
    told: dict[str, Any] = record.model_dump(mode="json", by_alias=True, warnings=False)
    return told


def _described(path: Path) -> DumpFile:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return DumpFile(path.name, path.stat().st_size, sha256)


def _told(dump: Dump) -> dict[str, Any]:
    return {
        "made_at": dump.made_at.isoformat(),
        "n_statements": dump.n_statements,
        "licence": dump.licence,
        "files": [
            {"name": file.name, "n_bytes": file.n_bytes, "sha256": file.sha256}
            for file in dump.files
        ],
    }
