"""Officials, countries, organizations, posts, outlets, articles, events and topics."""

import pytest

from statements.api.nouns import NOUNS
from statements.models import Country, Official, Organization
from tests.api.conftest import path_of
from tests.factories import (
    make_article,
    make_event,
    make_official,
    make_organization,
    make_outlet,
    make_post,
    make_tenure,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]

PLURALS = [noun.plural for noun in NOUNS]


def names(told):
    return [row.get("slug") or row["code"] for row in told["results"]]


@pytest.fixture
def archive():
    """One of each, with all that belongs to it."""
    office = make_organization("Foreign Office", slug="office", aliases=["FO"])
    official = make_official("Jalil Abbas Jilani", slug="jilani", aliases=["Jilani"])
    make_tenure(official, make_post(slug="fm", organization=office), "2023-08-17", "2024-03")
    outlet = make_outlet("NDTV", slug="ndtv")
    make_article(slug="report", outlet=outlet, body="A text.", url="https://example.org/report")
    make_event(slug="call", countries=["pk"], started_on="2024-01-19")
    make_topic("Security", slug="security")


ONES = [
    "officials/jilani/", "countries/pk/", "countries/suhh/", "organizations/office/", "posts/fm/",
    "outlets/ndtv/", "articles/report/", "events/call/", "topics/security/",
]  # fmt: skip


def test_every_kind_of_the_contract_is_there():
    assert PLURALS == [
        "officials", "countries", "organizations", "posts", "outlets", "articles", "events",
        "topics",
    ]  # fmt: skip


@pytest.mark.parametrize("plural", PLURALS)
def test_a_list(get, archive, plural):
    status, told = get(f"{plural}/")
    assert status == 200
    assert list(told) == ["count", "count_is_exact", "results", "next"]
    assert told["count"] >= 1
    assert told["results"]


@pytest.mark.parametrize("path", ONES)
def test_one_is_told_as_the_list_tells_it(get, archive, path):
    status, told = get(path)
    plural, name, _end = path.split("/")
    assert status == 200
    page_url = told["page_url"] if plural in ("articles", "events") else told["url"]
    assert page_url == f"http://testserver/{path}"
    listed, following = [], f"{plural}/"
    while following:
        page = get(following)[1]
        listed += page["results"]
        following = page["next"]
    assert told in listed
    assert told.get("slug", told.get("code")) == name


@pytest.mark.parametrize("name", ["officials/jilani", "countries/suhh"])
def test_it_is_told_as_the_suffix_tells_it(client, get, archive, name):
    assert get(f"{name}/")[1] == client.get(f"/{name}.json").json()


def test_an_article_has_no_text(client, archive):
    for path in ("articles/", "articles/report/"):
        told = client.get(path_of(path)).text
        assert "A text." not in told
        assert "body" not in told


def test_the_parties_of_an_event_are_told_as_those_of_a_statement(get, demonstration):
    _, event = get("events/?limit=200")
    _, statements = get("statements/")
    parties = [party for row in event["results"] for party in row["parties"]]
    assert {party["name"] for party in parties} & {"Jalil Abbas Jilani"}
    assert {tuple(party) for party in parties} == {
        tuple(party) for row in statements["results"] for party in row["parties"]
    }
    [jilani, *_others] = [party for party in parties if party["official"] == "jalil-abbas-jilani"]
    assert jilani["capacity"] == "Foreign Minister, Pakistan"


@pytest.mark.parametrize(
    "query",
    [
        "officials/?", "officials/?country=pk", "officials/?q=ji", "officials/?letter=M",
        "organizations/?kind=ministry", "organizations/?country=pk", "posts/?country=ir",
        "posts/?", "outlets/?", "articles/?", "articles/?outlet=ndtv", "events/?",
        "events/?kind=incident", "events/?country=pk", "topics/?",
    ],
)  # fmt: skip
def test_the_rows_are_those_of_the_page_in_its_order(client, get, demonstration, query):
    page = client.get(f"/{query}")
    assert page.status_code == 200
    shown = [entry.url for entry in page.context["entries"]]
    _, told = get(query)
    urls = [row.get("page_url") or row["url"] for row in told["results"]]
    assert [url.removeprefix("http://testserver") for url in urls] == shown


class TestPaging:
    def test_the_pages_meet_everyone_once(self, get):
        Official.objects.bulk_create(
            Official(slug=f"o-{n:03}", name=f"O {n}", sort_name="O") for n in range(120)
        )
        met, following = [], "officials/?q=o&limit=50"
        while following:
            status, told = get(following)
            assert (status, told["count"], told["count_is_exact"]) == (200, 120, True)
            assert "q=o" in (told["next"] or "q=o")
            met += names(told)
            following = told["next"]
        assert sorted(met) == [f"o-{n:03}" for n in range(120)]

    def test_countries_by_code(self, get):
        met, following = [], "countries/?limit=200"
        while following:
            _, told = get(following)
            met += names(told)
            following = told["next"]
        assert met == sorted(Country.objects.values_list("code", flat=True))

    def test_as_many_as_are_asked_for(self, get):
        assert len(get("countries/")[1]["results"]) == 50
        assert len(get("countries/?limit=7")[1]["results"]) == 7
        assert len(get("countries/?limit=200")[1]["results"]) == 200

    @pytest.mark.parametrize("plural", PLURALS)
    @pytest.mark.parametrize(
        ("query", "field"),
        [("limit=0", "limit"), ("limit=201", "limit"), ("limit=1e3", "limit"),
         ("limit=99999999999999999999999", "limit"), ("cursor=x", "cursor"),
         ("cursor=WyJuYW1lIiwgZmFsc2UsICJcdWQ4MDAiLCAxXQ", "cursor"),
         ("cursor=" + "a" * 3000, "cursor")],
    )  # fmt: skip
    def test_a_place_that_is_none(self, get, plural, query, field):
        status, told = get(f"{plural}/?{query}")
        assert (status, list(told["error"]["fields"])) == (400, [field])

    def test_counts_end_at_ten_thousand(self, get, monkeypatch):
        monkeypatch.setattr("statements.api.lists.N_COUNTED", 3)
        _, told = get("countries/")
        assert (told["count"], told["count_is_exact"]) == (3, False)


class TestErrors:
    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("officials/?country=zz", "country"), ("officials/?letter=1", "letter"),
            ("organizations/?kind=club", "kind"), ("posts/?country=zz", "country"),
            ("articles/?outlet=nobody", "outlet"), ("events/?kind=party", "kind"),
            ("officials/?q=" + "a" * 201, "q"),
        ],
    )  # fmt: skip
    def test_a_filter_that_means_nothing(self, get, query, field):
        status, told = get(query)
        assert status == 400
        assert told["error"]["code"] == "invalid_parameters"
        assert list(told["error"]["fields"]) == [field]

    def test_all_faults_are_told_at_once(self, get):
        told = get("officials/?country=zz&letter=1&limit=x")[1]["error"]["fields"]
        assert set(told) == {"country", "letter", "limit"}

    @pytest.mark.parametrize("plural", PLURALS)
    def test_nothing_at_this_address(self, get, plural):
        status, told = get(f"{plural}/nobody/")
        assert (status, told["error"]["code"]) == (404, "not_found")

    def test_nor_at_one_that_never_was(self, get):
        status, told = get("ministers/")
        assert (status, told["error"]["code"]) == (404, "not_found")


class TestRenamed:
    def test_an_old_slug_leads_on(self, client, archive):
        Organization.objects.update(slug="foreign-office")
        response = client.get("/api/v1/organizations/office/")
        assert response.status_code == 301
        assert response.headers["Location"] == "/api/v1/organizations/foreign-office/"

    def test_so_does_another_case(self, client, archive):
        response = client.get("/api/v1/countries/PK/", follow=True)
        assert response.json()["code"] == "pk"

    def test_an_old_slug_is_followed_in_a_filter(self, get, archive):
        outlet = make_outlet(slug="old")
        make_article(slug="theirs", outlet=outlet)
        outlet.slug = "new"
        outlet.save()
        assert names(get("articles/?outlet=old")[1]) == ["theirs"]


@pytest.mark.parametrize(("plural", "n"), [(plural, 8) for plural in PLURALS])
def test_a_row_costs_no_query(get, demonstration, django_assert_max_num_queries, plural, n):
    for number in range(30):
        organization = make_organization(slug=f"g-{number}", aliases=["A", "B"])
        make_tenure(
            make_official(slug=f"o-{number}", aliases=["A"]),
            make_post(slug=f"p-{number}", organization=organization),
        )
        make_article(slug=f"a-{number}")
        make_event(slug=f"e-{number}", countries=["pk"])
    with django_assert_max_num_queries(n + (2 if plural == "events" else 0)):
        assert get(f"{plural}/?limit=200")[0] == 200
