"""Exports over a real server: whole, or visibly broken off."""

import csv
import http.client
import io
import socket
from urllib.parse import urlsplit

import pytest

from tests.archive.commands import manage, wait_until

N_STATEMENTS = 10_000
TERMINATE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND state = 'idle in transaction'"
    )
    print(cursor.fetchone()[0])
"""


@pytest.fixture
def large(filled):
    """An archive whose exports do not fit into what lies between server and client."""
    finished = manage(filled, "make_sample", "--statements", str(N_STATEMENTS))
    assert finished.returncode == 0, finished.stderr
    return filled


def slow(server):
    """A connection that takes in little before it is read from."""
    address = urlsplit(server.url)
    asker = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    asker.sock = socket.socket()
    asker.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asker.sock.settimeout(60)
    asker.sock.connect((address.hostname, address.port))
    return asker


def terminated(home):
    finished = manage(home, "shell", "--no-imports", "-c", TERMINATE)
    assert finished.returncode == 0, finished.stderr
    return int(finished.stdout)


def test_exports_over_a_server(large, serve):
    server = serve(large).wait_until_up()
    told = server.open("/statements.csv").text
    rows = list(csv.DictReader(io.StringIO(told.removeprefix("\ufeff"), newline="")))
    assert len(rows) == N_STATEMENTS + 16

    asker = slow(server)
    asker.request("GET", "/statements.jsonl")
    answer = asker.getresponse()
    assert (answer.status, answer.headers["Transfer-Encoding"]) == (200, "chunked")
    first = answer.read(1000)
    wait_until(lambda: terminated(large))
    with pytest.raises(http.client.IncompleteRead) as broken:
        answer.read()
    assert not (first + broken.value.partial).endswith(b"\n0\r\n\r\n")
    asker.close()

    assert server.open("/statements.json?limit=1").status == 200
    assert len(server.open("/statements.jsonl").text.splitlines()) == N_STATEMENTS + 16


@pytest.mark.slow
def test_a_client_that_leaves_gives_its_place_up(large, serve):
    server = serve(large).wait_until_up()
    askers = [slow(server), slow(server)]
    for asker in askers:
        asker.request("GET", "/statements.csv")
        assert asker.getresponse().read(1000)
    assert server.open("/statements.csv").status == 503
    assert server.open("/statements/").status == 200
    for asker in askers:
        asker.sock.close() if asker.sock else None
        asker.close()
    del asker, askers
    wait_until(lambda: server.open("/statements.csv").status == 200)
