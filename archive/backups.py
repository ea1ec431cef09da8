"""The whole archive in one file, accounts and history too; and back.

PostgreSQL's own programs do the work: those of the embedded database's package, which serve any
server from 9.2 up to their own version.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

import psycopg
from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo

from .ownership import binaries

MAINTENANCE_DATABASE = "postgres"
FAILED = "PostgreSQL's own program failed; what it said stands above. Nothing was changed."
N_HEAD_LINES = 30


def backup(file: Path | None = None) -> Path:
    """Writes the archive to a file, for its owner alone, that gets its name when it is whole."""
    target = (file or _dated_name()).absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f"{target.name}.")
    os.close(handle)
    try:
        _dump(draft)
        os.replace(draft, target)
    except BaseException:
        os.unlink(draft)
        raise
    return target


def restore(file: Path) -> str:
    """Puts the archive of a file in the place of the present one; returns where that one went.

    It is read whole into a database of its own first, so that a damaged file changes nothing.
    The present archive stays beside it under another name until the next restoration.
    """
    if not file.is_file():
        raise CommandError(f"There is no file {file}.")
    name = settings.DATABASES["default"]["NAME"]
    fresh, replaced = f"{name}_restoring", f"{name}_before_restore"
    connections.close_all()
    with _maintenance() as connection:
        _drop(connection, fresh)
        connection.execute(_statement("CREATE DATABASE {} TEMPLATE template0", fresh))
        try:
            _read_into(fresh, file)
        except BaseException:
            _drop(connection, fresh)
            raise
        _drop(connection, replaced)
        _swap(connection, name, fresh, replaced)
    return replaced


def _dated_name() -> Path:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    return Path(settings.VAR_DIR) / "backups" / f"demarche-{now}.dump"


def _swap(
    connection: psycopg.Connection[tuple[Any, ...]], name: str, fresh: str, replaced: str
) -> None:
    """Renames both at once, with everybody put out for that moment."""
    connection.execute(_statement("ALTER DATABASE {} ALLOW_CONNECTIONS false", name))
    try:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )
        with connection.transaction():
            connection.execute(_statement("ALTER DATABASE {} RENAME TO {}", name, replaced))
            connection.execute(_statement("ALTER DATABASE {} RENAME TO {}", fresh, name))
    except BaseException:
        connection.execute(_statement("ALTER DATABASE {} ALLOW_CONNECTIONS true", name))
        raise
    connection.execute(_statement("ALTER DATABASE {} ALLOW_CONNECTIONS true", replaced))


def _drop(connection: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _statement(template: str, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*map(sql.Identifier, names))


def _maintenance() -> psycopg.Connection[tuple[Any, ...]]:
    password = settings.DATABASES["default"].get("PASSWORD") or None
    return psycopg.connect(_conninfo(MAINTENANCE_DATABASE), password=password, autocommit=True)


def _conninfo(name: str) -> str:
    """Returns how to reach a database of the archive's server, without the password."""
    database = settings.DATABASES["default"]
    parts = {"host": "HOST", "port": "PORT", "user": "USER"}
    known = {key: database.get(ours) or None for key, ours in parts.items()}
    return make_conninfo("", dbname=name, **known, **database.get("OPTIONS", {}))


def _dump(draft: str) -> None:
    name = settings.DATABASES["default"]["NAME"]
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--file={draft}")
    command = [_program("pg_dump"), *options, f"--dbname={_conninfo(name)}"]
    finished = subprocess.run(command, stdout=sys.stderr, env=_environment(), check=False)
    if finished.returncode:
        raise CommandError(FAILED)


def _read_into(name: str, file: Path) -> None:
    """Fills an empty database from a file; what it may hold after a failure is of no use."""
    read = [_program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)]
    write = [
        _program("psql"),
        "--quiet",
        "--no-psqlrc",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
        f"--dbname={_conninfo(name)}",
    ]
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE, env=_environment()) as reader,
        subprocess.Popen(write, stdin=subprocess.PIPE, env=_environment()) as writer,
    ):
        assert reader.stdout
        assert writer.stdin
        with suppress(BrokenPipeError):  # the writer failed, and said why
            _pass_on(reader.stdout, writer.stdin)
        with suppress(BrokenPipeError):
            writer.stdin.close()
        reader.stdout.close()
    if reader.returncode or writer.returncode:
        raise CommandError(FAILED)


def _pass_on(source: IO[bytes], target: IO[bytes]) -> None:
    """Copies a script, without the settings at its head that servers before 17 do not know."""
    for line in islice(source, N_HEAD_LINES):
        if not line.startswith(b"SET transaction_timeout "):
            target.write(line)
    shutil.copyfileobj(source, target)


def _program(name: str) -> str:
    return str(binaries() / name)


def _environment() -> dict[str, str]:
    """Returns the environment of PostgreSQL's programs: a command line can be read by all."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    password = settings.DATABASES["default"].get("PASSWORD")
    return {**kept, "PGPASSWORD": password} if password else kept
