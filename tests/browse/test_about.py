import pytest
from jsonschema import Draft202012Validator

from statements.vocabulary import Account, Form

pytestmark = pytest.mark.django_db


def test_it_works(client):
    page = client.get("/about/").content.decode()
    for label in (term.label for terms in (Form, Account) for term in terms):
        assert label.replace("'", "&#x27;") in page


def test_the_data_page_leads_to_the_schema(client):
    page = client.get("/about/data/").content.decode()
    assert 'href="/about/data/archive.schema.json"' in page
    assert "phone_call" in page


def test_the_schema_is_one(client):
    response = client.get("/about/data/archive.schema.json")
    Draft202012Validator.check_schema(response.json())
    assert response["Content-Type"] == "application/schema+json"
