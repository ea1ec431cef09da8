"""Scratch folders for archives that run as processes of their own."""

import contextlib
import fcntl
import os
import shutil
import signal
import tempfile
import uuid
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from archive import cluster
from tests.archive.commands import Server, User, copy, postmaster


@pytest.fixture
def scratch():
    """A folder outside pytest's own, which pytest closes to PostgreSQL's user."""
    folder = Path(tempfile.mkdtemp(prefix="demarche-test-", dir="/tmp"))
    yield folder
    for data in folder.rglob("postgres"):
        if pid := postmaster(data.parent):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
        elsewhere = cluster.at(data.parent).socket_folder
        if not elsewhere.is_relative_to(folder):
            shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(scratch):
    """Where an archive keeps what it keeps."""
    return scratch / "var"


@contextlib.contextmanager
def made_once(folder, make):
    """Has a folder made by the first of a run's processes, and taken away by the last."""
    mine = folder.with_suffix(f".used-by-{os.getpid()}")
    with open(folder.with_suffix(".lock"), "ab") as lock:
        with alone(lock):
            if not folder.exists():
                folder.mkdir()
                make(folder)
            mine.touch()
        yield
        with alone(lock):
            mine.unlink()
            if not list(folder.parent.glob(f"{folder.name}.used-by-*")):
                shutil.rmtree(folder)
                Path(lock.name).unlink(missing_ok=True)


@contextlib.contextmanager
def alone(lock):
    """Keeps the other processes out meanwhile."""
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)


@pytest.fixture(scope="session")
def empty(testrun_uid):
    """What an archive keeps once its database is made, which is no safer from a loss of power."""
    folder = Path(f"/tmp/demarche-empty-{testrun_uid}")

    def make(folder):
        User(folder / "var").wait_until_up().leave()
        with (folder / "var" / "postgres" / "postgresql.conf").open("a") as file:
            file.write("fsync = off\n")

    with made_once(folder, make):
        yield folder / "var"


@pytest.fixture(scope="session")
def template(testrun_uid, empty):
    """What an archive keeps after its first start and stop, made once for many tests."""
    folder = Path(f"/tmp/demarche-template-{testrun_uid}")

    def make(folder):
        copy(empty, folder / "var")
        server = Server(folder / "var", ADMIN_PASSWORD="as the template has it")
        try:
            server.wait_until_up()
        finally:
            server.stop()

    with made_once(folder, make):
        yield folder / "var"


@pytest.fixture
def made(home, empty):
    """A folder whose database is made and empty, for tests of anything but a first start."""
    return copy(empty, home)


@pytest.fixture
def filled(home, template):
    """A folder of its own whose archive holds the demonstration and a curator."""
    return copy(template, home)


@pytest.fixture
def use():
    """Starts users of an archive's database; those that are left over are killed."""
    users = []

    def start(home, *arguments):
        users.append(User(home, *arguments))
        return users[-1]

    yield start
    for user in users:
        if user.process.poll() is None:
            user.kill()


@pytest.fixture
def serve():
    """Starts servers; those that are left over are stopped."""
    servers = []

    def start(home, **variables):
        servers.append(Server(home, **variables))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server_variables(db):
    """Settings for an empty database of its own on the server that the tests use."""
    known = connection.settings_dict
    name = f"serving_{uuid.uuid4().hex[:12]}"
    where = {
        "host": known["HOST"],
        "port": known["PORT"] or None,
        "user": known["USER"],
        "password": known["PASSWORD"] or None,
    }
    with psycopg.connect(dbname="postgres", autocommit=True, **where) as control:
        control.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        query = f"host={known['HOST']}" + (f"&port={known['PORT']}" if known["PORT"] else "")
        yield {
            "DATABASE_URL": f"postgresql://{known['USER']}@/{name}?{query}",
            "SECRET_KEY": "Hl0fGm2jQz7VYx3bTn8cKd5rWe1uPs9aXi4oLv6yBq0hNw2kJt",
            "ALLOWED_HOSTS": "archive.example.org",
            "TRUST_PROXY": "1",
        }
        for made in (name, f"{name}_before_restore"):
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            control.execute(drop.format(sql.Identifier(made)))
