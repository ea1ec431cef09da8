"""What was backed up comes back row by row, and a damaged file changes nothing."""

import stat

import psycopg
import pytest
from psycopg import sql

from archive import cluster
from tests.archive.commands import copy, manage


def connect(home):
    known = cluster.connection(home)
    where = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"]}
    return psycopg.connect(dbname=known["NAME"], autocommit=True, **where)


def digests(home):
    """Returns of each table how many rows it has, and a digest of them all."""
    with connect(home) as connection:
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        ).fetchall()
        count = sql.SQL(
            "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) "
            "FROM {} t"
        )
        return {
            table: connection.execute(count.format(sql.Identifier(table))).fetchone()
            for (table,) in tables
        }


def add_topic(home):
    with connect(home) as connection:
        connection.execute(
            "INSERT INTO statements_topic (slug, name, description) VALUES ('new', 'New', '')"
        )


def test_an_archive_comes_back_row_by_row(filled, scratch, use):
    use(filled).wait_until_up()
    before = digests(filled)
    assert before["statements_statement"][0] == 16
    file = scratch / "a backup.dump"
    finished = manage(filled, "backup", str(file))
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout == f"{file}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    add_topic(filled)
    assert digests(filled) != before
    finished = manage(filled, "restore", str(file))
    assert finished.returncode == 0, finished.stderr
    assert digests(filled) == before
    assert manage(filled, "migrate", "--check").returncode == 0


@pytest.mark.slow
def test_an_archive_comes_back_elsewhere_and_can_be_worked_with(filled, scratch, empty, use):
    file = scratch / "backup.dump"
    assert manage(filled, "backup", str(file)).returncode == 0
    elsewhere = copy(empty, scratch / "elsewhere")
    use(elsewhere).wait_until_up()
    for _ in range(2):  # what a first restoration put aside is no hindrance
        assert manage(elsewhere, "restore", str(file)).returncode == 0
    assert digests(elsewhere)["statements_statement"][0] == 16
    add_topic(elsewhere)


def test_an_archive_comes_back_on_the_server_that_the_tests_use(home, scratch, server_variables):
    def run(*command):
        finished = manage(home, *command, **server_variables)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    count = "from statements.models import Country; print(Country.objects.count())"
    run("migrate", "--verbosity=0")
    before = run("shell", "--no-imports", "-c", count)
    run("backup", str(scratch / "backup.dump"))
    run("shell", "--no-imports", "-c", "from django.db import connection as c\n" + SPOIL)
    assert run("shell", "--no-imports", "-c", count) == "0\n"
    run("restore", str(scratch / "backup.dump"))
    assert run("shell", "--no-imports", "-c", count) == before


SPOIL = "c.cursor().execute('TRUNCATE statements_country CASCADE')"


def test_a_backup_without_a_name_is_dated(made):
    finished = manage(made, "backup")
    assert finished.returncode == 0, finished.stderr
    (file,) = (made / "backups").iterdir()
    assert finished.stdout == f"{file}\n"


def test_a_damaged_file_changes_nothing(filled, scratch, use):
    use(filled).wait_until_up()
    file = scratch / "backup.dump"
    assert manage(filled, "backup", str(file)).returncode == 0
    whole = file.read_bytes()
    before = digests(filled)
    for damaged in (b"", b"nonsense" * 100, whole[: len(whole) * 2 // 3]):
        file.write_bytes(damaged)
        finished = manage(filled, "restore", str(file))
        assert finished.returncode == 1
        assert "Nothing was changed." in finished.stderr
    assert digests(filled) == before


def test_a_file_that_is_not_there_is_said(made, scratch):
    finished = manage(made, "restore", str(scratch / "none.dump"))
    assert finished.returncode == 1
    assert "There is no file" in finished.stderr


def test_a_backup_that_cannot_be_made_leaves_no_file(scratch):
    variables = {
        "DATABASE_URL": f"postgresql://nobody@/none?host={scratch}",
        "SECRET_KEY": "Hl0fGm2jQz7VYx3bTn8cKd5rWe1uPs9aXi4oLv6yBq0hNw2kJt",
        "ALLOWED_HOSTS": "archive.example.org",
    }
    finished = manage(scratch / "var", "backup", str(scratch / "x.dump"), **variables)
    assert finished.returncode == 1
    assert not list(scratch.glob("x.dump*"))
