"""Servers under measure: started, asked, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from .archives import ROOT, Archive

SECONDS_TO_START = 120
# Of each kind of page one that no question asks: what a worker does once, when it first makes such
# a page, is not what a reader waits for.
WARMING = (
    "/statements/?q=annexation&channel=letter",
    "/search/?q=annexation",
    "/search/suggest?q=annex",
    "/network/?channel=letter",
    "/network/?who=officials&channel=letter",
    "/map/?channel=letter",
    "/calendar/1999/",
    "/on-this-day/02-29/",
    "/countries/?q=y",
    "/officials/?q=y",
    "/organizations/?q=y",
    "/posts/?q=y",
    "/topics/?q=y",
    "/events/?q=y",
    "/outlets/?q=y",
    "/articles/?q=y",
    "/about/",
)
N_CONNECTIONS = 8  # enough to reach each worker


@contextmanager
def ours(archive: Archive) -> Iterator[int]:
    """Serves an archive with gunicorn as `make run` does; gives the port."""
    port = _free_port()
    environment = {**archive.environment, "PORT": str(port)}
    yield from _running([sys.executable, "manage.py", "serve"], port, "/healthz", environment)


@contextmanager
def running(command: list[str], port: int, path: str) -> Iterator[int]:
    yield from _running(command, port, path, dict(os.environ))


def _running(
    command: list[str], port: int, path: str, environment: dict[str, str]
) -> Iterator[int]:
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, path, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def _wait_for(port: int, path: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            if Client(port).get(path)[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    return _free_port()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Client:
    """One kept-open connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str]]:
        self._connection.request("GET", path, headers=headers or {})
        answer = self._connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}

    def seconds(self, path: str, headers: dict[str, str] | None = None) -> float:
        started = time.perf_counter()
        status, _headers = self.get(path, headers)
        taken = time.perf_counter() - started
        if status not in (200, 304):
            raise RuntimeError(f"{status} for {path}")
        return taken


def warm(port: int) -> None:
    """Has each worker make a page of each kind; those that are not there are passed over."""
    for _connection in range(N_CONNECTIONS):
        client = Client(port)
        for path in WARMING:
            client.get(path, {"Cookie": "warming=1"})  # whoever has a cookie gets no kept page


def quantiles(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    place = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return 1000 * median(ordered), 1000 * ordered[place]


def requests_a_second(
    port: int, path: str, headers: dict[str, str], *, n_clients: int, seconds: float
) -> float:
    """How many answers a number of clients get, each asking again at once."""
    until = time.monotonic() + seconds
    counts = [0] * n_clients

    def ask(place: int) -> None:
        client = Client(port)
        while time.monotonic() < until:
            client.seconds(path, headers)
            counts[place] += 1

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(n_clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds
