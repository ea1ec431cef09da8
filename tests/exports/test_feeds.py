"""Feeds of searches, officials, countries, events and pairs, read back by feedparser."""

from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from statements.models import Official
from tests.factories import make_event, make_official, make_organization, make_statement
from tests.formats.writers.test_atom import ATOM, check

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("error")]


def read(client, path):
    """A feed as readers of feeds have it, once it has all that the standard requires."""
    response = client.get(path)
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    check(etree.fromstring(response.content))
    told = feedparser.parse(response.content)
    assert not told.bozo
    return told


def keys(told):
    return [entry.id.split("/")[-2] for entry in told.entries]


def links(told):
    return {link.rel: link.href for link in told.feed.links}


def added(day, **fields):
    return make_statement(published_at=datetime(2024, 2, day, tzinfo=UTC), **fields)


@pytest.fixture
def said():
    """What two of two countries said in a call and about a strike, added in another order."""
    jilani = make_official("Jilani", slug="jilani")
    amir = make_official("Amir", slug="amir", country="ir")
    call, strike = make_event(slug="call"), make_event(slug="strike")
    added(3, key="first", said_on="2024-01-01", speaker=jilani, addressee=amir, event=call)
    added(2, key="second", said_on="2024-01-02", speaker=amir, addressee=jilani, event=call)
    added(1, key="third", said_on="2024-01-03", speaker=jilani, about_events=[strike])
    added(4, key="fourth", said_on="1962", speaker=make_official(country="tr"), about_events=[call])
    added(5, key="fifth", said_on="1961", speaker=make_organization(country=None))


class TestOfASearch:
    def test_it_works(self, client, said):
        told = read(client, "/statements.atom?from=pk")
        assert keys(told) == ["third", "first"]
        assert "Statements from Pakistan" in told.feed.title
        assert links(told)["alternate"] == "http://testserver/statements/?from=pk"
        assert told.feed.id == links(told)["self"] == "http://testserver/statements.atom?from=pk"

    def test_pages_lead_on_and_back_and_meet_everything_once(self, client, said):
        met, following = [], "/statements.atom?limit=2"
        pages = []
        while following:
            told = read(client, following)
            pages.append(told)
            met += keys(told)
            following = links(told).get("next", "").removeprefix("http://testserver")
        assert met == ["third", "second", "first", "fourth", "fifth"]
        assert len({told.feed.id for told in pages}) == 1
        assert "previous" not in links(pages[0])
        back = links(pages[2])["previous"].removeprefix("http://testserver")
        assert keys(read(client, back)) == keys(pages[1])
        assert links(pages[2])["first"] == links(pages[0])["self"]

    def test_what_was_added_last_comes_first_when_asked(self, client, said):
        told = read(client, "/statements.atom?sort=added")
        assert keys(told) == ["fifth", "fourth", "first", "second", "third"]

    def test_of_nothing_it_is_valid_too(self, client):
        assert read(client, "/statements.atom").feed.updated == "1970-01-01T00:00:00Z"

    def test_of_nothing_found_it_changed_when_the_archive_did(self, client):
        make_statement(updated_at=datetime(2024, 3, 1, tzinfo=UTC))
        assert read(client, "/statements.atom?q=nothing").feed.updated == "2024-03-01T00:00:00Z"

    def test_it_has_no_tombstones(self, client):
        make_statement(key="gone", status="withdrawn")
        assert keys(read(client, "/statements.atom?updated_since=2000-01-01T00:00:00Z")) == []

    def test_a_damaged_page_address_says_so(self, client):
        response = client.get("/statements.atom?cursor=x")
        assert response.status_code == 400
        assert list(response.json()["error"]["fields"]) == ["cursor"]

    def test_the_licence_is_told(self, client, settings):
        settings.DATA_LICENCE = "https://licence.example/"
        assert read(client, "/statements.atom").feed.rights == "https://licence.example/"

    def test_markup_runs_nowhere(self, client):
        make_statement("<script>alert(1)</script>", speaker="<img src=x onerror=alert(1)>")
        root = etree.fromstring(client.get("/statements.atom").content)
        [entry] = root.findall("a:entry", ATOM)
        assert entry.find("a:content", ATOM).get("type") == "text"
        assert entry.findtext("a:content", namespaces=ATOM) == "<script>alert(1)</script>"

    def test_a_row_costs_no_query(self, client, django_assert_max_num_queries):
        for _ in range(30):
            make_statement(addressee=make_organization())
        with django_assert_max_num_queries(16):
            client.get("/statements.atom")


@pytest.mark.parametrize(
    ("path", "expected", "page"),
    [
        ("/officials/jilani.atom", ["first", "second", "third"], "/officials/jilani/"),
        ("/countries/ir.atom", ["first", "second"], "/countries/ir/"),
        ("/events/call.atom", ["fourth", "first", "second"], "/events/call/"),
        ("/events/strike.atom", ["third"], "/events/strike/"),
        ("/between/pk/ir.atom", ["first", "second"], "/between/pk/ir/"),
        ("/officials.atom", ["fourth", "first", "second", "third"], "/officials/"),
        ("/countries.atom", ["fourth", "first", "second", "third"], "/countries/"),
        ("/events.atom", ["fourth", "first", "second", "third"], "/events/"),
    ],
)
class TestOfAPage:
    def test_what_was_added_last_comes_first(self, client, said, path, expected, page):
        told = read(client, path)
        assert keys(told) == expected
        assert links(told)["alternate"] == f"http://testserver{page}"

    def test_in_the_order_of_days_when_asked(self, client, said, path, expected, page):
        days = ["third", "second", "first", "fourth", "fifth"]
        told = read(client, f"{path}?sort=newest")
        assert keys(told) == [key for key in days if key in expected]

    def test_it_can_be_narrowed_and_turned(self, client, said, path, expected, page):
        told = read(client, f"{path}?from=ir&limit=1")
        assert keys(told) == [key for key in expected if key == "second"]

    def test_its_pages_lead_on(self, client, said, path, expected, page):
        met, following = [], f"{path}?limit=1"
        while following:
            told = read(client, following)
            met += keys(told)
            following = links(told).get("next", "").removeprefix("http://testserver")
        assert met == expected

    def test_head_is_get_without_a_body(self, client, said, path, expected, page):
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")


class TestRenamed:
    def test_an_old_slug_leads_on_for_ever(self, client):
        official = make_official(slug="jilani")
        Official.objects.filter(pk=official.pk).update(slug="jalil-jilani")
        response = client.get("/officials/jilani.atom")
        assert (response.status_code, response["Location"]) == (301, "/officials/jalil-jilani.atom")

    @pytest.mark.parametrize("path", ["/officials/nobody.atom", "/events/nothing.atom"])
    def test_nothing_at_this_address(self, client, path):
        assert client.get(path).status_code == 404
