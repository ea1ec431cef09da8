"""What an import takes in, from where, and what it says."""

import gzip
import io
import json
import sys

import pytest

from statements.models import (
    Article,
    Citation,
    Country,
    Link,
    Official,
    Party,
    Redirect,
    Statement,
)
from tests.interchange.files import (
    ALL,
    AMIR,
    ARTICLE,
    EVENT,
    JILANI,
    OUTLET,
    POST,
    STATEMENT,
    TOPIC,
    exported,
    held,
    load,
    run,
    told,
    write,
)

pytestmark = pytest.mark.django_db


class TestWhole:
    def test_it_creates_and_counts(self, tmp_path):
        outcome = load(tmp_path, *ALL)
        assert outcome.out == "created 9, updated 0, unchanged 0, refused 0\n"
        assert (outcome.err, outcome.code) == ("", 0)

    def test_what_was_told_is_there(self, tmp_path):
        load(tmp_path, *ALL)
        statement = Statement.objects.get(key=STATEMENT["key"])
        assert statement.text == STATEMENT["text"]
        assert statement.event.slug == "call"
        assert [topic.slug for topic in statement.topics.all()] == ["security"]
        assert [(party.role, party.name) for party in statement.parties.all()] == [
            ("speaker", "Jalil Abbas Jilani"),
            ("addressee", "Hossein Amir-Abdollahian"),
            ("relayer", "Foreign Office"),
        ]
        assert statement.account == "own_side"

    def test_a_citation_is_checked_against_the_stored_text(self, tmp_path):
        load(tmp_path, *ALL)
        citation = Citation.objects.get()
        assert citation.check_result == "verified"
        assert citation.start == ARTICLE["body"].index("all issues")
        assert citation.checked_at

    def test_a_check_that_is_told_is_kept(self, tmp_path):
        citations = [
            {"article": "report", "quote": "all issues", "start": 3, "check": "moved",
             "checked_at": "2024-02-01T00:00:00Z"}
        ]  # fmt: skip
        load(tmp_path, *ALL[:-1], STATEMENT | {"citations": citations})
        citation = Citation.objects.get()
        assert (citation.check_result, citation.start) == ("moved", 3)
        assert citation.checked_at.isoformat() == "2024-02-01T00:00:00+00:00"

    def test_a_side_follows_from_the_actor(self, tmp_path):
        load(tmp_path, *ALL)
        sides = Party.objects.order_by("position").values_list("country__code", flat=True)
        assert list(sides) == ["pk", "ir", "pk"]

    def test_what_is_published_has_its_instant(self, tmp_path):
        load(tmp_path, *ALL)
        assert Statement.objects.get().published_at

    def test_an_instant_that_is_told_is_kept(self, tmp_path):
        instants = {
            "published_at": "2024-01-20T00:00:00Z",
            "updated_at": "2024-01-21T00:00:00+02:00",
        }
        load(tmp_path, *ALL[:-1], STATEMENT | instants)
        kept = told("statement", STATEMENT["key"])
        assert kept["published_at"] == "2024-01-20T00:00:00Z"
        assert kept["updated_at"] == "2024-01-20T22:00:00Z"

    def test_absent_status_is_draft(self, tmp_path):
        statement = {name: value for name, value in STATEMENT.items() if name != "status"}
        load(tmp_path, *ALL[:-1], statement)
        kept = Statement.objects.get()
        assert (kept.status, kept.published_at) == ("draft", None)

    def test_null_and_absent_mean_the_same(self, tmp_path):
        load(tmp_path, TOPIC | {"description": None}, TOPIC | {"slug": "trade"})
        assert told("topic", "security")["description"] is None
        assert told("topic", "trade")["description"] is None

    def test_a_country_from_before_the_codes_may_be_brought(self, tmp_path):
        hawaii = {"type": "country", "code": "x-hawaii", "name": "Hawaii", "existed_until": "1893"}
        assert load(tmp_path, hawaii).counts.startswith("created 1,")
        assert str(Country.objects.get(code="x-hawaii").existed_until) == "1893"

    def test_one_that_is_there_already_and_is_the_same_is_unchanged(self, tmp_path):
        load(tmp_path, *ALL)
        assert load(tmp_path, told("country", "pk")).counts == (
            "created 0, updated 0, unchanged 1, refused 0"
        )

    def test_twice_changes_nothing(self, tmp_path):
        load(tmp_path, *ALL)
        before = held()
        outcome = load(tmp_path, *ALL)
        assert outcome.counts == "created 0, updated 0, unchanged 9, refused 0"
        assert held() == before

    @pytest.mark.parametrize("choice", ["fail", "skip", "update"])
    def test_its_own_export_is_unchanged_whatever_is_asked(self, tmp_path, choice):
        load(tmp_path, *ALL)
        outcome = run(
            "import_archive", write(tmp_path, *exported().splitlines()), f"--on-conflict={choice}"
        )
        assert outcome.counts == (
            f"created 0, updated 0, unchanged {9 + Country.objects.count()}, refused 0"
        )


class TestOrder:
    def test_references_may_stand_before_what_they_name(self, tmp_path):
        assert load(tmp_path, *reversed(ALL)).code == 0
        assert Statement.objects.get().account == "own_side"

    def test_what_is_named_may_stand_in_another_file(self, tmp_path):
        first = write(tmp_path, *ALL[5:], name="first.jsonl")
        second = write(tmp_path, *ALL[:5], name="second.jsonl")
        assert run("import_archive", first, second).counts.startswith("created 9,")

    def test_or_in_the_archive(self, tmp_path):
        load(tmp_path, *ALL[:5])
        assert load(tmp_path, *ALL[5:]).counts.startswith("created 4,")

    def test_a_capacity_is_looked_up_in_tenures_that_come_later(self, tmp_path):
        statement = STATEMENT | {
            "parties": [
                {"role": "speaker", "official": "jilani",
                 "capacity": "Foreign Minister, Foreign Office, Pakistan"}
            ]
        }  # fmt: skip
        load(tmp_path, statement, *ALL[:-1])
        assert Party.objects.get().chosen_capacity == ""

    def test_links_may_lead_to_later_statements(self, tmp_path):
        first = STATEMENT | {
            "key": "a", "links": [{"kind": "replies_to", "statement": "b"},
                                  {"kind": "denies", "statement": "c"}],
        }  # fmt: skip
        second = STATEMENT | {"key": "b", "links": [{"kind": "repeats", "statement": "a"}]}
        assert load(tmp_path, *ALL[:-1], first, second, STATEMENT | {"key": "c"}).code == 0
        assert set(Link.objects.values_list("statement__key", "kind", "target__key")) == {
            ("a", "replies_to", "b"), ("a", "denies", "c"), ("b", "repeats", "a"),
        }  # fmt: skip

    def test_articles_may_be_based_on_later_ones_at_any_depth(self, tmp_path):
        chain = [
            ARTICLE | {"slug": f"a{number}", "based_on": f"a{number + 1}"} for number in range(6)
        ]
        assert load(tmp_path, OUTLET, *chain, ARTICLE | {"slug": "a6"}).code == 0
        assert Article.objects.get(slug="a0").based_on.based_on.slug == "a2"

    def test_more_lines_than_one_batch(self, tmp_path):
        topics = [TOPIC | {"slug": f"topic-{number}"} for number in range(1_203)]
        assert load(tmp_path, *topics).counts.startswith("created 1203,")


class TestFiles:
    def test_a_first_line_may_say_what_it_is(self, tmp_path):
        assert load(tmp_path, {"type": "archive", "version": 1}, TOPIC).counts.startswith(
            "created 1"
        )

    def test_empty_lines_are_passed_over(self, tmp_path):
        assert load(tmp_path, "", TOPIC, "  ", "").counts.startswith("created 1,")

    def test_a_byte_order_mark_is_passed_over(self, tmp_path):
        line = b"\xef\xbb\xbf" + json.dumps(TOPIC).encode()
        assert load(tmp_path, line).counts.startswith("created 1,")

    def test_ends_of_lines_may_be_those_of_windows(self, tmp_path):
        line = json.dumps(TOPIC).encode() + b"\r"
        assert load(tmp_path, line, line.replace(b"security", b"trade")).code == 0

    def test_the_last_line_needs_no_end(self, tmp_path):
        path = tmp_path / "a.jsonl"
        path.write_text(json.dumps(TOPIC))
        assert run("import_archive", str(path)).counts.startswith("created 1,")

    def test_letters_may_be_escaped(self, tmp_path):
        load(tmp_path, json.dumps(TOPIC | {"name": "امنیت \U0001f54a"}))
        assert told("topic", "security")["name"] == "امنیت \U0001f54a"

    def test_an_empty_file_is_nothing(self, tmp_path):
        assert load(tmp_path).out == "created 0, updated 0, unchanged 0, refused 0\n"

    def test_a_packed_file_is_unpacked(self, tmp_path):
        path = tmp_path / "archive.jsonl.gz"
        path.write_bytes(gzip.compress(b"".join(json.dumps(o).encode() + b"\n" for o in ALL)))
        assert run("import_archive", str(path)).counts.startswith("created 9,")

    def test_standard_input_is_read(self, tmp_path, monkeypatch):
        text = json.dumps(TOPIC).encode() + b"\n{}\n"
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        outcome = run("import_archive", "-")
        assert outcome.code == 1
        assert outcome.lines[0].startswith("standard input:2: type: ")

    @pytest.mark.parametrize(
        "content",
        [b"not packed at all", gzip.compress(b"{}\n" * 1000, mtime=0)[:-20], b"\x1f\x8b"],
        ids=["not packed", "cut short", "begun"],
    )
    def test_a_damaged_packed_file_is_an_error_and_saves_nothing(self, tmp_path, content):
        path = tmp_path / "archive.jsonl.gz"
        path.write_bytes(content)
        outcome = run("import_archive", write(tmp_path, TOPIC), str(path))
        assert (outcome.out, outcome.code) == ("", 1)
        assert outcome.err
        assert told("topic", "security") is None

    def test_an_absent_file_is_an_error_that_names_it(self, tmp_path):
        outcome = run("import_archive", str(tmp_path / "nowhere.jsonl"))
        assert (outcome.out, outcome.code) == ("", 1)
        assert "nowhere.jsonl" in outcome.err

    def test_a_folder_is_no_file(self, tmp_path):
        outcome = run("import_archive", str(tmp_path))
        assert (outcome.out, outcome.code) == ("", 1)
        assert outcome.err


class TestDryRun:
    def test_it_counts_and_saves_nothing(self, tmp_path):
        before = held()
        outcome = load(tmp_path, *ALL, options=["--dry-run"])
        assert outcome.out == "created 9, updated 0, unchanged 0, refused 0\n"
        assert (outcome.err, outcome.code) == ("Dry run: nothing was saved.\n", 0)
        assert held() == before

    def test_it_counts_changes_too(self, tmp_path):
        load(tmp_path, *ALL)
        before = held()
        options = ["--dry-run", "--on-conflict=update"]
        outcome = load(tmp_path, AMIR | {"name": "H. Amir-Abdollahian"}, options=options)
        assert outcome.counts == "created 0, updated 1, unchanged 0, refused 0"
        assert held() == before

    def test_it_refuses_what_an_import_would(self, tmp_path):
        outcome = load(tmp_path, *ALL[1:], options=["--dry-run"])
        assert outcome.code == 1
        assert (1, "organization", 'there is no organization "foreign-office"') in outcome.refusals


class TestCapacity:
    def party(self, tmp_path, **fields):
        parties = [{"role": "speaker", "official": "jilani", **fields}]
        load(tmp_path, *ALL[:-1], STATEMENT | {"parties": parties})
        return Party.objects.get()

    def test_one_that_the_archive_would_show_anyway_is_not_kept_as_chosen(self, tmp_path):
        party = self.party(tmp_path, capacity="Foreign Minister, Foreign Office, Pakistan")
        assert party.chosen_capacity == ""
        assert party.capacity == "Foreign Minister, Foreign Office, Pakistan"

    def test_another_is_kept(self, tmp_path):
        party = self.party(tmp_path, capacity="Caretaker Foreign Minister")
        assert party.chosen_capacity == "Caretaker Foreign Minister"

    def test_one_of_a_chosen_post_is_not_kept_either(self, tmp_path):
        capacity = "Foreign Minister, Foreign Office, Pakistan"
        assert self.party(tmp_path, post="foreign-minister", capacity=capacity).capacity == capacity
        assert not Party.objects.exclude(chosen_capacity="").exists()

    def test_it_is_exported_only_when_it_was_chosen(self, tmp_path):
        self.party(tmp_path)
        assert told("statement", STATEMENT["key"])["parties"][0]["capacity"] is None

    def test_one_that_became_what_is_shown_anyway_is_not_exported(self, tmp_path):
        """Else the next import would drop it, and the second export would differ."""
        self.party(tmp_path)
        Party.objects.update(chosen_capacity="Foreign Minister, Foreign Office, Pakistan")
        assert told("statement", STATEMENT["key"])["parties"][0]["capacity"] is None


class TestDerived:
    def test_what_is_derived_is_passed_over(self, tmp_path):
        statement = STATEMENT | {
            "account": "outlet_only",
            "parties": [STATEMENT["parties"][0] | {"name": "Somebody Else"}],
            "citations": [
                STATEMENT["citations"][0]
                | {"outlet": "x", "title": "y", "article_url": "z", "published_on": "never"}
            ],
        }
        assert load(tmp_path, *ALL[:-1], statement).code == 0
        assert Statement.objects.get().account == "own"
        assert Party.objects.get().name == "Jalil Abbas Jilani"
        assert Article.objects.get().title == "Ministers speak"

    def test_it_is_no_conflict_either(self, tmp_path):
        load(tmp_path, *ALL)
        assert load(tmp_path, STATEMENT | {"account": "third_party"}).counts == (
            "created 0, updated 0, unchanged 1, refused 0"
        )

    def test_the_json_of_the_web_can_be_imported_when_its_address_is_left_out(
        self, tmp_path, client
    ):
        load(tmp_path, *ALL)
        public = client.get(f"/statements/{STATEMENT['key']}.json").json()
        del public["url"]
        assert load(tmp_path, public).counts == "created 0, updated 0, unchanged 1, refused 0"


class TestRedirects:
    def test_an_old_slug_leads_on(self, tmp_path):
        redirect = {"type": "redirect", "kind": "official", "from": "j-jilani", "to": "jilani"}
        assert load(tmp_path, redirect, *ALL).code == 0
        assert Redirect.objects.successor("official", "j-jilani") == "jilani"

    def test_nothing_new_may_take_it(self, tmp_path):
        load(tmp_path, *ALL)
        Official.objects.filter(slug="amir").update(slug="amir-abdollahian")
        outcome = load(tmp_path, AMIR)
        assert outcome.refusals == [(1, "slug", '"amir" leads to "amir-abdollahian" for ever')]

    def test_it_may_not_stand_in_the_way_of_something_that_is_there(self, tmp_path):
        load(tmp_path, *ALL)
        redirect = {"type": "redirect", "kind": "official", "from": "amir", "to": "jilani"}
        [(line, field, _reason)] = load(tmp_path, redirect).refusals
        assert (line, field) == (1, "from")

    def test_nor_of_something_that_the_same_file_brings(self, tmp_path):
        redirect = {"type": "redirect", "kind": "official", "from": "amir", "to": "jilani"}
        [(line, field, _reason)] = load(tmp_path, *ALL, redirect).refusals
        assert (line, field) == (10, "from")

    def test_a_chain_of_renames_survives(self, tmp_path):
        load(tmp_path, *ALL)
        Official.objects.filter(slug="amir").update(slug="amir-2")
        Official.objects.filter(slug="amir-2").update(slug="amir-3")
        lines = exported().splitlines()
        Redirect.objects.all().delete()
        assert run("import_archive", write(tmp_path, *lines)).code == 0
        assert Redirect.objects.successor("official", "amir") == "amir-3"

    def test_the_same_old_slug_of_two_kinds(self, tmp_path):
        redirects = [
            {"type": "redirect", "kind": "official", "from": "old", "to": "jilani"},
            {"type": "redirect", "kind": "topic", "from": "old", "to": "security"},
        ]
        assert load(tmp_path, *ALL, *redirects).code == 0
        assert load(tmp_path, *redirects).counts.endswith("unchanged 2, refused 0")

    def test_references_by_an_old_slug_are_refused(self, tmp_path):
        """A file says what it means; only addresses lead on."""
        load(tmp_path, *ALL)
        Official.objects.filter(slug="amir").update(slug="amir-abdollahian")
        statement = STATEMENT | {"key": "another"}
        assert [field for _, field, _ in load(tmp_path, statement).refusals] == [
            "parties[1].official"
        ]


def test_a_post_is_told_with_its_holders_capacity(tmp_path):
    load(tmp_path, *ALL)
    [tenure] = told("official", "jilani")["tenures"]
    assert tenure == {
        "post": POST["slug"], "started_on": "2023-08-17", "ended_on": "2024-03", "acting": False,
    }  # fmt: skip


def test_a_last_word_sorts_a_name(tmp_path):
    load(tmp_path, *ALL, JILANI | {"slug": "other", "sort_name": "Abbas"})
    assert told("official", "jilani")["sort_name"] == "Jilani"
    assert told("official", "other")["sort_name"] == "Abbas"


def test_parties_to_an_event_are_kept(tmp_path):
    parties = [
        {"role": "speaker", "official": "jilani"},
        {"role": "relayer", "organization": "foreign-office", "form": "direct"},
    ]
    load(tmp_path, *ALL[:-2], EVENT | {"started_on": "2024-01-19", "parties": parties})
    kept = told("event", "call")["parties"]
    assert [(party["role"], party["country"], party["form"]) for party in kept] == [
        ("speaker", "pk", None),
        ("relayer", "pk", "direct"),
    ]
