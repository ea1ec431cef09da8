"""What crawlers and browsers ask for by themselves, read as they read it."""

import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import pytest
from protego import Protego

from tests.factories import make_official

pytestmark = pytest.mark.django_db

OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


class TestRobots:
    @pytest.fixture
    def told(self, client):
        response = client.get("/robots.txt")
        assert response["Content-Type"].startswith("text/plain")
        return response.content.decode()

    @pytest.mark.parametrize(
        "path",
        ["/", "/statements/", "/statements/calm/", "/statements/calm/preview.png",
         "/statements.atom", "/officials/jilani/?role=speaker", "/between/pk/ir/"],
    )  # fmt: skip
    def test_it_works(self, told, path):
        assert Protego.parse(told).can_fetch(f"http://testserver{path}", "Crawler")

    @pytest.mark.parametrize(
        "path",
        ["/admin/", "/search/?q=x", "/statements/?from=pk", "/statements.csv?from=pk",
         "/statements.jsonl", "/api/v1/statements/", "/between/pk/ir/?channel=letter",
         "/fa/between/pk/ir/?channel=letter", "/between/pk/ir.json?channel=letter"],
    )  # fmt: skip
    def test_crawlers_are_kept_from_what_is_no_use_to_them(self, told, path):
        assert not Protego.parse(told).can_fetch(f"http://testserver{path}", "Crawler")

    @pytest.mark.parametrize("path", ["/", "/statements/", "/statements/calm/", "/statements.atom"])
    def test_crawlers_that_know_no_wildcards_find_the_statements(self, told, path):
        simple = RobotFileParser()
        simple.parse(told.splitlines())
        assert simple.can_fetch("Crawler", path)

    def test_it_leads_to_the_sitemap(self, told):
        assert list(Protego.parse(told).sitemaps) == ["http://testserver/sitemap.xml"]


class TestOpenSearch:
    @pytest.fixture
    def description(self, client):
        response = client.get("/opensearch.xml")
        assert response["Content-Type"].startswith("application/opensearchdescription+xml")
        return ET.fromstring(response.content)

    def test_it_works(self, description):
        assert description.tag == f"{OPENSEARCH}OpenSearchDescription"
        assert len(description.findtext(f"{OPENSEARCH}ShortName")) <= 16
        assert len(description.findtext(f"{OPENSEARCH}Description")) <= 1024
        urls = {
            url.get("type"): url.get("template") for url in description.iter(f"{OPENSEARCH}Url")
        }
        assert urls["text/html"] == "http://testserver/search/?q={searchTerms}"
        assert urls["application/atom+xml"] == "http://testserver/statements.atom?q={searchTerms}"

    def test_its_suggestions_are_there(self, client, description):
        make_official("Seyed Rasoul Mousavi", slug="mousavi", country="ir")
        [url] = [u for u in description.iter(f"{OPENSEARCH}Url") if u.get("rel") == "suggestions"]
        address = url.get("template").replace("{searchTerms}", "mousavi")
        response = client.get(address.removeprefix("http://testserver"))
        assert response["Content-Type"] == "application/x-suggestions+json"
        asked, names, details, addresses = response.json()
        assert asked == "mousavi"
        assert names[0] == "Seyed Rasoul Mousavi"
        assert addresses[0] == "http://testserver/officials/mousavi/"
        assert len(names) == len(details) == len(addresses)

    def test_nothing_is_suggested_for_nothing(self, client):
        assert client.get("/search/completions").json() == ["", [], [], []]
