"""The schema: valid, whole, and true of what is answered."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from statements.api import parameters
from statements.api.interface import api
from statements.api.nouns import NOUNS
from statements.models import Statement
from statements.records import RECORD_TYPES
from statements.search.filters import SORTS, StatementFilters
from statements.vocabulary import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@pytest.fixture
def schema(client):
    response = client.get("/api/v1/schema/")
    assert response.headers["Content-Type"].startswith("application/json")
    return response.json()


def operations(schema):
    return {path: methods["get"] for path, methods in schema["paths"].items()}


def parameter_of(schema, path, name):
    [found] = [one for one in operations(schema)[path]["parameters"] if one["name"] == name]
    return found


def test_it_is_valid(schema):
    assert schema["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(schema).iter_errors()] == []


def test_a_spoiled_one_is_not(schema):
    del operations(schema)["/api/v1/statements/"]["responses"]
    schema["info"].pop("title")
    assert list(OpenAPIV31SpecValidator(schema).iter_errors())


def test_every_address_is_told(schema):
    plurals = ["statements", *(noun.plural for noun in NOUNS)]
    assert set(schema["paths"]) == {
        address
        for plural in plurals
        for address in (
            f"/api/v1/{plural}/",
            f"/api/v1/{plural}/{'{key}' if plural == 'statements' else '{slug}'}/",
        )
    }
    assert all(list(methods) == ["get"] for methods in schema["paths"].values())


def test_every_filter_of_the_page_is_told(schema):
    told = [one["name"] for one in operations(schema)["/api/v1/statements/"]["parameters"]]
    assert told == [*StatementFilters.base_filters, "include"]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.plural)
def test_every_filter_of_a_list_is_told(schema, noun):
    told = [one["name"] for one in operations(schema)[f"/api/v1/{noun.plural}/"]["parameters"]]
    assert told == [*noun.filters.base_filters, "limit", "cursor"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "channel",
            {"type": "array", "items": {"type": "string", "enum": Channel.codes()}, "maxItems": 50},
        ),
        ("limit", {"type": "integer", "minimum": 1, "maximum": 200}),
        ("sort", {"type": "string", "enum": list(SORTS)}),
        ("since", {"type": "string", "pattern": parameters.DAY}),
        ("updated_since", {"type": "string", "examples": [parameters.INSTANT]}),
        ("q", {"type": "string", "maxLength": 8192}),
    ],
)  # fmt: skip
def test_a_parameter_says_what_it_takes(schema, name, expected):
    assert parameter_of(schema, "/api/v1/statements/", name)["schema"] == expected


def test_a_field_of_no_known_kind_is_an_error_of_ours():
    with pytest.raises(TypeError, match="nothing is said of"):
        parameters.schema_of(object())


@pytest.mark.parametrize("kind", [kind for kind in RECORD_TYPES if kind != "redirect"])
def test_the_objects_have_the_fields_of_the_records(schema, kind):
    shape = schema["components"]["schemas"][kind.capitalize()]
    hidden = {"article": {"body"}, "statement": {"withdrawal_reason", "undated_reason"}}
    added = {"page_url"} if kind in ("article", "event") else {"url"}
    expected = RECORD_TYPES[kind].model_fields.keys() - hidden.get(kind, set()) | added
    assert shape["properties"].keys() == expected
    assert set(shape["required"]) == expected


@pytest.mark.parametrize("plural", ["statements", *(noun.plural for noun in NOUNS)])
def test_what_is_answered_is_what_is_told(client, schema, demonstration, plural):
    path = f"/api/v1/{plural}/"
    asked = "?include=citations,links" if plural == "statements" else "?limit=200"
    check = validator(schema, path)
    told = client.get(path + asked).json()
    assert [error.message for error in check.iter_errors(told)] == []
    assert told["results"]
    del told["results"][0]["type"]
    assert list(check.iter_errors(told))


def test_so_is_one_statement_and_a_refusal(client, schema, demonstration):
    key = Statement.objects.earliest("pk").key
    path = "/api/v1/statements/{key}/"
    told = client.get(f"/api/v1/statements/{key}/?include=citations,links").json()
    assert not list(validator(schema, path).iter_errors(told))
    refused = client.get("/api/v1/statements/nobody/").json()
    assert not list(validator(schema, path, "404").iter_errors(refused))


def validator(schema, path, status="200"):
    answer = operations(schema)[path]["responses"][status]["content"]["application/json"]["schema"]
    return Draft202012Validator(
        {**answer, "components": schema["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def test_the_headers_are_told(schema):
    responses = operations(schema)["/api/v1/statements/"]["responses"]
    assert set(responses["200"]["headers"]) == {
        "RateLimit-Policy", "RateLimit", "ETag", "Last-Modified"
    }  # fmt: skip
    assert "Retry-After" in responses["429"]["headers"]


def test_the_root_leads_to_everything(client):
    told = client.get("/api/v1/").json()
    assert list(told) == ["statements", *(noun.plural for noun in NOUNS), "schema", "docs"]
    for url in told.values():
        assert client.get(url.removeprefix("http://testserver")).status_code == 200


class TestPage:
    def test_it_tells_every_address_parameter_and_object(self, client, schema):
        text = client.get("/api/v1/docs/").text
        for path, operation in operations(schema).items():
            assert path in text
            for one in operation["parameters"]:
                assert f"<code>{one['name']}</code>" in text
        for name in schema["components"]["schemas"]:
            assert f'id="{name}"' in text

    def test_its_links_lead_to_something_on_it(self, client):
        text = client.get("/api/v1/docs/").text
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', text)) - set(ids) == set()

    def test_it_needs_no_script_of_its_own_and_nothing_from_elsewhere(self, client):
        text = client.get("/api/v1/docs/").text
        scripts = re.findall(r"<script([^>]*)>", text)
        assert scripts
        assert [s for s in scripts if not re.search('src="/static/|application/ld', s)] == []
        assert re.findall(r"\sstyle=|<style|\son\w+=", text) == []
        assert re.findall(r'\ssrc="(?!/)[^"]*"|rel="stylesheet" href="(?!/)', text) == []

    def test_it_costs_what_any_page_costs(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(2):
            client.get("/api/v1/docs/")


class TestDocument:
    def test_every_address_is_in_the_document(self):
        text = DOCS.read_text(encoding="utf-8")
        for plural in ["statements", *(noun.plural for noun in NOUNS)]:
            assert f"`/api/v1/{plural}/`" in text

    def test_every_filter_of_the_other_lists_is_in_it(self):
        text = DOCS.read_text(encoding="utf-8")
        for noun in NOUNS:
            [row] = re.findall(rf"^\| `/api/v1/{noun.plural}/` \|.*$", text, re.M)
            assert [name for name in noun.filters.base_filters if f"`{name}`" not in row] == []

    def test_every_code_of_an_error_is_in_it(self):
        text = DOCS.read_text(encoding="utf-8")
        codes = "invalid_parameters not_found withdrawn method_not_allowed too_long bad_request"
        for code in [*codes.split(), "too_many_requests", "unavailable", "too_wide"]:
            assert f"`{code}`" in text


def test_the_schema_is_made_of_the_operations_that_answer():
    told = json.loads(json.dumps(api.get_openapi_schema(path_prefix=reverse("api-v1:api-root"))))
    assert len(told["paths"]) == 2 + 2 * len(NOUNS)
