import csv
import io

import pytest

from tests.factories import make_country, make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def story():
    jilani = make_official("Jalil Abbas Jilani", country="pk", slug="jilani")
    amir = make_official("Hossein Amir-Abdollahian", country="ir", slug="amir")
    make_statement(speaker=jilani, addressee=amir, channel="letter")
    make_statement(speaker=jilani, addressee=[amir, make_country("tr")])


def test_it_works(client):
    told = client.get("/network.json").json()
    assert (told["who"], told["is_of_newest"]) == ("countries", False)
    assert [node["key"] for node in told["nodes"]] == ["ir", "pk", "tr"]
    assert told["nodes"][1] == {
        "key": "pk", "name": "Pakistan", "country": "Pakistan",
        "url": "http://testserver/countries/pk/",
    }  # fmt: skip
    assert told["edges"][0] == {
        "source": "pk", "source_name": "Pakistan", "target": "ir", "target_name": "Iran",
        "n_statements": 2, "url": "http://testserver/statements/?from=pk&to=ir",
    }  # fmt: skip
    assert [edge["n_statements"] for edge in told["edges"]] == [2, 1]


def test_officials(client):
    told = client.get("/network.json?who=officials").json()
    assert told["nodes"][0]["url"] == "http://testserver/officials/amir/"
    assert told["nodes"][0]["country"] == "Iran"
    assert [(edge["source"], edge["target"]) for edge in told["edges"]] == [("jilani", "amir")]


def test_an_edge_list(client):
    response = client.get("/network.csv?channel=letter")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="network.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        {"source": "pk", "source_name": "Pakistan", "target": "ir", "target_name": "Iran",
         "n_statements": "1"}
    ]  # fmt: skip


def test_nothing_found_is_an_empty_network(client):
    told = client.get("/network.json?channel=speech").json()
    assert (told["nodes"], told["edges"]) == ([], [])
    assert client.get("/network.csv?channel=speech").content.count(b"\n") == 1


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_an_unknown_value_is_refused(client, suffix):
    response = client.get(f"/network.{suffix}?who=ships")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["who"]


@pytest.mark.parametrize("query", ["", "?who=officials", "?channel=letter"])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(6):
        client.get(f"/network.json{query}")
