"""Export, import into a just-migrated archive, export again: the same bytes."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from jsonschema import Draft202012Validator

from statements.records import CountryRecord, archive_schema
from tests.interchange.archives import archives
from tests.interchange.files import ALL, JILANI, STATEMENT, emptied, exported, held, load, run

ROOT = Path(__file__).resolve().parents[2]
DEMONSTRATION = ROOT / "statements" / "archives" / "demonstration.jsonl"
COUNTRIES = ROOT / "statements" / "migrations" / "countries.jsonl"

pytestmark = pytest.mark.django_db


@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink one takes minutes
    suppress_health_check=[
        HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large,
    ],
)  # fmt: skip
@example(ALL)
@given(archives())
def test_any_archive_comes_back_to_the_byte(tmp_path, objects):
    emptied()
    taken = load(tmp_path, *objects)
    assert taken.code == 0, taken.out
    assert taken.counts == f"created {len(objects)}, updated 0, unchanged 0, refused 0"
    first = held()

    again = load(tmp_path, first.encode())
    assert again.counts.startswith("created 0, updated 0,"), again.out
    assert held() == first

    emptied()
    anew = load(tmp_path, first.encode())
    assert anew.code == 0, anew.out
    assert held() == first


def test_the_demonstration_archive_comes_back_to_the_byte(tmp_path):
    assert run("import_archive", str(DEMONSTRATION)).code == 0
    first = exported()
    emptied()
    assert load(tmp_path, first.encode()).code == 0
    assert exported() == first


def test_the_archive_of_the_migrations_is_the_file_of_the_countries():
    lines = exported().splitlines()
    assert json.loads(lines[0]) == {"type": "archive", "version": 1}
    told = [CountryRecord.model_validate_json(line) for line in COUNTRIES.open(encoding="utf-8")]
    assert [CountryRecord.model_validate_json(line) for line in lines[1:]] == told


def test_an_export_is_of_its_own_schema(tmp_path):
    load(tmp_path, *ALL)
    validator = Draft202012Validator(archive_schema())
    for line in exported().splitlines():
        assert [error.message for error in validator.iter_errors(json.loads(line))] == []


def test_an_export_imports_in_one_pass(tmp_path):
    """Whatever a line names stands on a line before it, links between statements aside."""
    run("import_archive", str(DEMONSTRATION))
    known = set()
    for line in exported().splitlines()[1:]:
        item = json.loads(line)
        text = json.dumps({name: value for name, value in item.items() if name != "links"})
        known.add((item["type"], item.get("slug") or item.get("code") or item.get("key")))
        for kind in ("official", "post", "organization", "outlet", "article", "event"):
            for named in _named(json.loads(text), kind):
                assert (kind, named) in known, f"{item['type']} names {kind} {named} too early"


def _named(value, kind):
    """Slugs that stand in a field called as its kind is, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == kind and isinstance(inner, str):
                yield inner
            yield from _named(inner, kind)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, kind)


def test_an_export_holds_what_the_public_may_not_see(tmp_path):
    draft = STATEMENT | {"key": "draft", "status": "draft"}
    load(tmp_path, *ALL, draft)
    text = exported()
    assert '"status":"draft"' in text
    assert "all issues”, it was reported" in text


def test_what_is_derived_is_not_exported(tmp_path):
    load(tmp_path, *ALL)
    [line] = [line for line in exported().splitlines() if '"type":"statement"' in line]
    statement = json.loads(line)
    assert "account" not in statement
    assert "name" not in statement["parties"][0]
    assert {"outlet", "title", "article_url", "published_on"}.isdisjoint(statement["citations"][0])


def test_letters_are_written_as_they_are(tmp_path):
    load(tmp_path, *[JILANI | {"name": "جیلانی"} if item is JILANI else item for item in ALL])
    assert "جیلانی" in exported()
