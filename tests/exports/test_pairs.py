"""What two sides said to each other, as JSON and as a feed."""

import pytest

from statements.models import Official, Redirect
from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    """First Pakistan to Iran, then back, then each to the other; and what is no part of it."""
    jilani = make_official(slug="jilani")
    amir = make_official("Hossein Amir-Abdollahian", country="ir", slug="amir")
    make_statement(speaker=jilani, addressee=amir, key="first", said_on="2024-01-16")
    make_statement(speaker=amir, addressee=jilani, key="second", said_on="2024-01-19")
    make_statement(speaker=[jilani, amir], addressee=[jilani, amir], key="third", said_on="2024-01")
    make_statement(
        speaker=jilani, addressee=make_official(country="ir"), key="fourth", said_on="2023"
    )
    make_statement(speaker=jilani, addressee=make_official(country="tr"))
    make_statement(speaker=amir)


def told(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.json()


def keys(answer):
    return [row["key"] for row in answer["results"]]


def test_it_works(client, said):
    answer = told(client, "/between/pk/ir.json")
    assert list(answer) == [
        "pair", "counts", "first_contact", "last_contact", "tone",
        "count", "count_is_exact", "results", "next",
    ]  # fmt: skip
    assert answer["pair"] == {
        "kind": "country",
        "url": "http://testserver/between/pk/ir/",
        "one": {"code": "pk", "name": "Pakistan", "url": "http://testserver/countries/pk/"},
        "other": {"code": "ir", "name": "Iran", "url": "http://testserver/countries/ir/"},
    }
    assert answer["counts"] == {
        "one_to_other": 3, "other_to_one": 2, "each_to_the_other": 1, "are_exact": True,
    }  # fmt: skip
    assert answer["first_contact"] == {
        "statement": "fourth", "said_on": "2023", "said_on_qualifier": "on", "said_on_until": None,
    }  # fmt: skip
    assert answer["last_contact"]["statement"] == "second"
    assert answer["tone"] is None
    assert (answer["count"], keys(answer)) == (4, ["second", "first", "third", "fourth"])


def test_two_officials_have_the_same(client, said):
    answer = told(client, "/between/officials/jilani/amir.json")
    assert answer["pair"]["one"]["slug"] == "jilani"
    assert answer["counts"]["one_to_other"] == 2
    assert keys(answer) == ["second", "first", "third"]


def test_the_other_way_round_the_same_statements_come(client, said):
    answer, turned = (told(client, f"/between/{pair}.json") for pair in ("pk/ir", "ir/pk"))
    assert answer["results"] == turned["results"]
    assert answer["counts"]["one_to_other"] == turned["counts"]["other_to_one"]


def test_filters_narrow_the_counts_as_well(client, said):
    answer = told(client, "/between/pk/ir.json?since=2024")
    assert (answer["count"], answer["counts"]["one_to_other"]) == (3, 2)
    assert answer["first_contact"]["statement"] == "third"


def test_tone_is_told_where_it_is_asked_for_and_whose_it_is(client, said):
    jilani, amir = Official.objects.get(slug="jilani"), Official.objects.get(slug="amir")
    make_statement(speaker=jilani, addressee=amir, said_on="2024-01-17", acts=["consult", "agree"])
    make_statement(speaker=jilani, addressee=amir, said_on="2024-02-01", acts=["comment"])
    tone = told(client, "/between/pk/ir.json?tone=plover&since=2024")["tone"]
    assert list(tone) == ["scale", "scale_url", "licence", "rates", "least", "most", "periods"]
    assert (tone["scale"], tone["licence"], tone["rates"]) == ("PLOVER", "CC BY-SA 4.0", "acts")
    assert tone["periods"] == [
        {
            "period": "2024-01",
            "one_to_other": {"score": 3.15, "n_rated_acts": 2},
            "other_to_one": None,
        },
        {"period": "2024-02", "one_to_other": None, "other_to_one": None},
    ]


def test_an_unknown_scale_is_refused(client, said):
    response = client.get("/between/pk/ir.json?tone=mood")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["tone"]


def test_where_nothing_passed_there_is_no_contact(client, said):
    answer = told(client, "/between/pk/fr.json")
    assert (answer["count"], answer["results"], answer["first_contact"]) == (0, [], None)


def test_its_pages_lead_on(client, said):
    met, path = [], "/between/pk/ir.json?limit=2"
    while path:
        answer = told(client, path)
        met += keys(answer)
        path = (answer["next"] or "").removeprefix("http://testserver")
    assert met == ["second", "first", "third", "fourth"]


def test_what_cannot_be_is_refused(client, said):
    response = client.get("/between/pk/ir.json?since=yesterday")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["since"]


def test_a_draft_is_in_neither(client):
    pakistani, iranian = make_official(), make_official(country="ir")
    make_statement("Not yet.", speaker=pakistani, addressee=iranian, status="draft")
    assert told(client, "/between/pk/ir.json")["count"] == 0
    assert "Not yet." not in client.get("/between/pk/ir.atom").text


@pytest.mark.parametrize(
    "pair", ["pk/zz", "zz/pk", "pk/pk", "officials/jilani/nobody", "officials/jilani/jilani"]
)
@pytest.mark.parametrize("suffix", ["json", "atom"])
def test_of_no_two_there_is_nothing(client, said, pair, suffix):
    response = client.get(f"/between/{pair}.{suffix}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("suffix", ["json", "atom"])
def test_old_slugs_lead_on_for_ever(client, said, suffix):
    Redirect.objects.create(kind="official", old_slug="old-jilani", new_slug="jilani")
    response = client.get(f"/between/officials/amir/old-jilani.{suffix}?since=2024")
    assert response.status_code == 301
    assert response["Location"] == f"/between/officials/amir/jilani.{suffix}?since=2024"


def test_its_queries_are_bounded(client, django_assert_max_num_queries):
    pakistani, iranian = make_official(), make_official(country="ir")
    for _ in range(3):
        for _ in range(4):
            make_statement(speaker=pakistani, addressee=iranian)
        with django_assert_max_num_queries(24):
            client.get("/between/pk/ir.json")
