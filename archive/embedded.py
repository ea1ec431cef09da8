"""The embedded database: it runs while any process uses it, and the last one stops it.

The kernel counts the users. Each holds a shared lock on one file, which is dropped for it however
it ends; whoever can take that lock alone, on leaving, was the last.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from . import ownership, postgres
from .cluster import Cluster, at

# What works without a database, and so must not wait for one.
COMMANDS_WITHOUT = frozenset(
    {
        "--help",
        "--version",
        "-h",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "version",
    }
)


@dataclass
class _Use:
    file: BinaryIO
    pid: int
    n_holders: int = 1


_uses: dict[Path, _Use] = {}


@contextmanager
def running(*, is_durable: bool = True) -> Iterator[None]:
    """Keeps the database of this archive up for the length of a block."""
    enter(is_durable=is_durable)
    try:
        yield
    finally:
        leave()


def enter(*, is_durable: bool = True) -> None:
    """Counts this process among the users, starting the server if it is not up.

    Does nothing where DATABASE_URL names a server. `is_durable=False` is for tests alone.
    """
    if not settings.IS_EMBEDDED:
        return
    cluster = at(settings.VAR_DIR)
    use = _own_use(cluster)
    if use:
        use.n_holders += 1
    else:
        _uses[cluster.home] = _Use(_join(cluster, is_durable=is_durable), os.getpid())


def leave() -> None:
    """Takes back one `enter`; with the last of the last process the server stops."""
    if not settings.IS_EMBEDDED:
        return
    cluster = at(settings.VAR_DIR)
    use = _own_use(cluster)
    if use:
        use.n_holders -= 1
        if not use.n_holders:
            del _uses[cluster.home]
            _part(cluster, use.file)


def is_needed_by(arguments: list[str]) -> bool:
    """Says whether a command line needs the database."""
    return len(arguments) > 1 and arguments[1] not in COMMANDS_WITHOUT


def _own_use(cluster: Cluster) -> _Use | None:
    """Returns what this process holds: a fork shares its parent's lock, not its duty to stop."""
    use = _uses.get(cluster.home)
    return use if use and use.pid == os.getpid() else None


def _join(cluster: Cluster, *, is_durable: bool) -> BinaryIO:
    with _starting(cluster):
        file = _open(cluster, cluster.users)
        try:
            fcntl.flock(file, fcntl.LOCK_SH)
            postgres.start(cluster, is_durable=is_durable)
        except BaseException:
            file.close()
            raise
    return file


def _part(cluster: Cluster, file: BinaryIO) -> None:
    with _starting(cluster):
        fcntl.flock(file, fcntl.LOCK_UN)  # also from under forks that still hold the file
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        else:
            postgres.stop(cluster)
        file.close()


@contextmanager
def _starting(cluster: Cluster) -> Iterator[None]:
    """Lets one process at a time start or stop the server."""
    with _open(cluster, cluster.starting) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _open(cluster: Cluster, path: Path) -> BinaryIO:
    """Opens a file to lock, which root leaves to the owner of the data."""
    owner = ownership.account(cluster)
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    if owner:
        os.fchown(file.fileno(), *owner)
    return file
