"""Officials and countries for programs."""

import pytest

from statements.models import Country, Official
from tests.factories import (
    make_country,
    make_official,
    make_organization,
    make_post,
    make_tenure,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]


@pytest.fixture
def jilani():
    official = make_official(
        "Jalil Abbas Jilani", slug="jilani", identifiers={"wikidata": "Q1"}, note="A diplomat.",
        aliases=["جلیل عباس جیلانی"],
    )  # fmt: skip
    post = make_post(slug="fm", organization=make_organization())
    make_tenure(official, post, "2023-08-17", "2024-03")
    return official


def test_an_official_is_told_whole(client, jilani):
    assert client.get("/officials/jilani.json").json() == {
        "type": "official",
        "url": "http://testserver/officials/jilani/",
        "slug": "jilani",
        "name": "Jalil Abbas Jilani",
        "sort_name": "Jilani",
        "country": "pk",
        "aliases": [{"name": "جلیل عباس جیلانی", "language": None}],
        "identifiers": {"wikidata": "Q1"},
        "tenures": [
            {"post": "fm", "started_on": "2023-08-17", "ended_on": "2024-03", "acting": False}
        ],
        "note": "A diplomat.",
    }


def test_a_country_is_told_whole(client):
    told = client.get("/countries/suhh.json").json()
    assert list(told) == [
        "type", "url", "code", "name", "alpha3", "official_name", "demonym", "aliases",
        "existed_from", "existed_until", "latitude", "longitude",
    ]  # fmt: skip
    assert told["url"] == "http://testserver/countries/suhh/"
    assert (told["existed_from"], told["existed_until"]) == ("1922", "1991")


@pytest.mark.parametrize(("path", "n"), [("/officials.json", 120), ("/countries.json", None)])
def test_a_list_meets_everyone_once(client, path, n):
    if n:
        Official.objects.bulk_create(Official(slug=f"o-{m:03}", name=f"O {m}") for m in range(n))
    expected = n or Country.objects.count()
    met, following = [], path
    while following:
        told = client.get(following.removeprefix("http://testserver")).json()
        assert list(told) == ["count", "count_is_exact", "results", "next"]
        assert (told["count"], told["count_is_exact"]) == (expected, True)
        assert len(told["results"]) <= 50
        met += [row.get("slug") or row["code"] for row in told["results"]]
        following = told["next"]
    assert len(met) == len(set(met)) == expected
    assert met == sorted(met)


@pytest.mark.parametrize("path", ["/officials.json", "/countries.json"])
@pytest.mark.parametrize(
    "cursor", ["x", "WyJzbHVnIl0", "W10", "WyJzbHVnIiwgZmFsc2UsICJcdWQ4MDAiLCAxXQ",
               "WyJjb2RlIiwgZmFsc2UsICJcdWQ4MDAiLCAxXQ"],
)  # fmt: skip
def test_a_damaged_page_address_says_so(client, path, cursor):
    response = client.get(f"{path}?cursor={cursor}")
    assert response.status_code == 400
    assert list(response.json()["error"]["fields"]) == ["cursor"]


@pytest.mark.parametrize("path", ["/officials/nobody.json", "/countries/zz.json"])
def test_nothing_at_this_address(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


class TestRenamed:
    def test_an_old_slug_leads_on_for_ever(self, client, jilani):
        Official.objects.filter(pk=jilani.pk).update(slug="jalil-jilani")
        response = client.get("/officials/jilani.json")
        assert response.status_code == 301
        assert response.headers["Location"] == "/officials/jalil-jilani.json"

    def test_over_two_renames(self, client, jilani):
        for slug in ("second", "third"):
            Official.objects.filter(pk=jilani.pk).update(slug=slug)
        response = client.get("/officials/jilani.json", follow=True)
        assert response.json()["slug"] == "third"

    def test_so_does_an_old_code(self, client):
        hawaii = make_country("x-hawaii")
        Country.objects.filter(pk=hawaii.pk).update(code="x-kingdom-of-hawaii")
        response = client.get("/countries/x-hawaii.json")
        assert response.status_code == 301
        assert response.headers["Location"] == "/countries/x-kingdom-of-hawaii.json"

    def test_a_feed_keeps_what_narrows_it(self, client, jilani):
        Official.objects.filter(pk=jilani.pk).update(slug="jalil-jilani")
        response = client.get("/officials/jilani.atom?channel=letter")
        assert response.headers["Location"] == "/officials/jalil-jilani.atom?channel=letter"

    def test_to_nothing_it_leads_nowhere(self, client, jilani):
        Official.objects.filter(pk=jilani.pk).update(slug="jalil-jilani")
        jilani.tenures.all().delete()
        Official.objects.filter(pk=jilani.pk).delete()
        assert client.get("/officials/jilani.json").status_code == 404


@pytest.mark.parametrize(
    "path", ["/officials.json", "/officials/jilani.json", "/countries.json", "/countries/pk.json"]
)
class TestEveryAddress:
    def test_head_is_get_without_a_body(self, client, jilani, path):
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")

    def test_only_reading_is_allowed(self, client, jilani, path):
        assert client.post(path).status_code == 405

    def test_the_type_is_json_and_letters_are_as_they_are(self, client, jilani, path):
        response = client.get(path)
        assert response.headers["Content-Type"].startswith("application/json")
        assert "\\u" not in response.content.decode()


@pytest.mark.parametrize("path", ["/officials.json", "/countries.json"])
def test_a_row_costs_no_query(client, django_assert_max_num_queries, path):
    for number in range(30):
        official = make_official(slug=f"o-{number}", aliases=["A", "B"])
        make_tenure(official, make_post(organization=make_organization()))
    with django_assert_max_num_queries(6):
        assert client.get(path).status_code == 200
