"""Imports beside each other, exports beside imports, and an import that is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from statements.interchange.load import OnConflict, load
from statements.models import Party, Statement, Topic
from tests.interchange.files import ALL, STATEMENT, TOPIC, run, write

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("transactions")]


def at_once(*works):
    """Runs each in a thread of its own; gives back what each returned or raised."""
    found = [None] * len(works)

    def work(place, what):
        try:
            found[place] = what()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def statements(n, **fields):
    return [STATEMENT | {"key": f"statement-{number}"} | fields for number in range(n)]


class TestTwoImports:
    def test_of_the_same_file_give_the_archive_once(self, tmp_path):
        path = write(tmp_path, *ALL, *statements(60))
        found = at_once(lambda: load([path]), lambda: load([path]))
        assert sorted(str(report) for report in found) == [
            "created 0, updated 0, unchanged 69, refused 0",
            "created 69, updated 0, unchanged 0, refused 0",
        ]
        assert Statement.objects.count() == 61
        assert Party.objects.count() == 61 * 3

    def test_of_other_files_give_both(self, tmp_path):
        load([write(tmp_path, *ALL[:-1])])
        first = write(tmp_path, *statements(40), name="first.jsonl")
        second = write(tmp_path, STATEMENT, TOPIC | {"slug": "trade"}, name="second.jsonl")
        found = at_once(lambda: load([first]), lambda: load([second]))
        assert all(report.is_accepted for report in found)
        assert Statement.objects.count() == 41

    def test_that_update_the_same_statement_leave_one_of_the_two(self, tmp_path):
        load([write(tmp_path, *ALL)])
        texts = ["Pakistan is ready for talks.", "Pakistan is not ready for talks."]
        paths = [
            write(tmp_path, STATEMENT | {"text": text, "parties": STATEMENT["parties"][:n + 1]},
                  name=f"{n}.jsonl")
            for n, text in enumerate(texts)
        ]  # fmt: skip
        found = at_once(
            *(lambda path=path: load([path], on_conflict=OnConflict.UPDATE) for path in paths)
        )
        assert [str(report) for report in found] == [
            "created 0, updated 1, unchanged 0, refused 0"
        ] * 2
        kept = Statement.objects.get()
        assert kept.text in texts
        assert kept.parties.count() == texts.index(kept.text) + 1

    def test_a_rename_beside_an_import_is_waited_for_or_refused(self, tmp_path):
        """Whatever the order, nothing has the old slug of another."""
        load([write(tmp_path, TOPIC)])
        path = write(tmp_path, TOPIC | {"slug": "safety", "name": "Safety"})
        at_once(
            lambda: Topic.objects.filter(slug="security").update(slug="safety"),
            lambda: load([path]),
        )
        assert Topic.objects.filter(slug="safety").count() == 1


class TestExport:
    def test_it_is_of_one_moment_whatever_is_written_meanwhile(self, tmp_path):
        load([write(tmp_path, *ALL, *statements(100))])
        later = write(tmp_path, *statements(120, status="draft"), name="later.jsonl")
        target = tmp_path / "out.jsonl"
        outcome, report = at_once(
            lambda: run("export_archive", str(target)),
            lambda: load([later], on_conflict=OnConflict.UPDATE),
        )
        assert outcome.code == 0
        assert report.is_accepted
        told = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
        states = {item["status"] for item in told if item.get("key", "").startswith("statement-")}
        assert len(states) == 1

    def test_to_standard_output_it_is_the_archive_alone(self, tmp_path):
        load([write(tmp_path, *ALL)])
        outcome = run("export_archive")
        assert outcome.err == ""
        assert [json.loads(line)["type"] for line in outcome.lines][:2] == ["archive", "country"]
        target = tmp_path / "out.jsonl"
        assert run("export_archive", str(target)).out == ""
        assert target.read_text(encoding="utf-8") == outcome.out

    def test_a_file_is_replaced_whole(self, tmp_path, monkeypatch):
        path = tmp_path / "out.jsonl"
        path.write_text("the archive of yesterday")
        monkeypatch.setattr(
            "statements.management.commands.export_archive.archive_lines", broken_lines
        )
        with pytest.raises(RuntimeError):
            run("export_archive", str(path))
        assert path.read_text() == "the archive of yesterday"
        assert [item.name for item in tmp_path.iterdir()] == ["out.jsonl"]

    def test_a_folder_that_is_not_there_is_an_error(self, tmp_path):
        outcome = run("export_archive", str(tmp_path / "nowhere" / "out.jsonl"))
        assert (outcome.out, outcome.code) == ("", 1)
        assert outcome.err


def broken_lines():
    yield "{}\n"
    raise RuntimeError("the disk is full")


class TestKilled:
    def import_in_a_process(self, path):
        """Imports as the command does, but into the database of the tests."""
        code = (
            "import django; django.setup()\n"
            "from django.db import connections\n"
            f"connections['default'].settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
            "from django.core.management import call_command\n"
            f"call_command('import_archive', {path!r})\n"
        )
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        return subprocess.Popen(
            [sys.executable, "-c", code],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def is_writing(self):
        """Whether another session holds a transaction in which it has written."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL"
            )
            return cursor.fetchone()[0] > 0

    def test_in_the_middle_it_leaves_nothing_and_can_be_run_again(self, tmp_path):
        path = write(tmp_path, *ALL, *statements(4_000))
        process = self.import_in_a_process(path)
        try:
            deadline = time.monotonic() + 60
            while not self.is_writing():
                assert process.poll() is None, process.stderr.read().decode()
                assert time.monotonic() < deadline, "the import never began to write"
                time.sleep(0.01)
            time.sleep(0.1)
            assert process.poll() is None
        finally:
            process.send_signal(signal.SIGKILL)
            process.communicate()
        assert process.returncode == -signal.SIGKILL
        while self.is_writing():
            time.sleep(0.05)
        assert not Statement.objects.exists()
        assert not Topic.objects.exists()
        assert load([write(tmp_path, *ALL)]).is_accepted


def test_an_import_is_all_or_nothing_inside_a_larger_transaction_too(tmp_path):
    path = write(tmp_path, *ALL)
    with transaction.atomic():
        assert load([path]).is_accepted
        transaction.set_rollback(True)
    assert not Statement.objects.exists()
