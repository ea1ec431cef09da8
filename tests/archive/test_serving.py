"""`manage.py serve`, as `make run` runs it."""

import gc
import re
import signal
import socket

import pytest
from django.template import engines

from archive.serving import compile_templates, settle_memory
from tests.archive.commands import manage, postmaster

PASSWORD = "as the operator wants it"


def status(server, path, **headers):
    return server.open(path, **headers).status


def ask(home, code, **variables):
    """Returns what a line of Python prints within the archive."""
    finished = manage(home, "shell", "--no-imports", "-c", code, **variables)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


CHECK_PASSWORD = """
import sys
from django.contrib.auth import authenticate
print(authenticate(username="curator", password={!r}) is not None)
"""
N_STATEMENTS = "from statements.models import Statement; print(Statement.objects.count())"


def test_a_first_start_serves_the_demonstration_and_a_stop_stops_everything(home, serve):
    server = serve(home).wait_until_up()
    assert status(server, "/healthz") == 200
    assert status(server, "/readyz") == 200
    assert status(server, "/") == 200
    page = server.open("/statements/2024-01-19-jilani-amir-abdollahian/").text
    assert "Jilani" in page
    password = re.search(r"Log in as curator with the password (\S+)", server.text)[1]
    assert server.stop() == 0
    assert postmaster(home) is None
    assert ask(home, CHECK_PASSWORD.format(password)) == "True"
    assert ask(home, N_STATEMENTS) == "16"


def test_what_is_there_stays_and_nothing_is_loaded_or_printed_twice(filled, serve):
    ask(filled, "from statements.models import Topic; print(Topic.objects.all().delete()[0] > 0)")
    server = serve(filled).wait_until_up()
    assert "password" not in server.text
    query = "from statements.models import Topic, Statement as s; "
    assert ask(filled, query + "print(Topic.objects.count(), s.objects.count())") == "0 16"


def test_the_operators_password_is_taken_and_not_printed(filled, serve):
    ask(filled, "from django.contrib.auth.models import User; User.objects.all().delete()")
    server = serve(filled, ADMIN_PASSWORD=PASSWORD).wait_until_up()
    server.stop()
    assert "ADMIN_PASSWORD" in server.text
    assert PASSWORD not in server.text + "".join(server.errors)
    assert ask(filled, CHECK_PASSWORD.format(PASSWORD)) == "True"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_stop_it_too(filled, serve, number):
    server = serve(filled).wait_until_up()
    assert server.stop(number) == 0
    assert postmaster(filled) is None


def test_a_taken_port_is_said_plainly(filled, serve):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = serve(filled, PORT=str(port))
        assert server.stop_by_itself() == 1
    assert f"PORT: 127.0.0.1:{port} is taken." in "".join(server.errors)
    assert "Traceback" not in "".join(server.errors)
    assert postmaster(filled) is None


@pytest.mark.slow
def test_two_servers_share_one_archive(home, serve):
    servers = [serve(home), serve(home)]
    for server in servers:
        assert status(server.wait_until_up(), "/readyz") == 200
    assert sum("Log in as curator with the password" in server.text for server in servers) == 1
    servers[0].stop()
    assert status(servers[1], "/readyz") == 200
    servers[1].stop()
    assert postmaster(home) is None


def test_queries_of_8_kb_are_answered_and_longer_ones_refused(filled, serve):
    server = serve(filled).wait_until_up()
    assert status(server, "/statements/?q=" + "a" * (8192 - 2)) == 200
    assert status(server, "/statements/?q=" + "a" * (8192 - 1)) == 414
    assert status(server, "/statements/?q=" + "a" * 20_000) == 414
    assert status(server, "/", Referer="http://127.0.0.1/?q=" + "a" * 8190) == 200
    assert status(server, "/", Cookie="a" * 9216) == 431


def test_static_files_are_served_with_a_name_that_lasts(filled, serve):
    server = serve(filled).wait_until_up()
    page = server.open("/admin/login/").text
    path = re.search(r'href="(/static/admin/css/base\.[0-9a-f]{12}\.css)"', page)[1]
    assert status(server, path) == 200


def test_a_foreign_host_and_a_forged_scheme_are_not_believed(filled, serve):
    server = serve(filled).wait_until_up()
    assert status(server, "/", Host="evil.example") == 400
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    answer = server.open("/", **forged)
    assert answer.status == 200
    assert "evil.example" not in answer.text
    assert "https://127.0.0.1" not in answer.text


def test_it_answers_again_when_the_database_was_away(filled, serve):
    server = serve(filled).wait_until_up()
    assert status(server, "/readyz") == 200
    ask(filled, TERMINATE)
    assert status(server, "/readyz") == 200


TERMINATE = """
from django.db import connection

with connection.cursor() as cursor:
    cursor.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE usename = current_user AND pid <> pg_backend_pid()"
    )
"""


@pytest.mark.slow
def test_two_servers_start_at_once_on_an_empty_database(home, serve, server_variables):
    servers = [serve(home / name, **server_variables) for name in ("one", "two")]
    for server in servers:
        server.wait_until_up()
    assert sum("Log in as curator with the password" in server.text for server in servers) == 1
    assert not (home / "one" / "postgres").exists()
    assert ask(home / "one", N_STATEMENTS, **server_variables) == "16"
    assert [server.stop() for server in servers] == [0, 0]


def test_a_server_redirects_to_https_and_is_probed_without(home, serve, server_variables):
    server = serve(home, **server_variables).wait_until_up()
    ours = {"Host": "archive.example.org"}
    assert status(server, "/healthz", **ours) == 200
    secure = server.open("/", **ours, **{"X-Forwarded-Proto": "https"})
    assert secure.status == 200
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    plain = server.open("/", **ours)
    assert (plain.status, plain.headers["Location"]) == (301, "https://archive.example.org/")


def test_what_is_loaded_before_the_fork_is_no_garbage_to_look_for():
    before = gc.get_threshold()
    try:
        settle_memory()
        assert gc.get_freeze_count() > len(gc.get_objects())
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def test_templates_are_read_before_the_fork():
    compile_templates()
    [loader] = engines["django"].engine.template_loaders
    assert {"base.html", "browse/statement.html", "charts/bars.svg"} <= set(
        loader.get_template_cache
    )
