"""Makes, starts and stops an embedded PostgreSQL. Callers hold the lock of archive.embedded."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from .cluster import DATABASE, PORT, ROLE, VERSION, Cluster
from .ownership import EmbeddedError, account, binaries, give_access, make_socket_folder

START_SECONDS = 300  # a recovery after a crash may take its time
# The text parser asks the locale which characters are letters, so it has to be a UTF-8 one.
LOCALES = ("C.UTF-8", "en_US.UTF-8")
# Written into postgresql.conf once, where the operator may change them.
FIRST_SETTINGS = {
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "max_connections": "60",
    "random_page_cost": "1.1",
    "jit": "off",  # costs more than it saves in queries that take a tenth of a second
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    # One file for each day of the week, begun anew after seven days.
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    "log_min_messages": "warning",
}
MB = 2**20
# Of the machine's memory; a machine of 2 GB gives the least.
SHARE_OF_BUFFERS, LEAST_BUFFERS, MOST_BUFFERS = 1 / 8, 256 * MB, 2048 * MB
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")


def start(cluster: Cluster, *, is_durable: bool = True) -> None:
    """Brings the server up, from whatever state the last one left behind.

    `is_durable=False` gives up safety against a loss of power for speed: for tests alone.
    """
    give_access(cluster)
    make_socket_folder(cluster)
    if not cluster.data.exists():
        _create(cluster)
    _check_version(cluster)
    if not _is_answering(cluster):
        _clear_remains(cluster)
        if not _is_answering(cluster):  # a starter that was killed may have got that far
            _launch(cluster, is_durable=is_durable)
    _make_database(cluster)


def stop(cluster: Cluster) -> None:
    """Takes the server down after a checkpoint, or at once if that cannot be had."""
    for mode in ("fast", "immediate"):
        if _postmaster(cluster):
            _run(cluster, "pg_ctl", "-D", str(cluster.data), "-w", "-t", "60", "-m", mode, "stop")
    if not cluster.socket_folder.is_relative_to(cluster.home):
        with suppress(OSError):  # not empty: the server is still there
            cluster.socket_folder.rmdir()


def _identity(cluster: Cluster) -> dict[str, Any]:
    owner = account(cluster)
    if owner is None:
        return {}
    return {"user": owner[0], "group": owner[1], "extra_groups": []}


def _run(cluster: Cluster, program: str, *arguments: str) -> bool:
    """Runs one of PostgreSQL's programs, its words going to the cluster's log, and says if it went.

    It has a session of its own, so that Ctrl-C in the terminal does not reach the server.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    with cluster.log.open("ab") as log:
        finished = subprocess.run(
            [binaries() / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=environment,
            cwd="/",
            umask=0o077,
            start_new_session=True,
            check=False,
            **_identity(cluster),
        )
    return finished.returncode == 0


def _last_words(cluster: Cluster) -> str:
    """Returns the end of what the server said, its own log included."""
    logs = [cluster.log, *sorted(cluster.data.glob("log/*"), key=lambda log: log.stat().st_mtime)]
    lines = [
        line
        for log in (logs[0], logs[-1])
        for line in log.read_text(errors="replace").splitlines()[-12:]
    ]
    return "\n".join(dict.fromkeys(lines))


# --- Files ---------------------------------------------------------------------------------------
def _create(cluster: Cluster) -> None:
    """Makes the data directory, which gets its name only when it is whole."""
    print("Making the database (once) ...", file=sys.stderr)
    for remains in cluster.home.glob("postgres.new-*"):
        shutil.rmtree(remains, ignore_errors=True)  # an orphaned initdb may still write there
    draft = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=cluster.home))
    if owner := account(cluster):
        os.chown(draft, *owner)
    if not any(_initialise(cluster, draft, locale) for locale in LOCALES):
        raise EmbeddedError(f"The database cannot be made:\n{_last_words(cluster)}")
    draft.rename(cluster.data)
    _sync(cluster.home)  # lest a crash undo the name, and the next start clear the data away


def memory_settings(n_bytes: int) -> dict[str, str]:
    """How much of a machine's memory PostgreSQL takes, and how much it may think is the cache's."""
    buffers = min(max(int(n_bytes * SHARE_OF_BUFFERS), LEAST_BUFFERS), MOST_BUFFERS)
    cached = max(n_bytes // 2, 2 * LEAST_BUFFERS)
    return {"shared_buffers": f"{buffers // MB}MB", "effective_cache_size": f"{cached // MB}MB"}


def _memory() -> int:
    """The bytes that this machine, or the container on it, may use."""
    n_bytes = psutil.virtual_memory().total
    with suppress(OSError, ValueError):  # no such file, or the word "max"
        n_bytes = min(n_bytes, int(CONTAINER_LIMIT.read_text(encoding="ascii")))
    return n_bytes


def _initialise(cluster: Cluster, draft: Path, locale: str) -> bool:
    chosen = {**FIRST_SETTINGS, **memory_settings(_memory())}
    settings = [f"--set={name}={value}" for name, value in chosen.items()]
    return _run(
        cluster,
        "initdb",
        f"--pgdata={draft}",
        "--username=postgres",
        "--auth=trust",  # the folder of the socket is for its owner alone
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        f"--locale={locale}",
        *settings,
    )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_version(cluster: Cluster) -> None:
    found = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if found != str(VERSION):
        raise EmbeddedError(
            f"{cluster.data} was made by PostgreSQL {found}, and this release brings {VERSION}. "
            "Back up with the release that made it, and restore with this one."
        )


# --- Processes -----------------------------------------------------------------------------------
def _launch(cluster: Cluster, *, is_durable: bool) -> None:
    folder = str(cluster.socket_folder).replace('"', '""')
    settings = {"listen_addresses": "", "unix_socket_directories": f'"{folder}"', "port": PORT}
    if not is_durable:
        settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    options = shlex.join(f"--{name}={value}" for name, value in settings.items())
    cluster.log.write_bytes(b"")
    where, limit = ("-D", str(cluster.data)), ("-w", "-t", str(START_SECONDS))
    if not _run(cluster, "pg_ctl", *where, *limit, "-o", options, "start"):
        raise EmbeddedError(f"PostgreSQL does not start:\n{_last_words(cluster)}")


def _connect(cluster: Cluster) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(
        host=str(cluster.socket_folder),
        port=PORT,
        user="postgres",
        dbname="postgres",
        connect_timeout=10,
        autocommit=True,
    )


def _is_answering(cluster: Cluster) -> bool:
    """Says whether the server answers, after waiting while it lives and does not yet."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            _connect(cluster).close()
        except psycopg.OperationalError:
            if not _postmaster(cluster) or time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        else:
            return True


def _postmaster(cluster: Cluster) -> psutil.Process | None:
    """Returns the living server of this very data directory, whoever else has its old number."""
    recorded = _recorded_pid(cluster)
    return next((process for process in _processes(cluster) if process.pid == recorded), None)


def _recorded_pid(cluster: Cluster) -> int | None:
    try:
        return int((cluster.data / "postmaster.pid").read_text(errors="replace").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _processes(cluster: Cluster) -> list[psutil.Process]:
    """Returns PostgreSQL's processes that work in this data directory."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and process.cwd() == str(cluster.data):
                found.append(process)
        except psutil.Error:
            continue
    return found


def _clear_remains(cluster: Cluster) -> None:
    """Waits for the children of a killed server, and takes away files that name a stranger.

    A killed server whose parent has not yet buried it is as good as a stranger.
    """
    for attempt in range(100):
        remaining = _processes(cluster)
        if _postmaster(cluster):
            return
        if not remaining:
            break
        if attempt == 50:
            for process in remaining:
                with suppress(psutil.NoSuchProcess):  # it may end by itself meanwhile
                    process.send_signal(signal.SIGQUIT)
        time.sleep(0.1)
    else:
        raise EmbeddedError(f"Processes of a server that is gone still use {cluster.data}.")
    recorded = _recorded_pid(cluster)
    if recorded is not None and psutil.pid_exists(recorded):
        (cluster.data / "postmaster.pid").unlink()
    (cluster.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def _make_database(cluster: Cluster) -> None:
    """Makes the archive's role and database: it owns its own and rules no other."""
    with _connect(cluster) as connection:
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE]).rowcount:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
        query = "SELECT FROM pg_database WHERE datname = %s"
        if not connection.execute(query, [DATABASE]).rowcount:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
