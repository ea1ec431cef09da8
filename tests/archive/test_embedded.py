"""The embedded database starts with its first user and stops with its last, whatever befalls."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

import psutil
import psycopg
import pytest
from django.conf import settings
from django.test import override_settings

from archive import cluster, embedded, ownership
from tests.archive.commands import (
    ROOT,
    environment,
    manage,
    postmaster,
    wait_until,
)

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")


def connect(home):
    known = cluster.connection(home)
    return psycopg.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], dbname=known["NAME"]
    )


def keep_rows(home):
    with connect(home) as connection:
        connection.execute("CREATE TABLE kept (number int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")


def n_rows(home):
    with connect(home) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


def test_it_works(home, use):
    user = use(home).wait_until_up()
    assert postmaster(home)
    with connect(home) as connection:
        assert connection.execute("SHOW server_version_num").fetchone()[0].startswith("18")
        assert connection.execute("SHOW fsync").fetchone()[0] == "on"
        assert connection.execute("SHOW listen_addresses").fetchone()[0] == ""
        assert connection.execute("SHOW server_encoding").fetchone()[0] == "UTF8"
    user.leave()
    assert postmaster(home) is None


def test_words_are_told_apart_in_every_script(made, use):
    use(made).wait_until_up()
    with connect(made) as connection:
        words = connection.execute(
            "SELECT tsvector_to_array(to_tsvector('simple', 'Élan don’t حسین-امیر Россия'))"
        ).fetchone()[0]
    assert {"élan", "don", "t", "россия", "حسین", "امیر"} <= set(words)


def test_the_role_of_the_archive_rules_nothing_else(made, use):
    use(made).wait_until_up()
    with connect(made) as connection:
        query = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = %s"
        assert connection.execute(query, [cluster.ROLE]).fetchone() == (False, True, False)


def test_nobody_else_can_reach_the_socket_or_the_data(home, use):
    use(home).wait_until_up()
    for folder in (home / "run", home / "postgres"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_many_start_at_once_and_the_last_one_stops_it(home, use):
    users = [use(home) for _ in range(6)]
    for user in users:
        user.wait_until_up()
    first = postmaster(home)
    for user in users:
        assert postmaster(home) == first
        user.leave()
    assert postmaster(home) is None


@pytest.mark.slow
def test_many_come_and_go(made, use):
    keeper = use(made).wait_until_up()
    for _ in range(3):
        users = [use(made) for _ in range(3)]
        for user in users:
            user.wait_until_up().leave()
    assert postmaster(made)
    keeper.leave()
    assert postmaster(made) is None


def test_a_killed_user_does_not_keep_it_up(made, use):
    killed, other = use(made).wait_until_up(), use(made).wait_until_up()
    killed.kill()
    assert postmaster(made)
    other.leave()
    assert postmaster(made) is None


def test_after_the_only_user_was_killed_the_next_one_takes_over(made, use):
    use(made).wait_until_up().kill()
    left_over = postmaster(made)
    assert left_over
    user = use(made).wait_until_up()
    assert postmaster(made) == left_over
    user.leave()
    assert postmaster(made) is None


def test_what_was_saved_outlives_a_killed_server(made, use):
    user = use(made).wait_until_up()
    keep_rows(made)
    os.kill(postmaster(made), signal.SIGKILL)
    other = use(made).wait_until_up()
    assert n_rows(made) == 1000
    other.leave()
    user.leave()
    assert postmaster(made) is None


def test_a_server_killed_while_a_query_runs_is_started_anew(made, use):
    use(made).wait_until_up()
    keep_rows(made)
    with connect(made) as connection:
        connection.autocommit = True  # within a transaction the list of sessions stays the same
        backend = connection.info.backend_pid
        busy = subprocess.Popen(
            [sys.executable, "-c", SLOW_QUERY, connection.info.dsn], stderr=subprocess.DEVNULL
        )
        wait_until(
            lambda: connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%generate_series%%' "
                "AND pid <> %s",
                [backend],
            ).fetchone()[0]
        )
    os.kill(postmaster(made), signal.SIGKILL)
    use(made).wait_until_up()
    assert n_rows(made) == 1000
    busy.wait(timeout=30)


SLOW_QUERY = """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as connection:
    connection.execute("SELECT count(*) FROM generate_series(1, 2000000000)")
"""


@pytest.mark.slow
def test_a_number_that_now_belongs_to_another_program_is_no_server(made, use):
    use(made).wait_until_up().leave()
    data = made / "postgres"
    owner = data.stat().st_uid
    identity = {"user": owner} if os.geteuid() == 0 else {}
    stranger = subprocess.Popen(["sleep", "60"], **identity)
    try:
        stale = data / "postmaster.pid"
        stale.write_text(
            f"{stranger.pid}\n{data}\n1700000000\n5432\n{made / 'run'}\n\n0 0\nready\n"
        )
        os.chown(stale, owner, -1)
        user = use(made).wait_until_up()
        assert postmaster(made) != stranger.pid
        user.leave()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_killed_first_start_leaves_nothing_half_made(home, use):
    user = use(home)
    wait_until(lambda: list(home.glob("postgres.new-*/global")))
    user.kill()
    assert not (home / "postgres").exists()
    use(home).wait_until_up().leave()
    wait_until(lambda: not _processes_within(home))
    shutil.rmtree(home / "postgres")
    use(home).wait_until_up().leave()
    assert not list(home.glob("postgres.new-*"))


def _processes_within(home):
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(home) in part for part in process.info["cmdline"] or [])
    ]


@pytest.mark.parametrize(
    "name",
    [
        "with spaces",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("it's", "ünïcode-ایران", "a,b")),
    ],
)
def test_any_name_of_a_folder_will_do(scratch, use, name):
    user = use(scratch / name).wait_until_up()
    assert postmaster(scratch / name)
    user.leave()
    assert postmaster(scratch / name) is None


def test_a_path_too_long_for_a_socket_will_do(scratch, use):
    home = scratch / "a long name" / ("longer and " * 15 + "longer")
    elsewhere = cluster.at(home).socket_folder
    assert not elsewhere.is_relative_to(scratch)
    user = use(home).wait_until_up()
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
    keep_rows(home)
    user.leave()
    assert postmaster(home) is None
    assert not elsewhere.exists()


@pytest.mark.slow
def test_links_to_a_folder_are_that_folder(scratch, use):
    use(scratch / "var").wait_until_up()
    (scratch / "link").symlink_to(scratch / "var")
    use(scratch / "link").wait_until_up()
    assert cluster.at(scratch / "link") == cluster.at(scratch / "var")


@as_root
def test_a_socket_folder_of_someone_else_is_refused(scratch, use):
    home = scratch / ("x" * 120)
    elsewhere = cluster.at(home).socket_folder
    elsewhere.mkdir(mode=0o777)
    os.chown(elsewhere, pwd.getpwnam("nobody").pw_uid, -1)
    try:
        user = use(home)
        assert user.process.wait(timeout=30) == 1
        assert "belongs to someone else" in user.process.stderr.read()
    finally:
        shutil.rmtree(elsewhere)


@as_root
@pytest.mark.slow
def test_root_opens_folders_above_for_passing_through_and_no_further(scratch, use):
    closed = scratch / "closed"
    closed.mkdir(mode=0o700)
    use(closed / "var").wait_until_up().leave()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o701
    assert (closed / "var" / "postgres").stat().st_uid == pwd.getpwnam("demarche").pw_uid


@as_root
def test_of_many_that_make_the_system_user_at_once_all_get_it(monkeypatch):
    name = f"demarche-{os.getpid()}"
    monkeypatch.setattr(ownership, "SYSTEM_USER", name)
    try:
        with ThreadPoolExecutor(6) as pool:
            made = [pool.submit(ownership._make_system_user) for _ in range(6)]
        assert [future.exception() for future in made] == [None] * 6
        assert pwd.getpwnam(name).pw_uid > 0
    finally:
        subprocess.run(["userdel", name], check=True)


@as_root
def test_a_system_user_that_cannot_be_made_is_an_error_that_says_so(monkeypatch):
    monkeypatch.setattr(ownership, "SYSTEM_USER", "no such:name")
    with pytest.raises(ownership.EmbeddedError, match="cannot be made"):
        ownership._make_system_user()


@as_root
def test_an_ordinary_user_runs_it_as_themselves(scratch):
    nobody = pwd.getpwnam("nobody")
    os.chown(scratch, nobody.pw_uid, nobody.pw_gid)
    assert _as_user(nobody, lambda: _use_once(scratch / "var")) == 0
    assert (scratch / "var" / "postgres").stat().st_uid == nobody.pw_uid
    assert postmaster(scratch / "var") is None


@as_root
@pytest.mark.slow
def test_root_runs_an_ordinary_users_data_as_that_user(scratch, use):
    nobody = pwd.getpwnam("nobody")
    os.chown(scratch, nobody.pw_uid, nobody.pw_gid)
    assert _as_user(nobody, lambda: _use_once(scratch / "var")) == 0
    user = use(scratch / "var").wait_until_up()
    assert psutil.Process(postmaster(scratch / "var")).uids().real == nobody.pw_uid
    user.leave()
    assert _as_user(nobody, lambda: _use_once(scratch / "var")) == 0


@as_root
@pytest.mark.slow
def test_an_ordinary_user_is_told_that_data_are_someone_elses(scratch, use):
    use(scratch / "var").wait_until_up().leave()
    os.chmod(scratch, 0o755)

    def refuse():
        with pytest.raises(ownership.EmbeddedError, match="belongs to another user"):
            _use_once(scratch / "var")

    assert _as_user(pwd.getpwnam("nobody"), refuse) == 0


def _use_once(home):
    cluster.make_home(home)
    with override_settings(VAR_DIR=home, IS_EMBEDDED=True), embedded.running():
        with connect(home) as connection:
            connection.execute("SELECT 1")


def _as_user(entry, act):
    """Acts as a user in a fork: the interpreter itself may be out of that user's reach."""
    child = os.fork()
    if not child:
        code = 1
        try:
            os.setgroups([])
            os.setgid(entry.pw_gid)
            os.setuid(entry.pw_uid)
            act()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(made, use):
    user = use(made).wait_until_up()
    assert os.getsid(postmaster(made)) != os.getsid(user.process.pid)


def test_a_fork_shares_the_use_and_does_not_end_it(made, use):
    user = use(made, FORKING)
    user.wait_until_up()
    assert postmaster(made)
    user.leave()
    assert postmaster(made) is None


FORKING = """
import os, sys
from archive import embedded
embedded.enter()
child = os.fork()
if not child:
    embedded.leave()
    os._exit(0)
os.waitpid(child, 0)
print("up", flush=True)
sys.stdin.read()
embedded.leave()
"""


def test_uses_within_one_process_are_counted(made, use):
    user = use(made, NESTED)
    user.wait_until_up()
    assert postmaster(made)
    user.leave()
    assert postmaster(made) is None


NESTED = """
import sys
from archive import embedded
with embedded.running():
    with embedded.running():
        pass
    print("up", flush=True)
    sys.stdin.read()
"""


@pytest.mark.slow
def test_data_of_another_version_are_refused(made, use):
    use(made).wait_until_up().leave()
    (made / "postgres" / "PG_VERSION").write_text("17\n")
    user = use(made)
    assert user.process.wait(timeout=30) == 1
    assert "made by PostgreSQL 17" in user.process.stderr.read()


@pytest.mark.slow
def test_a_server_that_cannot_start_says_why(made, use):
    use(made).wait_until_up().leave()
    (made / "postgres" / "postgresql.conf").write_text("shared_buffers = nonsense\n")
    user = use(made)
    assert user.process.wait(timeout=60) == 1
    assert "shared_buffers" in user.process.stderr.read()


@pytest.mark.slow
def test_settings_of_the_operator_are_kept(made, use):
    use(made).wait_until_up().leave()
    with (made / "postgres" / "postgresql.conf").open("a") as file:
        file.write("work_mem = 8MB\n")
    use(made).wait_until_up()
    with connect(made) as connection:
        assert connection.execute("SHOW work_mem").fetchone()[0] == "8MB"


@pytest.mark.parametrize("command", ["--version", "help"])
def test_a_command_that_needs_no_database_starts_none(home, command):
    finished = manage(home, command)
    assert finished.returncode == 0, finished.stderr
    assert not (home / "postgres").exists()


def test_a_command_that_is_told_to_end_stops_the_database(made):
    waiting = "import sys, time; print('up', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "shell", "-c", waiting],
        env=environment(made),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert any(line == "up\n" for line in process.stdout)
    assert postmaster(made)
    process.terminate()
    assert process.wait(timeout=30) == 128 + signal.SIGTERM
    assert postmaster(made) is None


def test_the_tests_have_a_database_of_their_own():
    assert settings.VAR_DIR.name == "test"
