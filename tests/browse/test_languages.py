"""Pages in other languages: at their own addresses, and nothing for programs among them."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation

from statements.models.permalinks import in_format, language_of, permalink, without_language
from tests.factories import make_official, make_statement

PAGES = ["/", "/statements/", "/officials/", "/network/", "/about/", "/about/data/", "/search/"]
MACHINES = [
    "/statements.json", "/statements.csv", "/statements.atom", "/sitemap.xml", "/robots.txt",
    "/opensearch.xml", "/healthz", "/api/v1/", "/search/completions", "/favicon.ico",
    "/about/data/archive.schema.json",
]  # fmt: skip


class TestLanguageOf:
    def test_it_works(self):
        assert language_of("/fa/statements/") == "fa"

    @pytest.mark.parametrize("path", ["/", "/statements/", "/en/", "/xx/", "/fab/", "/FA/", ""])
    def test_without_a_prefix_it_is_english(self, path):
        assert language_of(path) == "en"


class TestAddresses:
    def test_it_works(self):
        with translation.override("fa"):
            assert reverse("statements") == "/fa/statements/"
            assert permalink("statement", "calm") == "/fa/statements/calm/"
        assert permalink("statement", "calm") == "/statements/calm/"

    @pytest.mark.parametrize(
        ("address", "expected"),
        [("/fa/", "/"), ("/fa/statements/?q=a", "/statements/?q=a"), ("/fa", "/"),
         ("/statements/", "/statements/"), ("/family/", "/family/")],
    )  # fmt: skip
    def test_a_page_has_one_address_without_language(self, address, expected):
        assert without_language(address) == expected

    def test_formats_have_one_address(self):
        assert in_format("/fa/officials/jilani/", "json") == "/officials/jilani.json"

    def test_machines_have_one_address(self):
        with translation.override("fa"):
            assert reverse("statements-csv") == "/statements.csv"
            assert reverse("oembed") == "/oembed"


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("path", PAGES)
    def test_it_works(self, client, path):
        response = client.get(f"/fa{path}")
        assert response.status_code == 200
        assert '<html lang="fa" dir="rtl">' in response.content.decode()
        assert response["Content-Language"] == "fa"

    def test_english_needs_no_prefix(self, client):
        response = client.get("/statements/")
        assert '<html lang="en" dir="ltr">' in response.content.decode()
        assert response["Content-Language"] == "en"

    @pytest.mark.parametrize("prefix", ["en", "xx", "FA", "fa-ir"])
    def test_an_unknown_prefix_is_not_found(self, client, prefix):
        assert client.get(f"/{prefix}/statements/").status_code == 404

    def test_nothing_but_the_address_counts(self, client):
        client.cookies["django_language"] = "fa"
        response = client.get("/statements/", headers={"accept-language": "fa"})
        assert '<html lang="en"' in response.content.decode()
        assert "Accept-Language" not in response.get("Vary", "")

    def test_its_links_stay_in_the_language(self, client):
        make_statement(key="calm")
        page = client.get("/fa/statements/").content.decode()
        assert 'href="/fa/statements/calm/"' in page
        assert 'href="/statements/calm/"' not in page
        assert 'href="/statements.csv"' in page
        assert "/fa/statements." not in page

    def test_words_of_statements_keep_their_language(self, client):
        make_statement("We shall remain calm.", key="calm", language="en")
        page = client.get("/fa/statements/calm/").content.decode()
        assert 'lang="en" dir="ltr"' in page

    def test_the_desk_stays_in_english(self, client):
        assert client.get("/fa/admin/").status_code == 404
        assert '<html lang="en' in client.get("/admin/login/").content.decode()

    def test_what_is_not_found_is_told_in_the_language(self, client):
        response = client.get("/fa/nothing/")
        assert response.status_code == 404
        assert '<html lang="fa" dir="rtl">' in response.content.decode()


@pytest.mark.django_db
class TestSwitch:
    def test_it_works(self, client):
        page = client.get("/statements/?q=calm&from=pk").content.decode()
        link = '<a href="/fa/statements/?q=calm&amp;from=pk" lang="fa" hreflang="fa">'
        assert link in page

    def test_it_leads_back(self, client):
        page = client.get("/fa/statements/?q=calm").content.decode()
        assert '<a href="/statements/?q=calm" lang="en" hreflang="en">' in page
        assert 'hreflang="fa" aria-current="true"' in page

    def test_each_language_is_called_by_its_own_name(self, client):
        page = client.get("/about/").content.decode()
        assert translation.get_language_info("fa")["name_local"] in page

    def test_crawlers_are_told_of_both(self, client):
        page = client.get("/fa/statements/?q=calm&utm_source=x").content.decode()
        site = "http://testserver"
        assert f'<link rel="canonical" href="{site}/fa/statements/?q=calm">' in page
        assert f'hreflang="en" href="{site}/statements/?q=calm">' in page
        assert f'hreflang="x-default" href="{site}/statements/?q=calm">' in page
        assert f'hreflang="fa" href="{site}/fa/statements/?q=calm">' in page

    def test_a_page_of_one_language_has_none(self, client):
        assert 'id="languages"' not in client.get("/api/v1/docs/").content.decode()

    def test_a_translation_says_that_nobody_checked_it(self, client):
        assert "/fa/about/#translation" in client.get("/fa/").content.decode()
        assert "#translation" not in client.get("/").content.decode()


@pytest.mark.django_db
class TestMachines:
    @pytest.mark.parametrize("path", MACHINES)
    def test_they_have_no_prefix(self, client, path):
        assert client.get(f"/fa{path}").status_code == 404

    @pytest.mark.parametrize("path", ["/statements.json", "/statements.csv", "/statements.atom"])
    def test_they_speak_english_after_a_page_in_persian(self, client, path):
        make_statement(key="calm")
        before = _content(client.get(path))
        client.get("/fa/statements/")
        caches["pages"].clear()
        assert _content(client.get(path)) == before
        assert b"/fa/" not in before

    def test_a_page_tells_programs_in_english(self, client):
        make_statement(key="calm")
        told = _linked_data(client.get("/fa/statements/calm/"))
        assert told == _linked_data(client.get("/statements/calm/"))

    def test_an_official_is_described_in_english(self, client):
        make_official(slug="jilani")
        told = _linked_data(client.get("/fa/officials/jilani/"))
        assert told == _linked_data(client.get("/officials/jilani/"))

    def test_references_are_the_same(self, client):
        make_statement(key="calm")
        pages = [client.get(path).content.decode() for path in
                 ("/statements/calm/", "/fa/statements/calm/")]  # fmt: skip
        first, second = (page.split('id="cite-1"')[1].split("</p>")[0] for page in pages)
        assert first == second

    def test_an_embed_of_a_persian_page_is_described(self, client):
        make_statement(key="calm")
        asked = {"url": "http://testserver/fa/statements/calm/"}
        assert client.get("/oembed", asked).json()["type"] == "rich"


@pytest.mark.django_db
class TestKeptPages:
    def test_it_works(self, client):
        caches["pages"].clear()
        first, second = client.get("/about/"), client.get("/fa/about/")
        assert first["ETag"] != second["ETag"]
        assert client.get("/about/").content == first.content
        assert client.get("/fa/about/").content == second.content
        assert client.get("/fa/about/")["Content-Language"] == "fa"

    def test_a_page_in_another_language_is_not_the_same(self, client):
        etag = client.get("/about/")["ETag"]
        assert client.get("/fa/about/", headers={"if-none-match": etag}).status_code == 200
        assert client.get("/about/", headers={"if-none-match": etag}).status_code == 304

    @pytest.mark.parametrize("path", ["/fa/about/data/", "/fa/follow/"])
    def test_what_is_never_kept_is_not_kept_in_persian(self, client, path):
        assert "ETag" not in client.get(path)


def _content(response):
    return b"".join(response) if response.streaming else response.content


def _linked_data(response):
    return response.content.decode().split('<script type="application/ld+json">')[1].split("<")[0]
