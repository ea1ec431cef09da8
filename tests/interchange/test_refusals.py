"""What an import refuses: by file, line, field and reason, and then nothing is saved."""

import json
import time

import pytest

from statements.interchange.lines import Unreadable, parse
from statements.models import Statement, Topic
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
    held,
    load,
    run,
    told,
    write,
)

pytestmark = pytest.mark.django_db

TRADE = TOPIC | {"slug": "trade"}


def refused(tmp_path, *objects):
    """The refusals of a file, after it is sure that nothing was saved."""
    before = held()
    outcome = load(tmp_path, *objects)
    assert outcome.code == 1
    assert held() == before
    return outcome.refusals


def only(tmp_path, *objects):
    [refusal] = refused(tmp_path, *objects)
    return refusal


class TestLines:
    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("{", "is not JSON"),
            ("nonsense", "is not JSON"),
            ('{"type": "topic",}', "is not JSON"),
            ("{'type': 'topic'}", "is not JSON"),
            ('{"type": "topic"} {}', "is not JSON"),
            ("[]", "is not a JSON object"),
            ("null", "is not a JSON object"),
            ('"topic"', "is not a JSON object"),
            ("3", "is not a JSON object"),
            ("9" * 10_000, "is not JSON"),
            (b"\xff\xfe{", "is not UTF-8"),
            (b'{"type": "topic", "slug": "a", "name": "caf\xe9"}', "is not UTF-8"),
            (json.dumps(TOPIC).encode("utf-16"), "is not UTF-8"),
            (b'{"type": "topic", "slug": "a", "name": "\xed\xa0\x80"}', "is not UTF-8"),
            ('{"type": "country", "code": "x-a", "name": "A", "latitude": NaN}', "NaN"),
            ('{"type": "country", "code": "x-a", "name": "A", "latitude": Infinity}', "Infinity"),
            ('{"type": "country", "code": "x-a", "name": "A", "latitude": -Infinity}', "Infinity"),
            ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "is nested too deeply"),
            ('{"a":' * 100_000 + "1" + "}" * 100_000, "is nested too deeply"),
        ],
    )  # fmt: skip
    def test_what_is_no_object_is_refused_whole(self, tmp_path, line, reason):
        number, field, found = only(tmp_path, TOPIC, line)
        assert (number, field) == (2, "")
        assert reason in found

    @pytest.mark.parametrize("number", ["1e999", "-1e999", "1" * 400])
    def test_a_number_beyond_all_numbers_is_refused_by_its_field(self, tmp_path, number):
        line = f'{{"type": "country", "code": "x-a", "name": "A", "latitude": {number}}}'
        assert only(tmp_path, line)[1] == "latitude"

    def test_nesting_inside_a_field_is_refused_by_it(self, tmp_path):
        line = '{"type": "topic", "slug": "a", "name": ' + "[" * 300 + "]" * 300 + "}"
        assert only(tmp_path, line)[1] == "name"

    def test_a_line_of_twenty_megabytes_is_refused_and_the_next_is_read(self, tmp_path):
        long = json.dumps(TOPIC | {"description": "a" * 20_000_000})
        [(number, field, reason), second] = refused(tmp_path, TRADE, long, TOPIC | {"colour": 1})
        assert (number, field) == (2, "")
        assert "16 MiB" in reason
        assert second[:2] == (3, "colour")

    def test_a_name_that_stands_twice_in_one_object_is_refused(self, tmp_path):
        line = '{"type": "topic", "slug": "a", "name": "A", "slug": "b"}'
        assert only(tmp_path, line) == (1, "slug", "stands twice in one object")

    def test_a_name_that_stands_twice_among_many_is_found_soon(self):
        """Told through a file of a few megabytes, which took hours."""
        names = [f'"{number}": 0' for number in range(40_000)]
        began = time.process_time()
        with pytest.raises(Unreadable) as refused:
            parse(f"{{{', '.join([*names, names[-1]])}}}".encode())
        assert refused.value.problems == (("39999", "stands twice in one object"),)
        assert time.process_time() - began < 5

    def test_so_it_is_within_a_part(self, tmp_path):
        line = json.dumps(STATEMENT).replace(
            '"role": "speaker"', '"role": "speaker", "role": "addressee"'
        )
        assert only(tmp_path, *ALL[:-1], line)[1] == "role"

    @pytest.mark.parametrize("kind", ["person", "", None, 3, ["topic"], {"a": 1}, "archive "])
    def test_a_type_that_nobody_knows_is_refused_with_those_that_are(self, tmp_path, kind):
        number, field, reason = only(tmp_path, {"type": kind, "slug": "a"})
        assert (number, field) == (1, "type")
        assert "country, organization" in reason

    def test_so_is_a_line_without_one(self, tmp_path):
        assert only(tmp_path, {"slug": "a", "name": "A"})[1] == "type"

    def test_another_version_of_the_format_is_refused(self, tmp_path):
        assert only(tmp_path, {"type": "archive", "version": 2}, TOPIC)[:2] == (1, "version")

    def test_a_first_line_with_more_in_it_is_refused(self, tmp_path):
        assert only(tmp_path, {"type": "archive", "version": 1, "by": "us"})[:2] == (1, "by")


class TestFields:
    def test_an_unknown_field(self, tmp_path):
        assert only(tmp_path, TRADE, TOPIC | {"colour": "red"}) == (
            2, "colour", "is not a field of the archive format",
        )  # fmt: skip

    def test_a_missing_field(self, tmp_path):
        assert only(tmp_path, {"type": "topic", "slug": "a"}) == (1, "name", "is required")

    def test_a_nul(self, tmp_path):
        _, field, reason = only(tmp_path, TOPIC | {"name": "Sec\x00urity"})
        assert (field, reason) == ("name", "holds a NUL character")

    def test_a_nul_in_a_stored_text(self, tmp_path):
        assert only(tmp_path, OUTLET, ARTICLE | {"body": "a\x00"})[1] == "body"

    def test_half_a_character(self, tmp_path):
        line = json.dumps(TOPIC).replace("Security", "Sec\\ud800urity")
        assert only(tmp_path, line)[1:] == ("name", "holds half a character (a lone surrogate)")

    def test_half_a_character_in_the_name_of_a_field(self, tmp_path):
        [(number, field, _reason)] = refused(
            tmp_path, '{"type": "topic", "\\ud800": 1, "slug": "a", "name": "A"}'
        )
        assert number == 1
        field.encode("utf-8")

    @pytest.mark.parametrize("day", ["2023-02-29", "2024-13", "0000", "19.1.2024"])
    def test_a_day_that_does_not_exist(self, tmp_path, day):
        assert only(tmp_path, *ALL[:-1], STATEMENT | {"said_on": day})[:2] == (9, "said_on")

    def test_a_text_of_five_megabytes(self, tmp_path):
        assert only(tmp_path, *ALL[:-1], STATEMENT | {"text": "Iran " * 10**6})[:2] == (9, "text")

    def test_an_address_that_is_not_of_the_web(self, tmp_path):
        assert only(tmp_path, OUTLET, ARTICLE | {"url": "javascript:alert(1)"})[:2] == (2, "url")

    def test_every_fault_of_a_line_is_told(self, tmp_path):
        statement = STATEMENT | {"said_on": "never", "form": "sung", "colour": "red"}
        found = refused(tmp_path, *ALL[:-1], statement)
        assert {field for _, field, _ in found} == {"said_on", "form", "colour"}

    def test_but_the_line_counts_once(self, tmp_path):
        outcome = load(tmp_path, STATEMENT | {"said_on": "never", "form": "sung"})
        assert outcome.counts.endswith("refused 1")

    def test_every_refused_line_is_told(self, tmp_path):
        lines = [TOPIC | {"slug": f"t{number}", "colour": number} for number in range(1_500)]
        found = refused(tmp_path, *lines)
        assert [number for number, _, _ in found] == list(range(1, 1_501))


class TestReferences:
    @pytest.mark.parametrize(
        ("objects", "line", "field", "reason"),
        [
            ([OUTLET | {"country": "zz"}], 1, "country", 'there is no country "zz"'),
            ([ARTICLE], 1, "outlet", 'there is no outlet "ndtv"'),
            (
                [OUTLET, ARTICLE | {"based_on": "nowhere"}],
                2, "based_on", 'there is no article "nowhere"',
            ),
            ([POST], 1, "organization", 'there is no organization "foreign-office"'),
            ([JILANI], 1, "tenures[0].post", 'there is no post "foreign-minister"'),
            ([EVENT | {"countries": ["pk", "zz"]}], 1, "countries", 'there is no country "zz"'),
            (
                [{"type": "redirect", "kind": "topic", "from": "a", "to": "b"}],
                1, "to", 'there is no topic "b"',
            ),
        ],
    )  # fmt: skip
    def test_to_nothing_are_refused(self, tmp_path, objects, line, field, reason):
        assert only(tmp_path, *objects) == (line, field, reason)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"topics": ["security", "nothing"]}, "topics"),
            ({"event": "nothing"}, "event"),
            ({"about_events": ["nothing"]}, "about_events"),
            ({"citations": [{"article": "report"}, {"article": "nothing"}]},
             "citations[1].article"),
            ({"links": [{"kind": "denies", "statement": "nothing"}]}, "links[0].statement"),
            ({"parties": [{"role": "speaker", "official": "nothing"}]}, "parties[0].official"),
            ({"parties": [{"role": "speaker", "organization": "nothing"}]},
             "parties[0].organization"),
            ({"parties": [{"role": "speaker", "country": "zz"}]}, "parties[0].country"),
            ({"parties": [{"role": "speaker", "post": "nothing"}]}, "parties[0].post"),
            ({"parties": [*STATEMENT["parties"], {"role": "relayer", "country": "tr",
                                                  "article": "nothing"}]},
             "parties[3].article"),
        ],
    )  # fmt: skip
    def test_of_a_statement_to_nothing_are_refused(self, tmp_path, change, field):
        number, found, reason = only(tmp_path, *ALL[:-1], STATEMENT | change)
        assert (number, found) == (9, field)
        assert reason.startswith("there is no ")

    def test_to_what_stands_on_a_refused_line_are_not_refused_besides(self, tmp_path):
        bad = JILANI | {"colour": "red"}
        found = refused(tmp_path, *[bad if item is JILANI else item for item in ALL])
        assert [(line, field) for line, field, _ in found] == [(3, "colour")]

    def test_a_country_is_no_organization(self, tmp_path):
        parties = [{"role": "speaker", "organization": "pk"}]
        assert only(tmp_path, *ALL[:-1], STATEMENT | {"parties": parties})[1] == (
            "parties[0].organization"
        )

    @pytest.mark.parametrize("length", [2, 3, 7])
    def test_articles_based_on_each_other_in_a_circle(self, tmp_path, length):
        circle = [
            ARTICLE | {"slug": f"a{n}", "based_on": f"a{(n + 1) % length}"} for n in range(length)
        ]
        found = refused(tmp_path, OUTLET, *circle)
        assert [(line, field) for line, field, _ in found] == [
            (number + 2, "based_on") for number in range(length)
        ]

    def test_a_circle_that_an_update_would_close(self, tmp_path):
        load(tmp_path, OUTLET, ARTICLE, ARTICLE | {"slug": "retold", "based_on": "report"})
        path = write(tmp_path, ARTICLE | {"based_on": "retold"})
        outcome = run("import_archive", path, "--on-conflict=update")
        assert outcome.code == 1
        assert [field for _, field, _ in outcome.refusals] == ["based_on"]
        assert told("article", "report")["based_on"] is None

    def test_redirects_that_lead_to_each_other(self, tmp_path):
        circle = [
            {"type": "redirect", "kind": "topic", "from": "a", "to": "b"},
            {"type": "redirect", "kind": "topic", "from": "b", "to": "a"},
        ]
        assert [field for _, field, _ in refused(tmp_path, *circle)] == ["to", "to"]


class TestTwice:
    @pytest.mark.parametrize("item", ALL, ids=lambda item: item["type"])
    def test_in_one_run_is_refused_with_the_place_of_the_first(self, tmp_path, item):
        objects = [*ALL, item]
        [(number, field, reason)] = refused(tmp_path, *objects)
        assert number == 10
        assert field in ("slug", "key")
        assert reason.endswith(f"archive.jsonl:{ALL.index(item) + 1}")

    def test_in_two_files_of_one_run(self, tmp_path):
        first = write(tmp_path, TOPIC, name="first.jsonl")
        second = write(tmp_path, TRADE, TOPIC, name="second.jsonl")
        outcome = run("import_archive", first, second)
        assert outcome.out.startswith(f"{second}:2: slug: stands already in {first}:1")

    def test_a_country(self, tmp_path):
        pakistan = told("country", "pk")
        assert only(tmp_path, pakistan, pakistan)[:2] == (2, "code")

    def test_a_redirect(self, tmp_path):
        redirect = {"type": "redirect", "kind": "topic", "from": "a", "to": "security"}
        assert only(tmp_path, TOPIC, redirect, redirect)[:2] == (3, "from")

    def test_even_when_the_first_is_refused_itself(self, tmp_path):
        found = refused(tmp_path, TOPIC | {"colour": "red"}, TOPIC)
        assert [(line, field) for line, field, _ in found] == [(1, "colour"), (2, "slug")]


class TestNothingIsSaved:
    def test_one_bad_line_among_many(self, tmp_path):
        topics = [TOPIC | {"slug": f"topic-{number}"} for number in range(1_200)]
        found = refused(tmp_path, *topics, TOPIC | {"name": ""})
        assert [line for line, _, _ in found] == [1_201]
        assert not Topic.objects.exists()

    def test_a_bad_line_in_the_second_file(self, tmp_path):
        good = write(tmp_path, *ALL, name="good.jsonl")
        bad = write(tmp_path, TRADE | {"colour": "red"}, name="bad.jsonl")
        assert run("import_archive", good, bad).code == 1
        assert not Statement.objects.exists()

    def test_what_only_the_database_refuses_is_told_by_its_line(self, tmp_path):
        """Two posts of the same official from the same day: the format's rule misses `acting`."""
        tenure = JILANI["tenures"][0]
        twice = AMIR | {"tenures": [tenure, tenure | {"acting": True}]}
        others = [AMIR | {"slug": f"official-{number}"} for number in range(20)]
        found = refused(tmp_path, *ALL[:3], *others, twice)
        assert [line for line, _, _ in found] == [24]
        assert "SELECT" not in found[0][2]

    def test_so_it_is_in_the_middle_of_a_batch_of_statements(self, tmp_path):
        """The rule of the format misses a citation that stands twice with other surroundings."""
        others = [STATEMENT | {"key": f"statement-{number}"} for number in range(1_500)]
        twice = {"article": "report", "quote": "all issues", "start": 3, "check": "moved"}
        others[1_234] |= {"citations": [twice, twice | {"locator": "page 2"}]}
        found = refused(tmp_path, *ALL, *others)
        assert [(line, field) for line, field, _ in found] == [(1_244, "")]
        assert "citation_is_made_once" in found[0][2]

    def test_what_the_format_refuses_after_it_is_told_too(self, tmp_path):
        tenure = JILANI["tenures"][0]
        twice = AMIR | {"tenures": [tenure, tenure | {"acting": True}]}
        topics = [TRADE | {"slug": f"topic-{number}"} for number in range(1_100)]
        found = refused(tmp_path, *ALL[:3], twice, *topics, TOPIC | {"colour": "red"})
        assert [(line, field) for line, field, _ in found] == [(4, ""), (1_105, "colour")]


class TestWhatIsSaid:
    def test_only_refusals_and_counts_on_standard_output(self, tmp_path):
        path = write(tmp_path, TRADE, TOPIC | {"colour": "red"})
        outcome = run("import_archive", path)
        assert outcome.lines == [
            f"{path}:2: colour: is not a field of the archive format",
            "created 1, updated 0, unchanged 0, refused 1",
        ]
        assert outcome.err == "Nothing was saved: see the lines refused above."

    def test_no_refusal_breaks_its_line(self, tmp_path):
        outcome = load(tmp_path, TOPIC | {"slug": "a\nb", "name": "A", "x\ny": 1})
        assert len(outcome.lines) == 3
