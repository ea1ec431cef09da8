"""Every suffix of the list: the page's rows, in the page's order, read back by others' parsers."""

import csv
import io
import json
import re
from datetime import UTC, datetime
from threading import BoundedSemaphore

import bibtexparser
import feedparser
import pytest
import rispy
from django.db import OperationalError
from openpyxl import load_workbook

from statements.exports import lists, streaming
from statements.exports.formats import FORMATS
from statements.models import Statement
from statements.search import every
from tests.factories import (
    make_citation,
    make_event,
    make_link,
    make_official,
    make_organization,
    make_party,
    make_statement,
    make_topic,
)
from tests.interchange.files import run

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

SUFFIXES = [listed.suffix for listed in FORMATS]
SORTS = ["newest", "oldest", "added", "updated", "relevance"]


@pytest.fixture
def archive():
    """Seven statements that differ in every order."""
    days = ["2024-01-19", "2024-01", "1962-10-22", None, "2023", "2024-01-19", "1962-10-22"]
    for number, day in enumerate(days):
        make_statement(
            "We trust them. " * (1 + number % 3) + f"Number {number}.",
            key=f"s-{number}",
            said_on=day,
            undated_reason="" if day else "No date.",
            published_at=datetime(2024, 2, 1 + (number * 3) % 7, tzinfo=UTC),
            updated_at=datetime(2024, 3, 1 + (number * 5) % 7, tzinfo=UTC),
            speaker=make_official(f"Speaker {number}", country="pk" if number % 2 else "ir"),
        )


def taken(response):
    return response.getvalue() if response.streaming else response.content


def body(client, path):
    response = client.get(path)
    assert response.status_code == 200, response.content
    return taken(response)


def keys(client, suffix, query=""):
    """The keys of an export in their order, by a parser that is not ours."""
    told = body(client, f"/statements.{suffix}{query}")
    if suffix in ("csv", "parties.csv"):
        rows = csv.DictReader(io.StringIO(told.decode("utf-8-sig"), newline=""))
        return list(dict.fromkeys(row["key"] for row in rows))
    if suffix == "xlsx":
        rows = list(load_workbook(io.BytesIO(told))["statements"].values)
        return [row[0] for row in rows[1:]]
    if suffix == "jsonl":
        return [json.loads(line)["key"] for line in told.decode().splitlines()]
    if suffix == "json":
        return [row["key"] for row in json.loads(told)["results"]]
    if suffix == "atom":
        return [entry.id.split("/")[-2] for entry in feedparser.parse(told).entries]
    if suffix == "bib":
        return [entry.key for entry in bibtexparser.parse_string(told.decode()).entries]
    return [entry["id"] for entry in rispy.loads(told.decode())]


def shown(client, query=""):
    """The keys of the page in their order."""
    page = client.get(f"/statements/{query}").content.decode()
    return list(dict.fromkeys(re.findall(r'href="/statements/(s-\d+)/"', page)))


@pytest.mark.parametrize("suffix", [*SUFFIXES, "json", "atom"])
class TestEverySuffix:
    def test_the_rows_are_those_of_the_page_in_its_order(self, client, archive, suffix):
        for sort in SORTS:
            query = f"?q=trust&sort={sort}"
            assert len(shown(client, query)) == 7
            assert keys(client, suffix, query) == shown(client, query), query

    def test_every_parameter_counts(self, client, archive, suffix):
        for query in (
            "?from=pk", "?since=2024", "?q=trust+from:pk", "?q=-number&sort=oldest", "?until=1970",
        ):  # fmt: skip
            assert 0 <= len(shown(client, query)) < 7
            assert keys(client, suffix, query) == shown(client, query), query

    def test_nothing_found_is_an_empty_file(self, client, suffix):
        assert keys(client, suffix, "?q=nothing") == []

    def test_a_parameter_that_means_nothing_is_refused_in_json(self, client, suffix):
        response = client.get(f"/statements.{suffix}?from=zz&since=2024-13")
        assert response.status_code == 400
        assert response.headers["Content-Type"].startswith("application/json")
        error = response.json()["error"]
        assert error["code"] == "invalid_parameters"
        assert error["fields"].keys() == {"from", "since"}

    def test_head_is_get_without_a_body(self, client, archive, suffix):
        head = client.head(f"/statements.{suffix}")
        whole = client.get(f"/statements.{suffix}")
        taken(whole)
        assert head.status_code == 200
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]
        assert head.headers.get("Content-Disposition") == whole.headers.get("Content-Disposition")
        assert taken(head) == b""

    def test_only_reading_is_allowed(self, client, suffix):
        assert client.post(f"/statements.{suffix}").status_code == 405

    def test_what_has_not_changed_is_not_made_again(self, client, archive, suffix):
        first = client.get(f"/statements.{suffix}")
        taken(first)
        again = client.get(f"/statements.{suffix}", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

    def test_what_is_not_public_is_in_none(self, client, suffix):
        make_statement("Zzsecret words.", key="s-1", status="draft")
        make_statement("Zzsecret words.", key="s-2", status="in_review")
        make_statement("Zzsecret words.", key="s-3", status="withdrawn")
        kept = make_statement(key="s-4")
        make_link(kept, Statement.objects.get(key="s-1"))
        assert keys(client, suffix) == ["s-4"]
        if suffix != "xlsx":
            assert b"s-1" not in body(client, f"/statements.{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
class TestEveryExport:
    def test_it_has_all_rows_whatever_page_is_asked_for(self, client, archive, suffix, monkeypatch):
        monkeypatch.setattr(every, "N_FIRST", 2)
        monkeypatch.setattr(every, "N_ROWS_AT_ONCE", 3)
        assert keys(client, suffix, "?limit=2&cursor=damaged") == shown(client)

    def test_a_file_has_a_name(self, client, suffix):
        response = client.get(f"/statements.{suffix}")
        taken(response)
        assert response["Content-Disposition"] == f'attachment; filename="statements.{suffix}"'

    def test_a_row_costs_no_query(self, client, suffix, django_assert_max_num_queries):
        for _ in range(30):
            make_statement(addressee=make_organization(), topics=[make_topic()])
        with django_assert_max_num_queries(32):
            body(client, f"/statements.{suffix}")

    def test_a_fault_of_the_database_is_told_before_anything_is_sent(
        self, client, archive, suffix, monkeypatch
    ):
        def away(rows):
            raise OperationalError("gone")

        client.raise_request_exception = False
        monkeypatch.setattr(every, "whole", away)
        response = client.get(f"/statements.{suffix}")
        assert response.status_code == 503
        assert response.json()["error"]["code"] == "unavailable"

    def test_more_than_two_at_once_wait(self, client, archive, suffix, monkeypatch):
        monkeypatch.setattr(streaming, "_places", BoundedSemaphore(1))
        with streaming._places:
            response = client.get(f"/statements.{suffix}")
        assert (response.status_code, response["Retry-After"]) == (503, "30")
        assert response.json()["error"]["code"] == "busy"
        for _again in range(2):
            assert keys(client, suffix) == shown(client)


def test_matches_beyond_the_ranked_follow_newest_first(client, archive, monkeypatch):
    monkeypatch.setattr("statements.search.matches.N_MATCHES", 3)
    ranked = keys(client, "json", "?q=trust&limit=200")
    told = keys(client, "csv", "?q=trust")
    assert len(ranked) == 3
    assert told[:3] == ranked
    assert told[3:] == [key for key in keys(client, "csv", "?q=trust&sort=newest")
                        if key not in ranked]  # fmt: skip


class TestCsv:
    def row(self, client, query=""):
        told = body(client, f"/statements.csv{query}").decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(told, newline=""))
        return row

    def test_it_opens_right_in_a_spreadsheet(self, client):
        make_statement("سلام")
        told = body(client, "/statements.csv")
        assert told.startswith(b"\xef\xbb\xbf" + b'"key",')
        assert "سلام" in told.decode()

    def test_a_row_tells_a_statement(self, client):
        office = make_organization("Foreign Office", slug="office")
        statement = make_statement(
            "We want calm.",
            key="s-1",
            speaker=[make_official("Jilani", slug="jilani"), "a senior official"],
            addressee=make_official("Amir", slug="amir", country="ir"),
            relayer=office,
            acts=["appeal", "reassure"],
            topics=[make_topic(slug="b"), make_topic(slug="a")],
            event=make_event(slug="call"),
            event_order=0,
        )
        make_citation(statement)
        target = make_statement(key="s-2", said_on="1962")
        make_link(statement, target, "denies")
        row = self.row(client, "?since=2024")
        first, second = statement.citations.all()
        expected = {
            "key": "s-1", "url": "http://testserver/statements/s-1/", "text": "We want calm.",
            "said_on": "2024-01-19", "speaker": "Jilani; a senior official",
            "speaker_slug": "jilani; ", "speaker_country": "pk; ", "addressee": "Amir",
            "addressee_country": "ir", "relayer": "Foreign Office", "relayer_slug": "office",
            "acts": "appeal; reassure", "topics": "a; b", "event": "call", "event_order": "0",
            "n_citations": "2", "article": first.article.slug,
            "other_articles": second.article.slug, "links": "denies: s-2", "subject": "",
        }  # fmt: skip
        assert {name: row[name] for name in expected} == expected

    @pytest.mark.parametrize("sign", "=+-@")
    def test_nobody_can_plant_a_formula(self, client, sign):
        make_statement(f"{sign}1+1", speaker=f"{sign}cmd", note=f"{sign}2")
        row = self.row(client)
        assert row["text"] == f"'{sign}1+1"
        assert row["speaker"] == f"'{sign}cmd"
        assert row["note"] == f"'{sign}2"


class TestParties:
    def test_it_has_a_row_for_each_statement_and_party(self, client):
        statement = make_statement(
            key="s-1",
            speaker=make_official("Jilani", slug="jilani"),
            addressee=make_official("Amir"),
        )
        make_party(statement, "subject", kind="public")
        told = body(client, "/statements.parties.csv").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(told, newline="")))
        assert [(row["key"], row["position"], row["role"], row["kind"], row["name"])
                for row in rows] == [
            ("s-1", "0", "speaker", "official", "Jilani"),
            ("s-1", "1", "addressee", "official", "Amir"),
            ("s-1", "2", "subject", "public", "the public"),
        ]  # fmt: skip
        assert rows[0]["official"] == "jilani"
        assert rows[0]["said_on"] == "2024-01-19"


class TestJsonl:
    def test_a_line_is_the_record_of_json_without_its_address(self, client, archive):
        lines = body(client, "/statements.jsonl").decode().splitlines()
        told = client.get("/statements.json?limit=200").json()["results"]
        for row in told:
            del row["url"]
        assert [json.loads(line) for line in lines] == told

    def test_an_import_takes_it_and_finds_nothing_new(self, client, archive, tmp_path):
        file = tmp_path / "taken.jsonl"
        file.write_bytes(body(client, "/statements.jsonl"))
        outcome = run("import_archive", str(file))
        assert (outcome.code, outcome.counts) == (0, "created 0, updated 0, unchanged 7, refused 0")

    def test_an_import_makes_anew_what_was_lost(self, client, archive, tmp_path):
        file = tmp_path / "taken.jsonl"
        file.write_bytes(first := body(client, "/statements.jsonl"))
        Statement.objects.update(status="draft", published_at=None)
        Statement.objects.all().delete()
        outcome = run("import_archive", str(file))
        assert (outcome.code, outcome.counts) == (0, "created 7, updated 0, unchanged 0, refused 0")
        assert sorted(body(client, "/statements.jsonl").splitlines()) == sorted(first.splitlines())

    def test_a_copy_kept_in_step_is_told_what_to_drop(self, client, archive):
        make_statement(key="s-8", status="withdrawn", withdrawal_reason="Misheard.",
                       updated_at=datetime(2024, 3, 9, tzinfo=UTC))  # fmt: skip
        query = "?updated_since=2024-03-06T00:00:00Z&q=nothing"
        [line] = body(client, f"/statements.jsonl{query}").splitlines()
        assert json.loads(line) == {
            "type": "statement", "key": "s-8", "status": "withdrawn", "reason": "Misheard.",
        }  # fmt: skip

    @pytest.mark.parametrize("suffix", [s for s in SUFFIXES if s != "jsonl"])
    def test_other_formats_have_no_tombstones(self, client, suffix):
        make_statement(key="s-8", status="withdrawn")
        assert keys(client, suffix, "?updated_since=2000-01-01T00:00:00Z") == []

    def test_what_was_added_since_an_instant(self, client, archive):
        told = keys(client, "jsonl", "?added_since=2024-02-05T00:00:00Z")
        assert told == shown(client, "?added_since=2024-02-05T00:00:00Z")
        assert 0 < len(told) < 7


class TestXlsx:
    def test_more_rows_than_a_sheet_holds_are_refused_in_words(self, client, monkeypatch):
        monkeypatch.setattr(lists, "n_up_to", lambda search, limit: limit + 1)
        for method in (client.get, client.head):
            assert method("/statements.xlsx").status_code == 413
        error = client.get("/statements.xlsx").json()["error"]
        assert error["code"] == "too_many_rows"
        assert "1,048,575 rows" in error["message"]

    def test_as_many_as_a_sheet_holds_are_not(self, client, archive, monkeypatch):
        monkeypatch.setattr(lists, "n_up_to", lambda search, limit: limit)
        assert keys(client, "xlsx") == shown(client)

    def test_rows_are_counted_beyond_what_pages_count(self, archive, monkeypatch):
        monkeypatch.setattr("statements.search.matches.N_MATCHES", 3)
        monkeypatch.setattr("statements.search.results.matches.N_MATCHES", 3)
        [search] = [listed.search(lists.QueryDict("q=trust")) for listed in FORMATS[:1]]
        assert not search.count.is_exact
        assert every.n_up_to(search, 100) == 7
        assert every.n_up_to(search, 5) == 6
