"""Which release of the code this is, for answers that are kept until it changes."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

SOURCES = ("archive", "statements", "templates", "static", "locale")


def stamp(base: Path) -> str:
    """A short digest of the names, sizes and times of all that pages are made of."""
    digest = sha256()
    for path in _sources(base):
        told = path.stat()
        digest.update(f"{path.name} {told.st_size} {told.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def changed_at(base: Path) -> float:
    """When the newest of these was written, in seconds since 1970."""
    return max(path.stat().st_mtime for path in _sources(base))


def _sources(base: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((base / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                yield path
