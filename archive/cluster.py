"""Where an embedded PostgreSQL keeps its files, and how it is reached."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

VERSION = 18
DATABASE = "demarche"
ROLE = "demarche"
PORT = 5432
# The kernel takes 107 bytes (104 on some systems) for a socket's whole path.
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class Cluster:
    """One data directory and the files around it, all in one folder."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def users(self) -> Path:
        """Locked, shared, by every process that uses the database."""
        return self.home / "postgres.users"

    @property
    def starting(self) -> Path:
        """Locked by the one process that starts or stops the server."""
        return self.home / "postgres.start"

    @property
    def log(self) -> Path:
        """What the server says before it opens its own log."""
        return self.home / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        """A folder beside the data or, when its path will not do for a socket, in /tmp.

        It follows from the place of the data alone, so that every process finds it.
        """
        beside = self.home / "run"
        n_bytes = len(os.fsencode(beside / f".s.PGSQL.{PORT}"))
        if n_bytes <= LONGEST_SOCKET_PATH and "," not in str(beside):  # a comma parts two hosts
            return beside
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()
        return Path("/tmp") / f"demarche-{digest[:20]}"  # noqa: S108  (checked before use)


def at(home: Path) -> Cluster:
    """Returns the cluster of a folder, which has one name whatever links lead to it."""
    return Cluster(home.resolve())


def make_home(home: Path) -> None:
    """Makes the folder, which others may pass through and not look into, where it is not there."""
    try:
        home.mkdir(mode=0o711, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"VAR_DIR: {home} cannot be made: {error.strerror}.") from None


def connection(home: Path) -> dict[str, Any]:
    """Returns Django's settings for the database, whether it runs or not."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": ROLE,
        "HOST": str(at(home).socket_folder),
        "PORT": str(PORT),
        "OPTIONS": {},
    }
