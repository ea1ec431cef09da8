import json

import pytest
from pyld import jsonld

from statements.browse.annotations import name_of
from tests.factories import make_article, make_citation, make_statement

pytestmark = pytest.mark.django_db

BODY = "Before it. He said: “We want calm.” And then he left."
QUOTE = "We want calm."
OA = "http://www.w3.org/ns/oa#"


@pytest.fixture
def citation():
    statement = make_statement("“We want calm.”", key="calm", cited=False)
    article = make_article(
        url="https://ndtv.example/1",
        archived_url="https://web.archive.example/1",
        language="en",
        body=BODY,
    )
    return make_citation(statement, article, quote=QUOTE)


def told(client, path="/statements/calm/annotations/"):
    response = client.get(path)
    assert response.status_code == 200
    return json.loads(response.content)


def test_it_works(client, citation):
    page = told(client)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert page["partOf"]["total"] == 1
    [item] = page["items"]
    assert item["type"] == "Annotation"
    assert item["motivation"] == "linking"
    assert item["body"][0]["id"] == "http://testserver/statements/calm/"
    assert item["target"]["source"]["id"] == "https://ndtv.example/1"
    assert item["target"]["source"]["language"] == "en"


def test_the_selectors_find_the_words_in_the_text(client, citation):
    [item] = told(client)["items"]
    quoted, placed = item["target"]["selector"]
    assert quoted["type"] == "TextQuoteSelector"
    assert quoted["exact"] == QUOTE
    assert quoted["prefix"] + quoted["exact"] + quoted["suffix"] in BODY
    assert placed["type"] == "TextPositionSelector"
    assert BODY[placed["start"] : placed["end"]] == QUOTE


def test_each_has_an_address_of_its_own(client, citation):
    [item] = told(client)["items"]
    alone = told(client, item["id"].removeprefix("http://testserver"))
    assert alone.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
    assert alone == item


def test_the_statement_leads_to_it(client, citation):
    page = client.get("/statements/calm/").content.decode()
    profile = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    assert f"type='{profile}' href=\"/statements/calm/annotations/\"" in page


def test_programs_elsewhere_may_read_it(client, citation):
    response = client.get("/statements/calm/annotations/")
    assert response["Content-Type"] == (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    )
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 'rel="type"' in response["Link"]


def test_a_processor_reads_it(client, citation):
    """The terms stand in for W3C's own context, which is not fetched."""
    context = {
        "id": "@id",
        "type": "@type",
        "@vocab": OA,
        "source": {"@id": f"{OA}hasSource", "@type": "@id"},
        "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
        "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    }

    def load(url, _options):
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}

    flat = jsonld.flatten(told(client), options={"documentLoader": load})
    kinds = [kind.removeprefix(OA) for node in flat for kind in node.get("@type", [])]
    assert kinds.count("Annotation") == 1
    assert {"SpecificResource", "TextQuoteSelector", "TextPositionSelector"} <= set(kinds)


def test_when_and_where_a_copy_is_kept_is_told(client, citation):
    [item] = told(client)["items"]
    state = item["target"]["state"]
    assert state["cached"] == "https://web.archive.example/1"
    assert state["sourceDate"].endswith("Z")


def test_words_that_are_not_found_have_no_place(client):
    statement = make_statement(key="calm", cited=False)
    make_citation(statement, make_article(body="Nothing."), quote="Gone.", start=3)
    [item] = told(client)["items"]
    assert [selector["type"] for selector in item["target"]["selector"]] == ["TextQuoteSelector"]
    assert "state" not in item["target"]


def test_a_report_without_words_is_a_target_as_a_whole(client):
    make_statement(key="calm")
    [item] = told(client)["items"]
    assert "selector" not in item["target"]


def test_a_report_without_an_address_is_named_by_its_page(client):
    statement = make_statement(key="calm", cited=False)
    make_citation(statement, make_article(slug="paper"))
    [item] = told(client)["items"]
    assert item["target"]["source"]["id"] == "http://testserver/articles/paper/"


def test_the_name_is_of_what_is_cited(citation):
    name = name_of(citation)
    citation.position = 5
    assert name_of(citation) == name
    citation.quote = "We want"
    assert name_of(citation) != name


def test_markup_stays_text(client):
    statement = make_statement("<b>\"'", key="calm", cited=False)
    make_citation(statement, quote='<i>"')
    [item] = told(client)["items"]
    assert item["body"][1]["value"] == "<b>\"'"
    assert item["target"]["selector"][0]["exact"] == '<i>"'


@pytest.mark.parametrize("name", ["0123456789abcdef", "x"])
def test_no_such_annotation(client, citation, name):
    response = client.get(f"/statements/calm/annotations/{name}/")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("key", ["draft", "nothing"])
def test_what_is_not_public_is_not_there(client, key):
    make_statement(key="draft", status="draft")
    assert client.get(f"/statements/{key}/annotations/").status_code == 404


def test_a_withdrawn_statement_says_why(client):
    make_statement(key="gone", status="withdrawn", withdrawal_reason="Forged.")
    response = client.get("/statements/gone/annotations/")
    assert response.status_code == 410
    assert response.json()["error"]["message"] == "Forged."


@pytest.mark.parametrize("n", [1, 6])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    statement = make_statement(key="many", cited=False)
    for _ in range(n):
        make_citation(statement, make_article())
    with django_assert_max_num_queries(9):
        client.get("/statements/many/annotations/")
