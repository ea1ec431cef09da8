"""The published JSON Schema, and the version of the format."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from statements import records
from statements.records import archive_schema

from .lines import CONTRACT, LEAST, told

ROOT = Path(__file__).resolve().parents[2]
ARCHIVES = [
    ROOT / "statements" / "archives" / "demonstration.jsonl",
    ROOT / "statements" / "migrations" / "countries.jsonl",
]


class TestSchema:
    def test_it_is_a_schema_of_its_draft(self):
        assert archive_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(archive_schema())

    @pytest.mark.parametrize("path", ARCHIVES, ids=lambda path: path.stem)
    def test_it_takes_the_archives_that_come_with_the_project(self, path):
        validator = Draft202012Validator(archive_schema())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            faults = [error.message for error in validator.iter_errors(json.loads(line))]
            assert faults == [], f"line {number}"

    @pytest.mark.parametrize("kind", CONTRACT)
    def test_it_takes_the_least_and_refuses_a_field_that_nobody_knows(self, kind):
        validator = Draft202012Validator(archive_schema())
        assert validator.is_valid(told(kind))
        assert not validator.is_valid(told(kind, colour="red"))

    @pytest.mark.parametrize("kind", CONTRACT)
    def test_null_may_stand_for_nothing(self, kind):
        """Null is what an update clears a field with, so the published schema allows it."""
        optional = set(CONTRACT[kind].split()) - set(LEAST[kind])
        validator = Draft202012Validator(archive_schema())
        faults = [
            list(fault.path)
            for fault in validator.iter_errors(told(kind, **dict.fromkeys(optional)))
        ]
        assert faults == []

    def test_it_says_how_long_a_text_may_be(self):
        schema = archive_schema()["$defs"]["StatementRecord"]["properties"]["text"]
        assert schema["maxLength"] == 100_000
        assert schema["minLength"] == 1

    def test_it_refuses_what_is_missing_and_what_is_no_object(self):
        validator = Draft202012Validator(archive_schema())
        less = told("statement")
        del less["text"]
        assert not validator.is_valid(less)
        assert not validator.is_valid({"type": "archive", "version": 2})
        assert not validator.is_valid([])
        assert validator.is_valid({"type": "archive", "version": 1})


def test_the_version_of_the_format_is_one():
    assert records.VERSION == 1
    assert records.ArchiveRecord.model_validate({"type": "archive"}).version == 1
    with pytest.raises(ValidationError):
        records.ArchiveRecord.model_validate({"type": "archive", "version": 2})
