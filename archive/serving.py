"""Serves the archive: prepares the database once, then hands over to gunicorn."""

import errno
import fcntl
import gc
import hashlib
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import gunicorn.http.message
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.template.loader import get_template
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

OLDEST_POSTGRESQL = 15
CURATOR = "curator"
DEMONSTRATION = Path("statements") / "archives" / "demonstration.jsonl"
# Any number will do that no other program of the same database locks.
SECONDS_BETWEEN_ASKING = 0.2
PREPARATION_LOCK = 0x44454D41
N_THREADS = 4
# A page makes ten thousand objects or more, and leaves hardly any circle of them.
COLLECT_AFTER = (10_000, 20, 50)
# 8 KB of query, and room for the path and the method. The same again as a Referer.
LONGEST_LINE = 8192 + 512


@dataclass(frozen=True)
class FirstAccount:
    """The superuser that was just made. A password that was made up is kept nowhere else."""

    name: str
    password: str
    is_made_up: bool


def check_version() -> None:
    """Refuses a server that lacks what the archive relies on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        (version,) = cursor.fetchone()
    if version < OLDEST_POSTGRESQL:
        raise CommandError(
            f"DATABASE_URL: this is PostgreSQL {version}; {OLDEST_POSTGRESQL} or newer is needed."
        )


def prepare() -> FirstAccount | None:
    """Brings the database up to date, fills an empty one, and sees to a first account.

    Of several servers that start at once, one prepares and the others wait.
    """
    check_version()
    with _alone():
        call_command("migrate", interactive=False, verbosity=0)
        if is_empty():
            call_command(
                "import_archive", str(settings.BASE_DIR / DEMONSTRATION), stdout=sys.stderr
            )
        return make_curator()


def is_empty() -> bool:
    """Says whether the archive holds nothing that anyone put there."""
    models = (apps.get_model("statements", name) for name in ("Statement", "Official", "Article"))
    return not any(model._default_manager.exists() for model in models)


def make_curator() -> FirstAccount | None:
    """Makes the superuser `curator` when there is no superuser."""
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True).exists():
        return None
    if users.filter(username=CURATOR).exists():
        raise CommandError(
            f"There is no superuser, and the name {CURATOR} is taken. "
            "Make one: manage.py createsuperuser."
        )
    given = settings.ADMIN_PASSWORD
    account = FirstAccount(CURATOR, given or secrets.token_urlsafe(12), is_made_up=not given)
    users.create_superuser(account.name, password=account.password)
    return account


def gather_static_files() -> None:
    """Gathers what pages are dressed in; one server after the other where two start at once."""
    with (settings.VAR_DIR / "static.gathering").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept, found = settings.VAR_DIR / "static.found", _fingerprint()
        is_gathered = (settings.STATIC_ROOT / "staticfiles.json").exists()
        if is_gathered and kept.exists() and kept.read_text(encoding="utf-8") == found:
            return
        kept.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        kept.write_text(found, encoding="utf-8")


def _fingerprint() -> str:
    """Tells all static files apart from what they were, without reading them."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            seen.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def open_port() -> socket.socket:
    """Takes the port before anything else is done, so that a taken one costs nobody a minute."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.HOST, settings.PORT))
        listener.listen()
    except OSError as error:
        listener.close()
        reason = "is taken" if error.errno == errno.EADDRINUSE else f"({error.strerror})"
        raise CommandError(
            f"PORT: {settings.HOST}:{settings.PORT} {reason}. Choose another: make run PORT=8001."
        ) from None
    return listener


def serve(listener: socket.socket, announce: Callable[[], None]) -> NoReturn:
    """Serves on the open port until a signal ends it; says so when requests are taken."""
    gunicorn.http.message.MAX_REQUEST_LINE = LONGEST_LINE  # its own bound lies under 8 KB of query
    connections.close_all()  # a fork must not share a connection
    Server(Application(listener, announce)).run()
    raise SystemExit(0)


class Server(Arbiter):
    """Gunicorn's master, which a closed terminal ends: settings come from an environment that
    cannot change, so that there would be nothing to load anew.
    """

    def handle_hup(self) -> None:
        raise StopIteration


class Application(BaseApplication):
    """The archive and its settings as gunicorn wants them."""

    def __init__(self, listener: socket.socket, announce: Callable[[], None]) -> None:
        self.listener = listener
        self.announce = announce
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options().items():
            self.cfg.set(name, value)

    def options(self) -> dict[str, Any]:
        return {
            "bind": f"fd://{self.listener.detach()}",  # gunicorn closes it under its own object
            "workers": settings.WEB_CONCURRENCY,
            "worker_class": "gthread",
            "threads": N_THREADS,
            "preload_app": True,  # memory is shared, and a broken setting fails at once
            "control_socket_disable": True,
            "limit_request_line": LONGEST_LINE,
            "limit_request_field_size": LONGEST_LINE,
            "forwarded_allow_ips": "",  # TRUST_PROXY, and Django alone, says what is believed
            "loglevel": "warning",
            "when_ready": lambda server: self.announce(),
        }

    def load(self) -> Any:
        from archive.wsgi import application  # noqa: PLC0415  (opens the application, once)

        compile_templates()
        settle_memory()
        return application


def compile_templates() -> None:
    """Reads every template of the archive's own, so that no reader waits for it and workers share
    what it is compiled to.
    """
    folder = settings.BASE_DIR / "templates"
    for path in (*folder.rglob("*.html"), *folder.rglob("*.svg")):
        get_template(path.relative_to(folder).as_posix())


def settle_memory() -> None:
    """Takes what is loaded out of every later search for garbage, so that workers share it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


@contextmanager
def _alone() -> Iterator[None]:
    # Asked again and again: whoever waits within a query holds up an index that is built beside it.
    while not _is_taken():
        time.sleep(SECONDS_BETWEEN_ASKING)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARATION_LOCK])


def _is_taken() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [PREPARATION_LOCK])
        return bool(cursor.fetchone()[0])
