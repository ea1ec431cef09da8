"""What other sites and readers of feeds find in the head of a page."""

from html.parser import HTMLParser

import pytest

from tests.factories import make_event, make_official, make_statement

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """The properties and links that a page's head tells."""

    def __init__(self, page):
        super().__init__()
        self.told, self.links, self.title, self._in_title = {}, [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "meta" and ("property" in given or "name" in given):
            self.told[given.get("property") or given["name"]] = given["content"]
        if tag == "link":
            self.links.append(given)
        self._in_title = tag == "title"

    def handle_data(self, text):
        self.title += text if self._in_title else ""

    def handle_endtag(self, tag):
        self._in_title = False

    def of(self, rel, kind=None):
        return [a for a in self.links if a["rel"] == rel and kind in (None, a.get("type"))]


@pytest.fixture
def head(client):
    def get(path):
        response = client.get(path)
        assert response.status_code == 200
        return Head(response.content.decode())

    return get


class TestCard:
    def test_it_works(self, head):
        make_statement("We want calm.", key="calm", addressee=make_official("Hakan Fidan"))
        found = head("/statements/calm/")
        told = found.told
        assert told["og:title"] == "Jalil Abbas Jilani to Hakan Fidan, 19 January 2024"
        assert told["og:description"] == "Direct quotation: We want calm."
        assert told["og:type"] == "article"
        assert told["og:site_name"] == "Demarche"
        assert told["og:url"] == "http://testserver/statements/calm/"
        assert told["og:image"] == "http://testserver/statements/calm/preview.png"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["og:image:alt"].endswith("“We want calm.”")
        assert told["twitter:card"] == "summary_large_image"
        assert told["article:published_time"].startswith("20")
        assert found.title == "Jalil Abbas Jilani to Hakan Fidan, 19 January 2024 · Demarche"
        assert told["description"] == told["og:description"]

    def test_the_picture_is_there(self, client, head):
        make_statement(key="calm")
        address = head("/statements/calm/").told["og:image"].removeprefix("http://testserver")
        assert client.get(address)["Content-Type"] == "image/png"

    def test_other_pages_have_a_card_without_a_picture(self, head):
        make_official("Jalil Abbas Jilani", slug="jilani")
        told = head("/officials/jilani/?role=speaker").told
        assert told["og:title"] == "Jalil Abbas Jilani"
        assert told["og:type"] == "website"
        assert told["og:url"] == "http://testserver/officials/jilani/"
        assert told["twitter:card"] == "summary"
        assert "og:image" not in told

    def test_hostile_texts_stay_within_their_attributes(self, client):
        hostile = '"><script>alert(1)</script> \' onload="x" <b>'
        make_statement(hostile, key="calm", speaker=make_official(hostile))
        page = client.get("/statements/calm/").content.decode()
        assert "<script>alert" not in page
        found = Head(page)
        assert hostile[:20] in found.told["og:title"]
        assert hostile in found.told["og:description"]
        assert hostile in found.told["og:image:alt"]
        assert found.title.startswith(hostile)

    def test_a_withdrawn_statement_shows_no_words_and_no_picture(self, client):
        make_statement("Words taken back.", key="gone", status="withdrawn")
        told = Head(client.get("/statements/gone/").content.decode()).told
        assert "Words taken back." not in "".join(told.values())
        assert "og:image" not in told


class TestCanonical:
    @pytest.mark.parametrize("path", ["/", "/about/", "/about/data/", "/officials/"])
    def test_a_page_has_one_address(self, head, path):
        [link] = head(path).of("canonical")
        assert link["href"] == f"http://testserver{path}"

    @pytest.mark.parametrize(
        ("asked", "canonical"),
        [
            ("", ""),
            ("?utm_source=x", ""),
            ("?to=ir&from=pk&ref=x", "?from=pk&to=ir"),
            ("?from=tr&from=pk", "?from=pk&from=tr"),
            ("?q=&sort=oldest", "?sort=oldest"),
        ],
    )
    def test_a_search_has_one_address(self, head, asked, canonical):
        [link] = head(f"/statements/{asked}").of("canonical")
        assert link["href"] == f"http://testserver/statements/{canonical}"

    def test_what_cannot_be_asked_has_none(self, head):
        assert head("/statements/?channel=fax").of("canonical") == []

    @pytest.mark.parametrize("path", ["/statements/nothing/", "/nothing"])
    def test_what_is_not_there_has_none(self, client, path):
        assert Head(client.get(path).content.decode()).of("canonical") == []


class TestFeeds:
    @pytest.mark.parametrize(
        ("path", "feed"),
        [
            ("/", "/statements.atom?sort=added"),
            ("/officials/jilani/?role=speaker", "/officials/jilani.atom"),
            ("/countries/pk/", "/countries/pk.atom"),
            ("/events/call/", "/events/call.atom"),
        ],
    )
    def test_a_page_names_its_feed(self, head, path, feed):
        make_official(slug="jilani")
        make_event(slug="call")
        [link] = head(path).of("alternate", "application/atom+xml")
        assert link["href"] == feed
        assert link["title"]

    def test_every_page_offers_the_search(self, head):
        for path in ("/", "/officials/", "/about/"):
            [link] = head(path).of("search")
            assert link["href"] == "/opensearch.xml"
