"""An import that brings more than was there: the same rows, and tables as they were before."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, Phase, example, given, settings

from statements.interchange import bulk, deriving, writing
from statements.interchange import load as loading
from statements.interchange.load import OnConflict, load
from statements.models import Statement
from tests.counts import assert_true
from tests.interchange.archives import archives
from tests.interchange.files import ALL, STATEMENT, emptied, held, write

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = ROOT / "statements" / "archives" / "demonstration.jsonl"
TABLES = """
SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
    || convalidated || condeferrable || condeferred
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL SELECT tgrelid::regclass::text, tgenabled::text || pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
"""
DERIVED = """
SELECT key, account, basis, search_vector, earliest_on, latest_on, sort_on,
    (SELECT array_agg(facet ORDER BY facet) FROM unnest(facets) AS facet)
FROM statements_statement ORDER BY key
"""

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("transactions")]


@pytest.fixture
def at_once(monkeypatch):
    """Sets indexes aside from the first batch on, and makes batches of a few lines."""
    monkeypatch.setattr(bulk, "N_WORTH", 0)
    monkeypatch.setattr(deriving, "N_WORTH", 1)
    monkeypatch.setattr(loading, "N_AT_ONCE", 4)


@pytest.fixture
def was_bulk(monkeypatch):
    """Whether the last import set indexes aside."""
    found = []
    finish = bulk.Bulk.finish
    monkeypatch.setattr(bulk.Bulk, "finish", lambda self: (found.append(self.is_on), finish(self)))
    return found


def rows(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def execute(query):
    with connection.cursor() as cursor:
        cursor.execute(query)


def statements(n, **fields):
    return [STATEMENT | {"key": f"statement-{number}"} | fields for number in range(n)]


def test_it_leaves_the_same_archive_and_tables(tmp_path, at_once, was_bulk):
    before = rows(TABLES)
    assert load([write(tmp_path, *ALL, *statements(30))]).is_accepted
    usual = held()
    emptied()
    report = load([write(tmp_path, usual.encode())], may_lock=True)
    assert str(report) == "created 39, updated 0, unchanged 0, refused 0"
    assert was_bulk == [False, True]
    assert held() == usual
    assert rows(TABLES) == before
    assert_true()


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[
        HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large,
    ],
)  # fmt: skip
@example(ALL)
@given(archives())
def test_what_it_derives_is_what_is_derived_row_by_row(tmp_path, at_once, objects):
    emptied()
    report = load([write(tmp_path, *objects)], may_lock=True)
    assert report.is_accepted, report.refusals
    derived, told = rows(DERIVED), held()
    execute("UPDATE statements_statement SET id = id")
    assert rows(DERIVED) == derived
    emptied()
    assert load([write(tmp_path, told.encode())]).is_accepted
    assert held() == told


def test_so_it_is_of_the_demonstration_archive(at_once, was_bulk):
    assert load([str(DEMONSTRATION)], may_lock=True).is_accepted
    assert was_bulk == [True]
    derived = rows(DERIVED)
    execute("UPDATE statements_statement SET id = id")
    assert rows(DERIVED) == derived


def test_it_is_one_act_of_history_and_moves_the_revision(tmp_path, at_once, was_bulk):
    [(revision,)] = rows("SELECT number FROM statements_revision")
    [(n_changes,)] = rows("SELECT count(*) FROM statements_change")
    load([write(tmp_path, *ALL, *statements(20))], may_lock=True)
    assert was_bulk == [True]
    [(moved,)] = rows("SELECT number FROM statements_revision")
    assert moved > revision
    assert rows("SELECT count(*) FROM statements_change") == [(n_changes + 1,)]
    [(ids,)] = rows(
        "SELECT count(*) FROM statements_statement s WHERE EXISTS (SELECT FROM statements_newrows"
        " WHERE relation = 'statements_statement' AND ids @> s.id)"
    )
    assert ids == 21


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (
            {
                "citations": [
                    {"article": "report", "quote": "all", "start": 3, "check": "moved"},
                    {"article": "report", "quote": "all", "start": 3, "check": "moved",
                     "locator": "page 2"},
                ]
            },
            "citation_is_made_once",
        ),
        ({"event": "nowhere"}, 'there is no event "nowhere"'),
        ({"key": "statement-2"}, "stands already in"),
    ],
)  # fmt: skip
def test_a_refusal_names_its_line_and_leaves_all_as_it_was(
    tmp_path, at_once, was_bulk, fields, reason
):
    before = rows(TABLES)
    lines = [*ALL, *statements(20), STATEMENT | {"key": "the-last"} | fields]
    report = load([write(tmp_path, *lines)], may_lock=True)
    assert [refusal.line for refusal in report.refusals] == [30]
    assert reason in report.refusals[0].reason
    assert not Statement.objects.exists()
    assert rows(TABLES) == before


def test_what_a_check_of_the_table_refuses_is_told_by_its_line(tmp_path, at_once, monkeypatch):
    execute("ALTER TABLE statements_statement ADD CONSTRAINT no_wolf CHECK (text <> 'Wolf.')")
    try:
        lines = [*ALL, *statements(20), STATEMENT | {"key": "the-last", "text": "Wolf."}]
        report = load([write(tmp_path, *lines)], may_lock=True)
    finally:
        execute("ALTER TABLE statements_statement DROP CONSTRAINT no_wolf")
    [refusal] = report.refusals
    assert (refusal.line, "no_wolf" in refusal.reason) == (30, True)
    assert not Statement.objects.exists()


def test_a_key_that_somebody_takes_meanwhile_is_refused_by_its_line(tmp_path, monkeypatch):
    monkeypatch.setattr(deriving, "N_WORTH", 1)
    assert load([write(tmp_path, *ALL, *statements(3))]).is_accepted
    monkeypatch.setattr(writing, "_numbers", lambda kind, pairs: {})
    later = [STATEMENT | {"key": key} for key in ("new", "statement-1", "newer")]
    report = load([write(tmp_path, *later)])
    [refusal] = report.refusals
    assert (refusal.line, "key" in refusal.reason) == (2, True)
    assert Statement.objects.count() == 4


def test_a_larger_archive_is_not_locked(tmp_path, monkeypatch, was_bulk):
    load([write(tmp_path, *ALL, *statements(40))])
    monkeypatch.setattr(bulk, "N_WORTH", 10)
    later = [STATEMENT | {"key": f"later-{number}"} for number in range(30)]
    assert load([write(tmp_path, *later)], may_lock=True).is_accepted
    assert was_bulk == [False, False]


@pytest.mark.parametrize(
    "options",
    [{}, {"may_lock": True, "dry_run": True},
     {"may_lock": True, "on_conflict": OnConflict.UPDATE}],
)  # fmt: skip
def test_neither_a_trial_nor_an_update_nor_who_may_not_locks(
    tmp_path, at_once, monkeypatch, options
):
    monkeypatch.setattr(bulk, "set_aside", None)
    assert load([write(tmp_path, *ALL, *statements(20))], **options).is_accepted


def test_who_is_reading_is_not_waited_for_long(tmp_path, at_once, was_bulk, monkeypatch):
    monkeypatch.setattr(bulk, "SECONDS_TO_LOCK", 0.1)
    reading = connection.copy()
    try:
        with reading.cursor() as cursor:
            cursor.execute("BEGIN; SELECT count(*) FROM statements_statement")
            assert load([write(tmp_path, *ALL, *statements(20))], may_lock=True).is_accepted
    finally:
        reading.close()
    assert was_bulk == [False]
    assert Statement.objects.count() == 21


def test_who_does_not_own_the_tables_imports_in_the_usual_way(
    tmp_path, at_once, was_bulk, monkeypatch, caplog
):
    """The tables here are the tests' own: what stands in for them is nobody's to alter."""

    def set_aside(cursor, tables, *, everything):
        cursor.execute("DROP INDEX pg_class_oid_index")

    monkeypatch.setattr(bulk, "set_aside", set_aside)
    before = rows(TABLES)
    assert load([write(tmp_path, *ALL, *statements(20))], may_lock=True).is_accepted
    assert was_bulk == [False]
    assert Statement.objects.count() == 21
    assert rows(TABLES) == before
    assert "goes on with all indexes in place" in caplog.text


def test_readers_wait_until_it_is_over(tmp_path, at_once, monkeypatch):
    """They see nothing of it before, and are kept waiting: that is the price."""
    outcomes = []

    def read_then_finish(self):
        beside = connection.copy()
        with beside.cursor() as cursor:
            cursor.execute("SET statement_timeout = '200ms'")
            try:
                cursor.execute("SELECT count(*) FROM statements_statement")
                outcomes.append("read")
            except DatabaseError as error:
                outcomes.append(type(error.__cause__).__name__)
        beside.close()
        finish(self)

    finish = bulk.Bulk.finish
    monkeypatch.setattr(bulk.Bulk, "finish", read_then_finish)
    load([write(tmp_path, *ALL, *statements(20))], may_lock=True)
    assert outcomes == ["QueryCanceled"]


def test_inside_a_larger_transaction_it_is_taken_back_with_it(tmp_path, at_once):
    before = rows(TABLES)
    with transaction.atomic():
        assert load([write(tmp_path, *ALL, *statements(20))], may_lock=True).is_accepted
        transaction.set_rollback(True)
    assert rows(TABLES) == before
    assert not Statement.objects.exists()


def test_killed_it_leaves_everything_as_it_was(tmp_path):
    before = rows(TABLES)
    path = write(tmp_path, *ALL, *statements(6_000))
    code = (
        "import django; django.setup()\n"
        "from django.db import connections\n"
        f"connections['default'].settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
        "from statements.interchange import bulk\n"
        "bulk.N_WORTH = 0\n"
        "from django.core.management import call_command\n"
        f"call_command('import_archive', {path!r})\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": django_settings.SETTINGS_MODULE, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, stderr=subprocess.PIPE
    ) as process:
        deadline = time.monotonic() + 60
        while not is_locked():
            assert process.poll() is None, process.stderr.read().decode()
            assert time.monotonic() < deadline, "the import never set anything aside"
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
    while is_locked():
        time.sleep(0.05)
    assert not Statement.objects.exists()
    assert rows(TABLES) == before
    connections.close_all()


def is_locked():
    return bool(
        rows(
            "SELECT 1 FROM pg_locks WHERE relation = 'statements_statement'::regclass"
            " AND mode = 'AccessExclusiveLock' AND granted"
        )
    )
