"""What waits for its turn on disk, so that memory holds one batch whatever the size of a file."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO

from .lines import Line

Place = tuple[str, int]
Claim = tuple[str, str]  # the kind and key of an object

KNOWN = """
SELECT place.kind, CAST(place.key AS TEXT) FROM json_each(?) AS claim JOIN place
ON place.key = CAST(json_extract(claim.value, '$[1]') AS BLOB)
AND place.kind = json_extract(claim.value, '$[0]')
"""
KEEP = """
INSERT INTO place
SELECT json_extract(value, '$[0]'), CAST(json_extract(value, '$[1]') AS BLOB),
    json_extract(value, '$[2]'), json_extract(value, '$[3]')
FROM json_each(?)
"""


class Spool:
    """Lines that wait, in a temporary file."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the run closes it
        self._files: list[str] = []
        self._n_lines = 0

    def __bool__(self) -> bool:
        return self._n_lines > 0

    def add(self, line: Line) -> None:
        if line.file not in self._files:
            self._files.append(line.file)
        place = b"%d %d\n" % (self._files.index(line.file), line.number)
        self._file.write(place + line.text.rstrip(b"\r\n") + b"\n")
        self._n_lines += 1

    def lines(self) -> Iterator[Line]:
        self._file.seek(0)
        while place := self._file.readline():
            file, number = map(int, place.split())
            yield Line(self._files[file], number, self._file.readline())

    def close(self) -> None:
        self._file.close()


class Places:
    """Where each object of a run was read, by kind and key; a temporary database on disk."""

    def __init__(self) -> None:
        # A nameless database of SQLite is a temporary file that goes with its connection.
        self._seen = sqlite3.connect("", isolation_level=None)
        self._seen.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;"
            "CREATE TABLE place (kind TEXT, key BLOB, file INTEGER, number INTEGER,"
            " PRIMARY KEY (key, kind)) WITHOUT ROWID; BEGIN"
        )
        self._files: list[str] = []

    def add_all(self, claims: Sequence[Claim], where: Sequence[Line]) -> set[int]:
        """Keeps the places of a batch; returns the numbers of the claims that were made before.

        Two statements of SQL for all of them: each lets go of the interpreter, and gets it back
        only when the thread that reads ahead lets go of it in turn.
        """
        if not all(kind.isascii() and key.isprintable() and key.isascii() for kind, key in claims):
            return {
                number
                for number, (claim, line) in enumerate(zip(claims, where, strict=True))
                if not self._add(*claim, line)
            }
        first: dict[Claim, int] = {}
        repeated = {
            number
            for number, claim in enumerate(claims)
            if first.setdefault(claim, number) != number
        }
        for claim in self._seen.execute(KNOWN, [json.dumps([*first])]):
            repeated.add(first.pop(claim))
        rows = [(*claim, self._file(where[n]), where[n].number) for claim, n in first.items()]
        self._seen.execute(KEEP, [json.dumps(rows)])
        return repeated

    def _add(self, kind: str, key: str, line: Line) -> bool:
        added = self._seen.execute(
            "INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?)",
            (kind, _bytes(key), self._file(line), line.number),
        )
        return added.rowcount == 1

    def _file(self, line: Line) -> int:
        if line.file not in self._files:
            self._files.append(line.file)
        return self._files.index(line.file)

    def find(self, kind: str, key: str) -> Place | None:
        found = self._seen.execute(
            "SELECT file, number FROM place WHERE kind = ? AND key = ?", (kind, _bytes(key))
        ).fetchone()
        return (self._files[found[0]], found[1]) if found else None

    def close(self) -> None:
        self._seen.close()


def _bytes(key: str) -> bytes:
    """Even a key that is refused has its place, whatever half characters are in it."""
    return key.encode("utf-8", "surrogatepass")
