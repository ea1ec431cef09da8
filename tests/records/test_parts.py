"""What each kind of record takes and refuses by name, and what it names elsewhere."""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from pydantic import ValidationError

import statements
from statements.interchange.lines import parse, problem
from statements.records import RECORD_TYPES

from .lines import CONTRACT, LEAST, REQUIRED, read, refusal, refusals, told


def test_the_types_are_those_of_the_contract():
    assert set(RECORD_TYPES) == set(CONTRACT)


@pytest.mark.parametrize("kind", CONTRACT)
def test_the_fields_are_those_of_the_contract(kind):
    fields = RECORD_TYPES[kind].model_fields
    names = [field.alias or name for name, field in fields.items()]
    assert set(names) == {"type", *CONTRACT[kind].split()}


@pytest.mark.parametrize("kind", CONTRACT)
def test_the_least_that_is_asked_for_is_enough(kind):
    assert read(kind).type == kind


@pytest.mark.parametrize(("kind", "field"), REQUIRED)
def test_what_is_required_is_missed_by_name(kind, field):
    less = told(kind)
    del less[field]
    with pytest.raises(ValidationError) as caught:
        RECORD_TYPES[kind].model_validate(less)
    assert [problem(error) for error in caught.value.errors()] == [(field, "is required")]


@pytest.mark.parametrize(("kind", "field"), REQUIRED)
def test_what_is_required_is_never_null(kind, field):
    assert [found for found, _ in refusals(kind, **{field: None})] == [field]


@pytest.mark.parametrize("kind", CONTRACT)
def test_a_field_that_nobody_knows_is_refused_by_name(kind):
    assert refusal(kind, colour="red") == ("colour", "is not a field of the archive format")


@pytest.mark.parametrize("kind", CONTRACT)
def test_null_means_what_absent_means(kind):
    optional = set(CONTRACT[kind].split()) - set(LEAST[kind])
    assert read(kind, **dict.fromkeys(optional)) == read(kind)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("party", "parties[0].colour"),
        ("citation", "citations[0].colour"),
        ("link", "links[0].colour"),
    ],
)
def test_an_unknown_field_of_a_part_is_refused_by_its_place(kind, field):
    parts = {
        "party": {"parties": [{"role": "speaker", "official": "jilani", "colour": "red"}]},
        "citation": {"citations": [{"article": "ndtv-1", "colour": "red"}]},
        "link": {"links": [{"kind": "replies_to", "statement": "other", "colour": "red"}]},
    }
    assert refusal("statement", **parts[kind])[0] == field


def test_an_unknown_field_of_a_tenure_is_refused_by_its_place():
    assert refusal("official", tenures=[{"post": "p", "rank": 1}])[0] == "tenures[0].rank"


def test_url_belongs_to_the_json_of_the_web_and_not_to_the_format():
    assert refusal("statement", url="https://example.org/")[0] == "url"


class TestReferences:
    def test_a_statement_names_all_it_leads_to_by_place(self):
        found = read(
            "statement",
            topics=["security"],
            event="call",
            about_events=["strike"],
            parties=[
                {"role": "speaker", "official": "jilani", "post": "fm", "country": "pk"},
                {"role": "relayer", "organization": "fo", "article": "ndtv-1"},
            ],
            links=[{"kind": "denies", "statement": "other"}],
        ).references_made()
        assert [tuple(reference) for reference in found] == [
            ("topics", "topic", "security"),
            ("event", "event", "call"),
            ("about_events", "event", "strike"),
            ("parties[0].official", "official", "jilani"),
            ("parties[0].post", "post", "fm"),
            ("parties[0].country", "country", "pk"),
            ("parties[1].organization", "organization", "fo"),
            ("parties[1].article", "article", "ndtv-1"),
            ("citations[0].article", "article", "ndtv-1"),
            ("links[0].statement", "statement", "other"),
        ]

    def test_an_official_names_its_country_and_posts(self):
        found = read("official", country="pk", tenures=[{"post": "fm"}]).references_made()
        assert [tuple(reference) for reference in found] == [
            ("country", "country", "pk"),
            ("tenures[0].post", "post", "fm"),
        ]

    def test_a_redirect_names_what_it_leads_to(self):
        [found] = read("redirect").references_made()
        assert tuple(found) == ("to", "official", "jilani")

    def test_all_that_an_archive_names_is_gathered_by_kind(self):
        path = Path(statements.__file__).parent / "archives" / "demonstration.jsonl"
        lines = path.read_text().splitlines()
        records = [record for line in lines if (record := parse(line.encode()))]
        records.append(read("redirect"))
        gathered = defaultdict(set)
        for record in records:
            record.add_named(gathered)
        told = defaultdict(set)
        for reference in (one for record in records for one in record.references_made()):
            told[reference.kind].add(reference.slug)
        assert gathered == told


def test_a_record_is_written_with_its_own_names():
    assert json.loads(read("redirect").model_dump_json(by_alias=True))["from"] == "j-jilani"
    assert read("redirect").identity == ("redirect", "official j-jilani")
    assert read("statement").identity == ("statement", "2024-01-19-jilani")
    assert read("country").identity == ("country", "x-hawaii")
