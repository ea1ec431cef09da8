"""Statements for programs: the shapes of the contract, to the letter."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.factories import (
    make_article,
    make_citation,
    make_country,
    make_event,
    make_link,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "design" / "CONTRACT.md"
KEYS = (
    "type key url text language form text_status original_text original_language translator "
    "said_on said_on_qualifier said_on_until said_on_basis said_at channel channel_basis platform "
    "account basis_note acts topics event event_order about_events standing standing_note status "
    "parties citations links note published_at updated_at"
).split()
PARTY_KEYS = (
    "role official post organization country kind name capacity name_as_printed basis form "
    "channel article"
).split()
CITATION_KEYS = (
    "article outlet title article_url published_on locator form text_status quote prefix suffix "
    "start check checked_at"
).split()
BODY = "It was “mutual trust and cooperation” that he asked for, the Foreign Office said."


def make_whole():
    """A statement with something in every place."""
    office = make_organization("Foreign Office", slug="foreign-office", country="pk")
    jilani = make_official("Jalil Abbas Jilani", slug="jilani")
    make_tenure(jilani, make_post(slug="fm", organization=office), "2023-08-17", "2024-03-11")
    statement = make_statement(
        "He asked for “mutual trust and cooperation”.",
        key="2024-01-19-jilani-amir",
        speaker=jilani,
        addressee=make_official("Hossein Amir-Abdollahian", slug="amir", country="ir"),
        form="indirect",
        channel="phone_call",
        said_on_basis="inferred",
        basis_note="The report names the day of the week.",
        acts=["appeal"],
        topics=[make_topic(slug="security"), make_topic(slug="border")],
        event=make_event(slug="call"),
        event_order=2,
        about_events=[make_event(slug="strikes")],
        cited=False,
        published_at=datetime(2024, 1, 20, 8, tzinfo=UTC),
        updated_at=datetime(2024, 1, 21, 8, tzinfo=UTC),
    )
    make_party(statement, "relayer", office, form="mixed", channel="press_statement")
    article = make_article(
        "Ministers speak", slug="report", outlet=make_outlet(slug="ndtv"), body=BODY,
        url="https://example.org/report", published_on="2024-01",
    )  # fmt: skip
    make_citation(statement, article, quote="mutual trust and cooperation")
    return statement


def get(client, path, **headers):
    response = client.get(path, **headers)
    return response.status_code, json.loads(response.content)


@pytest.mark.shared
@pytest.mark.skipif(not CONTRACT.exists(), reason="needs the shared folder beside the checkout")
def test_the_keys_are_those_of_the_contract_in_its_order():
    text = CONTRACT.read_text(encoding="utf-8")
    example = re.search(r"## A statement in JSON\n```json\n(.*?)```", text, re.S)[1]
    told = json.loads(example)
    assert list(told) == KEYS
    assert list(told["parties"][0]) == PARTY_KEYS
    assert list(told["citations"][0]) == CITATION_KEYS


def test_a_statement_is_told_whole(client):
    statement = make_whole()
    status, told = get(client, "/statements/2024-01-19-jilani-amir.json")
    assert status == 200
    checked_at = statement.citations.get().checked_at.isoformat().replace("+00:00", "Z")
    start = BODY.index("mutual")
    assert told == {
        "type": "statement",
        "key": "2024-01-19-jilani-amir",
        "url": "http://testserver/statements/2024-01-19-jilani-amir/",
        "text": "He asked for “mutual trust and cooperation”.",
        "language": "en",
        "form": "indirect",
        "text_status": "unknown",
        "original_text": None,
        "original_language": None,
        "translator": None,
        "said_on": "2024-01-19",
        "said_on_qualifier": "on",
        "said_on_until": None,
        "said_on_basis": "inferred",
        "said_at": None,
        "channel": "phone_call",
        "channel_basis": "stated",
        "platform": None,
        "account": "own_side",
        "basis_note": "The report names the day of the week.",
        "acts": ["appeal"],
        "topics": ["border", "security"],
        "event": "call",
        "event_order": 2,
        "about_events": ["strikes"],
        "standing": "undisputed",
        "standing_note": None,
        "status": "published",
        "parties": [
            {
                "role": "speaker", "official": "jilani", "post": None, "organization": None,
                "country": "pk", "kind": "official", "name": "Jalil Abbas Jilani",
                "capacity": "Foreign Minister, Foreign Office, Pakistan",
                "name_as_printed": None, "basis": "stated", "form": None, "channel": None,
                "article": None,
            },
            {
                "role": "addressee", "official": "amir", "post": None, "organization": None,
                "country": "ir", "kind": "official", "name": "Hossein Amir-Abdollahian",
                "capacity": None, "name_as_printed": None, "basis": "stated", "form": None,
                "channel": None, "article": None,
            },
            {
                "role": "relayer", "official": None, "post": None,
                "organization": "foreign-office", "country": "pk", "kind": "organization",
                "name": "Foreign Office", "capacity": None, "name_as_printed": None,
                "basis": "stated", "form": "mixed", "channel": "press_statement", "article": None,
            },
        ],
        "citations": [
            {
                "article": "report", "outlet": "ndtv", "title": "Ministers speak",
                "article_url": "https://example.org/report", "published_on": "2024-01",
                "locator": None, "form": None, "text_status": None,
                "quote": "mutual trust and cooperation", "prefix": "It was “",
                "suffix": "” that he asked for, the Foreign", "start": start, "check": "verified",
                "checked_at": checked_at,
            }
        ],
        "links": [],
        "note": "",
        "published_at": "2024-01-20T08:00:00Z",
        "updated_at": "2024-01-21T08:00:00Z",
    }  # fmt: skip


def test_the_keys_come_in_their_order(client):
    make_whole()
    _, told = get(client, "/statements/2024-01-19-jilani-amir.json")
    assert list(told) == KEYS
    assert all(list(party) == PARTY_KEYS for party in told["parties"])
    assert all(list(citation) == CITATION_KEYS for citation in told["citations"])


@pytest.mark.parametrize(
    ("actor", "kind", "name"),
    [
        (lambda: make_organization("Foreign Office"), "organization", "Foreign Office"),
        (lambda: make_post("Foreign Minister"), "post", "Foreign Minister"),
        (lambda: make_country("ir"), "country", "Iran"),
        (lambda: "a senior official", "unnamed", "a senior official"),
    ],
)
def test_a_party_has_its_actors_name(client, actor, kind, name):
    statement = make_statement(speaker=actor())
    _, told = get(client, f"/statements/{statement.key}.json")
    assert [(party["kind"], party["name"]) for party in told["parties"]] == [(kind, name)]


def test_a_time_has_the_zone_where_it_was_said(client):
    statement = make_statement()
    statement.say_at(datetime.fromisoformat("2024-01-19T14:30:00+05:00"))
    statement.save()
    _, told = get(client, f"/statements/{statement.key}.json")
    assert told["said_at"] == "2024-01-19T14:30:00+05:00"


def test_an_undated_statement_has_no_day_and_no_qualifier(client):
    statement = make_statement(said_on=None, undated_reason="No date.")
    _, told = get(client, f"/statements/{statement.key}.json")
    assert (told["said_on"], told["said_on_qualifier"]) == (None, None)


class TestWhatThePublicMayNotSee:
    def test_links_to_statements_that_are_not_out_are_left_out(self, client):
        statement = make_statement()
        shown = make_statement(key="shown")
        make_link(statement, shown, "denies")
        make_link(statement, make_statement(status="draft", key="a-draft"))
        make_link(statement, make_statement(status="in_review", key="in-review"))
        make_link(statement, make_statement(status="withdrawn", key="taken-back"))
        _, told = get(client, f"/statements/{statement.key}.json")
        assert told["links"] == [{"kind": "denies", "statement": "shown"}]
        _, listed = get(client, "/statements.json")
        text = json.dumps(listed)
        assert not re.search("a-draft|in-review|taken-back", text)

    @pytest.mark.parametrize("status", ["draft", "in_review"])
    def test_what_is_not_out_is_nowhere(self, client, status):
        statement = make_statement("Secret words.", status=status)
        assert get(client, f"/statements/{statement.key}.json")[0] == 404
        for query in ("", "?q=secret", "?updated_since=2000-01-01", "?added_since=2000-01-01",
                      f"?speaker={statement.speakers[0].official.slug}"):  # fmt: skip
            status_code, told = get(client, f"/statements.json{query}")
            assert status_code == 200
            assert (told["count"], told["results"]) == (0, [])

    def test_the_stored_text_and_what_is_the_curators_stay_inside(self, client):
        make_whole()
        _, told = get(client, "/statements/2024-01-19-jilani-amir.json")
        text = json.dumps(told, ensure_ascii=False)
        assert "the Foreign Office said" not in text
        assert {"withdrawal_reason", "undated_reason", "id", "facets"}.isdisjoint(told)


class TestErrors:
    def test_nothing_at_this_address(self, client):
        status, told = get(client, "/statements/nobody.json")
        assert status == 404
        assert list(told) == ["error"]
        assert list(told["error"]) == ["code", "message", "fields"]
        assert told["error"]["code"] == "not_found"
        assert told["error"]["fields"] == {}

    def test_what_was_withdrawn_is_gone_and_says_why(self, client):
        statement = make_statement(status="withdrawn", withdrawal_reason="It was never said.")
        status, told = get(client, f"/statements/{statement.key}.json")
        assert status == 410
        assert told["error"]["code"] == "withdrawn"
        assert told["error"]["message"] == "It was never said."

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("from=zz", "from"), ("speaker=nobody", "speaker"), ("since=9999-99-99", "since"),
            ("limit=201", "limit"), ("limit=abc", "limit"), ("cursor=x", "cursor"),
            ("sort=best", "sort"), ("since=2024&until=2023", "until"), ("channel=a&q=b", "channel"),
        ],
    )  # fmt: skip
    def test_a_parameter_that_means_nothing(self, client, query, field):
        make_statement()
        status, told = get(client, f"/statements.json?{query}")
        assert status == 400
        assert list(told["error"]) == ["code", "message", "fields"]
        assert list(told["error"]["fields"]) == [field]
        assert all(isinstance(text, str) for text in told["error"]["fields"][field])
        assert "results" not in told

    def test_all_of_them_are_told(self, client):
        _, told = get(client, "/statements.json?from=zz&to=zz&since=never")
        assert list(told["error"]["fields"]) == ["from", "to", "since"]

    def test_an_operator_that_is_not_understood_is_none(self, client):
        make_statement("Trust.")
        status, told = get(client, "/statements.json?q=trust+speaker:nobody")
        assert (status, told["count"]) == (200, 1)

    def test_a_nul_is_refused(self, client):
        status, told = get(client, "/statements.json?q=%00")
        assert status == 400
        assert list(told["error"]) == ["code", "message", "fields"]

    def test_more_than_eight_kilobytes_are_too_long(self, client):
        assert get(client, "/statements.json?q=" + "a" * 8_000)[0] == 200
        status, told = get(client, "/statements.json?q=" + "a" * 8_300)
        assert (status, told["error"]["code"]) == (414, "too_long")

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    @pytest.mark.parametrize("path", ["/statements.json", "/statements/a.json"])
    def test_only_reading_is_allowed(self, client, method, path):
        assert getattr(client, method)(path).status_code == 405

    @pytest.mark.parametrize("query", ["q=%ff%fe", "from=%e2%28", "q=%ed%a0%80", "%ff=1", "q=%"])
    def test_malformed_letters_are_no_fault_of_ours(self, client, query):
        assert client.get(f"/statements.json?{query}").status_code in (200, 400)


class TestLists:
    def test_the_shape(self, client):
        make_statement(key="a")
        status, told = get(client, "/statements.json")
        assert status == 200
        assert list(told) == ["count", "count_is_exact", "results", "next"]
        assert (told["count"], told["count_is_exact"], told["next"]) == (1, True, None)
        assert list(told["results"][0]) == KEYS

    def test_of_nothing(self, client):
        assert get(client, "/statements.json") == (
            200, {"count": 0, "count_is_exact": True, "results": [], "next": None},
        )  # fmt: skip

    def test_pages_are_of_fifty_and_lead_on(self, client):
        official = make_official()
        for number in range(53):
            make_statement(key=f"s-{number:02}", speaker=official, cited=False)
        _, first = get(client, "/statements.json?speaker=" + official.slug)
        assert (first["count"], len(first["results"])) == (53, 50)
        assert first["next"].startswith("http://testserver/statements.json?speaker=")
        _, second = get(client, first["next"].removeprefix("http://testserver"))
        assert (second["count"], len(second["results"]), second["next"]) == (53, 3, None)
        keys = [row["key"] for row in first["results"] + second["results"]]
        assert len(set(keys)) == 53

    def test_the_rows_are_those_of_the_page(self, client):
        make_statement("Trust.", key="a", said_on="2024-01-18")
        make_statement("Trust.", key="b", said_on="2024-01-19")
        _, told = get(client, "/statements.json?q=trust&sort=oldest")
        assert [row["key"] for row in told["results"]] == ["a", "b"]

    def test_letters_are_written_as_they_are(self, client):
        make_statement("سلام")
        assert "سلام" in client.get("/statements.json").content.decode()

    @pytest.mark.parametrize("path", ["/statements.json", "/statements/a.json"])
    def test_the_type_is_json(self, client, path):
        make_statement(key="a")
        assert client.get(path).headers["Content-Type"].startswith("application/json")

    @pytest.mark.parametrize("path", ["/statements.json", "/statements/a.json"])
    def test_head_is_get_without_a_body(self, client, path):
        make_statement(key="a")
        head, whole = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Type"] == whole.headers["Content-Type"]

    @pytest.mark.parametrize("limit", [3, 30])
    def test_a_row_costs_no_query(self, client, limit, django_assert_max_num_queries):
        for _ in range(limit):
            make_statement(addressee=make_organization(), topics=[make_topic()])
        with django_assert_max_num_queries(14):
            get(client, f"/statements.json?limit={limit}")


class TestTombstones:
    def test_who_keeps_a_copy_is_told_what_to_drop(self, client):
        make_statement(key="kept")
        make_statement(key="gone", status="withdrawn", withdrawal_reason="It was never said.")
        _, told = get(client, "/statements.json?updated_since=2000-01-01T00:00:00Z")
        assert told["count"] == 2
        assert [row for row in told["results"] if row["key"] == "gone"] == [
            {"type": "statement", "key": "gone", "status": "withdrawn",
             "reason": "It was never said."}
        ]  # fmt: skip

    def test_the_older_ones_are_not_told_again(self, client):
        make_statement(key="gone", status="withdrawn", updated_at=datetime(2020, 1, 1, tzinfo=UTC))
        _, told = get(client, "/statements.json?updated_since=2021-01-01T00:00:00Z")
        assert told["results"] == []

    @pytest.mark.parametrize(
        "asked",
        ["q=zzsecretword", "q=nothing", 'q="zzsecretword+said"', "from=ir", "channel=letter"],
    )
    def test_tombstones_tell_nothing_of_what_was_said(self, client, asked):
        """Whatever is asked, the same tombstones come: no question can be put to them."""
        make_statement(
            "A zzsecretword said.", key="gone", status="withdrawn", withdrawal_reason="Misheard.",
            speaker=make_official(country="pk"), channel="speech",
        )  # fmt: skip
        _, told = get(client, f"/statements.json?updated_since=2000-01-01T00:00:00Z&{asked}")
        assert told["results"] == [
            {"type": "statement", "key": "gone", "status": "withdrawn", "reason": "Misheard."}
        ]

    def test_without_that_parameter_there_are_none(self, client):
        make_statement(key="gone", status="withdrawn")
        assert get(client, "/statements.json")[1]["count"] == 0
