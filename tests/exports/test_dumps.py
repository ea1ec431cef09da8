"""Dumps: read back by sqlite3 and by an import, listed, and never half there."""

import gzip
import hashlib
import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from statements.interchange import dumps
from statements.models import Statement
from tests.exports.test_statements import make_whole
from tests.factories import (
    make_article,
    make_link,
    make_official,
    make_organization,
    make_post,
    make_statement,
    make_tenure,
)
from tests.interchange.files import emptied, held, run

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DUMPS_DIR = tmp_path / "dumps"
    return settings.DUMPS_DIR


@pytest.fixture
def archive():
    """What is public, and beside it what is not."""
    whole = make_whole()
    make_link(whole, make_statement(key="other", said_on="1962"), "denies")
    make_link(whole, make_statement("Secret.", key="a-draft", status="draft"), "repeats")
    make_statement("Secret.", key="gone", status="withdrawn", withdrawal_reason="Misheard.")
    make_official("Someone", slug="someone", identifiers={"wikidata": "Q1"}, aliases=["A", "B"])
    return whole


def published():
    outcome = run("publish_dump")
    assert outcome.code == 0, outcome.err
    return dumps.published_dumps()[0]


def path_of(dump, suffix):
    [file] = [file for file in dump.files if file.name.endswith(suffix)]
    return dump.folder / file.name


@pytest.fixture
def database(archive, tmp_path):
    plain = tmp_path / "archive.sqlite"
    plain.write_bytes(gzip.decompress(path_of(published(), "sqlite.gz").read_bytes()))
    connection = sqlite3.connect(plain)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def rows(database, query, *values):
    return [dict(row) for row in database.execute(query, values)]


class TestDatabase:
    def test_it_has_what_json_has(self, client, archive, database):
        told = client.get(f"/statements/{archive.key}.json").json()
        [row] = rows(database, "SELECT * FROM statement WHERE key = ?", archive.key)
        assert row == {name: told[name] for name in row}
        for name in ("parties", "citations", "links"):
            found = rows(database, f"SELECT * FROM statement_{name} WHERE of_statement = ?"
                                   " ORDER BY position", archive.key)  # fmt: skip
            assert [{key: row[key] for key in told[name][0]} for row in found] == told[name]
        for name, column in (("topics", "topic"), ("acts", "value"), ("about_events", "event")):
            query = (
                f"SELECT {column} FROM statement_{name} WHERE of_statement = ? ORDER BY position"
            )
            found = rows(database, query, archive.key)
            assert [row[column] for row in found] == sorted(told[name])

    def test_it_has_every_public_statement_and_no_other(self, archive, database):
        found = {row["key"] for row in rows(database, "SELECT key FROM statement")}
        assert found == {archive.key, "other"}

    def test_what_the_public_may_not_see_is_nowhere(self, database):
        told = "\n".join(database.iterdump())
        for secret in ("Secret", "a-draft", "gone", "Misheard", "the Foreign Office said"):
            assert secret not in told

    def test_names_of_officials_stand_beside_them(self, database):
        found = rows(database, "SELECT name FROM official_aliases WHERE of_official = 'someone'")
        assert [row["name"] for row in found] == ["A", "B"]
        [row] = rows(database, "SELECT * FROM official_identifiers")
        assert row == {"of_official": "someone", "name": "wikidata", "value": "Q1"}

    def test_every_column_is_explained(self, database):
        tables = [row["name"] for row in rows(
            database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
            "'sqlite_%' AND name NOT IN ('archive', 'dictionary')")]  # fmt: skip
        explained = {(row["table_name"], row["column_name"])
                     for row in rows(database, "SELECT * FROM dictionary")}  # fmt: skip
        columns = {(table, row["name"]) for table in tables
                   for row in rows(database, f"PRAGMA table_info({table})")}  # fmt: skip
        links = {pair for pair in columns if pair[1].startswith("of_") or pair[1] == "position"}
        links.add(("official_identifiers", "name"))
        assert columns - links - explained == set()
        assert explained - columns == set()

    def test_it_is_sound(self, database):
        assert rows(database, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(database, "PRAGMA foreign_key_check") == []

    def test_it_says_what_it_is(self, database, settings):
        about = {row["name"]: row["value"] for row in rows(database, "SELECT * FROM archive")}
        assert about["licence"] == settings.DATA_LICENCE
        assert datetime.fromisoformat(about["made_at"]).tzinfo


class TestLines:
    def test_an_import_makes_the_public_archive_of_them(self, archive, monkeypatch):
        make_tenure(make_official(), make_post(organization=make_organization()))
        dump = published()
        emptied()
        taken = run("import_archive", str(path_of(dump, "jsonl.gz")))
        assert taken.code == 0, taken.out
        assert set(Statement.objects.values_list("key", flat=True)) == {archive.key, "other"}
        first = held()
        monkeypatch.setattr(dumps, "now", lambda: dump.made_at + timedelta(days=1))
        again = published()
        emptied()
        assert run("import_archive", str(path_of(again, "jsonl.gz"))).code == 0
        assert held() == first

    def test_stored_texts_stay_here(self, archive):
        make_article(body="The whole of a report.")
        told = gzip.decompress(path_of(published(), "jsonl.gz").read_bytes()).decode()
        assert "The whole of a report." not in told
        assert json.loads(told.splitlines()[0]) == {"type": "archive", "version": 1}


class TestListing:
    def test_the_page_lists_size_day_checksum_and_licence(self, client, archive, settings):
        settings.DATA_LICENCE = "https://licence.example/by/"
        dump = published()
        page = client.get("/about/data/").content.decode()
        for file in dump.files:
            assert f'href="/about/data/dumps/{file.name}"' in page
            assert file.sha256 in page
        assert '<a href="https://licence.example/by/" rel="license">' in page
        assert "2 statements" in page

    def test_it_says_so_when_there_is_none(self, client):
        page = client.get("/about/data/").content.decode()
        assert "No dump has been made yet" in page
        assert "has named none" in page

    def test_a_new_dump_is_seen_at_once(self, client, archive):
        assert "ETag" not in client.get("/about/data/").headers
        published()
        assert "No dump has been made yet" not in client.get("/about/data/").content.decode()

    def test_a_file_is_sent_whole_and_its_checksum_is_true(self, client, archive):
        for file in published().files:
            response = client.get(f"/about/data/dumps/{file.name}")
            told = response.getvalue()
            assert int(response["Content-Length"]) == len(told) == file.n_bytes
            assert hashlib.sha256(told).hexdigest() == file.sha256
            assert response["Content-Disposition"] == f'attachment; filename="{file.name}"'

    def test_a_file_that_one_has_is_not_sent_again(self, client, archive):
        file = published().files[0]
        path = f"/about/data/dumps/{file.name}"
        response = client.get(path, headers={"If-None-Match": f'"{file.sha256}"'})
        assert response.status_code == 304

    @pytest.mark.parametrize("name", ["nothing.gz", "dump.json", "..%2Fdump.json", ".lock"])
    def test_nothing_else_is_sent(self, client, archive, name):
        published()
        assert client.get(f"/about/data/dumps/{name}").status_code == 404

    def test_one_that_is_being_dropped_is_not_found(self, client, archive, folder, monkeypatch):
        file = published().files[0]
        found = dumps.dump_file(file.name)
        shutil.rmtree(folder)
        monkeypatch.setattr("statements.exports.dumps.dump_file", lambda _name: found)
        assert client.get(f"/about/data/dumps/{file.name}").status_code == 404

    def test_a_listing_that_is_being_dropped_is_passed_over(self, archive, folder, monkeypatch):
        dump = published()
        gone = dump.folder.with_name("20200101T000000Z") / dumps.LISTING
        kept = dump.folder / dumps.LISTING
        monkeypatch.setattr(dumps.Path, "glob", lambda *_: iter([gone, kept]))
        assert dumps.published_dumps() == [dump]


class TestMaking:
    def test_the_command_prints_sums_as_sha256sum_reads_them(self, archive):
        outcome = run("publish_dump")
        for line in outcome.lines:
            sum_, path = line.split("  ", 1)
            with open(path, "rb") as file:
                assert hashlib.sha256(file.read()).hexdigest() == sum_

    def test_only_the_newest_are_kept(self, archive, monkeypatch):
        for year in (2021, 2022, 2023):
            made_at = datetime(year, 1, 1, tzinfo=UTC)
            monkeypatch.setattr(dumps, "now", lambda made_at=made_at: made_at)
            dumps.make_dump(keep=2)
        assert [dump.made_at.year for dump in dumps.published_dumps()] == [2023, 2022]

    def test_what_a_killed_one_left_is_cleared_away_and_never_listed(self, folder, archive):
        left = folder / ".making-killed"
        left.mkdir(parents=True)
        (left / dumps.LISTING).write_text("{}", encoding="utf-8")
        assert dumps.published_dumps() == []
        published()
        assert not left.exists()

    def test_a_fault_leaves_nothing(self, folder, archive, monkeypatch):
        monkeypatch.setattr(dumps.shutil, "copyfileobj", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            dumps.make_dump(keep=1)
        assert [path.name for path in folder.iterdir()] == [".lock"]

    def test_two_are_never_made_at_once(self, folder, archive):
        folder.mkdir(parents=True)
        with dumps._alone(folder):
            outcome = run("publish_dump")
        assert outcome.code == 1
        assert "another process" in outcome.err

    def test_none_at_all_cannot_be_kept(self):
        assert run("publish_dump", "--keep", "0").code == 1
