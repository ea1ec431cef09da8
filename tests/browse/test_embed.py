"""A statement on the pages of others: the frame, the code to copy, and oEmbed."""

import html
import re

import pytest

from tests.factories import (
    make_article,
    make_citation,
    make_official,
    make_outlet,
    make_post,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    jilani = make_official("Jalil Abbas Jilani")
    make_tenure(jilani, make_post("Foreign Minister"), "2023-08-17", "2024-03-04")
    statement = make_statement(
        "We want calm.",
        key="calm",
        speaker=jilani,
        addressee=make_official("Hossein Amir-Abdollahian", country="ir"),
        channel="phone_call",
        cited=False,
    )
    make_citation(statement, make_article(outlet=make_outlet("NDTV")))
    return statement


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def code_of(client, statement):
    """The code that the statement's page offers, as it is copied."""
    page = client.get(statement.get_absolute_url()).content.decode()
    return html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1])


class TestFrame:
    def test_it_works(self, client, statement):
        response = client.get("/statements/calm/embed/")
        assert response.status_code == 200
        page = response.content.decode()
        told = text_of(page)
        for part in (
            "“We want calm.”",
            "Jalil Abbas Jilani, Foreign Minister, Pakistan",
            "Hossein Amir-Abdollahian",
            "19 January 2024",
            "Telephone call",
            "NDTV quotes Jalil Abbas Jilani.",
        ):
            assert part in told
        assert 'href="http://testserver/statements/calm/"' in page
        assert '<base target="_blank">' in page
        assert "<script" not in page

    def test_it_alone_may_be_framed(self, client, statement):
        response = client.get("/statements/calm/embed/")
        assert "frame-ancestors *;" in response["Content-Security-Policy"] + ";"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "X-Frame-Options" not in response
        for path in ("/statements/calm/", "/", "/statements/calm/embed", "/statements/?x=/embed/"):
            response = client.get(path)
            assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
            assert response.get("X-Frame-Options", "DENY") == "DENY"

    def test_what_has_not_changed_may_still_be_framed(
        self, client, statement, django_assert_num_queries
    ):
        known = client.get("/statements/calm/embed/")
        with django_assert_num_queries(1):
            response = client.get(
                "/statements/calm/embed/", headers={"If-None-Match": known["ETag"]}
            )
        assert response.status_code == 304
        assert response["Content-Security-Policy"] == known["Content-Security-Policy"]
        assert "X-Frame-Options" not in response

    def test_a_paraphrase_is_not_set_as_a_quotation(self, client):
        make_statement("They want calm.", key="told", form="indirect")
        page = client.get("/statements/told/embed/").content.decode()
        assert "<blockquote" not in page
        assert "“" not in text_of(page)
        assert "Paraphrase" in page

    def test_a_disputed_attribution_is_said_to_be_so(self, client):
        make_statement(key="told", standing="disputed", standing_note="He denies it.")
        assert (
            "The attribution is disputed." in client.get("/statements/told/embed/").content.decode()
        )

    def test_a_withdrawn_statement_leaves_its_reason_and_nothing_else(self, client):
        make_statement(
            "Words taken back.", key="gone", status="withdrawn", withdrawal_reason="It was forged."
        )
        response = client.get("/statements/gone/embed/")
        assert response.status_code == 410
        assert "It was forged." in response.content.decode()
        assert "Words taken back." not in response.content.decode()
        assert "frame-ancestors *" in response["Content-Security-Policy"]

    @pytest.mark.parametrize("key", ["draft", "nothing"])
    def test_what_is_not_public_is_not_there(self, client, key):
        make_statement("Draft words.", key="draft", status="draft")
        response = client.get(f"/statements/{key}/embed/")
        assert response.status_code == 404
        assert "Draft words." not in response.content.decode()
        assert "no public statement" in response.content.decode()

    def test_a_long_text_is_cut(self, client):
        make_statement("word " * 5000, key="long")
        assert 140 < client.get("/statements/long/embed/").content.decode().count("word ") < 200

    def test_markup_stays_text(self, client):
        make_statement("<script>1</script>", key="x", speaker=make_official("<b>X</b>"))
        page = client.get("/statements/x/embed/").content.decode()
        assert "<script" not in page
        assert "<b>" not in page

    @pytest.mark.parametrize("n", [1, 6])
    def test_the_number_of_queries_is_fixed(self, client, django_assert_max_num_queries, n):
        statement = make_statement(
            key="many", addressee=[make_official(f"Official {i}") for i in range(n)], cited=False
        )
        for _ in range(n):
            make_citation(statement, make_article())
        with django_assert_max_num_queries(9):
            client.get("/statements/many/embed/")


class TestCode:
    def test_it_works(self, client, statement):
        code = code_of(client, statement)
        address = "http://testserver/statements/calm/"
        assert f'<blockquote cite="{address}" lang="en" dir="ltr"><p>“We want calm.”</p>' in code
        assert f'<iframe src="{address}embed/"' in code
        assert (
            "Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian, "
            "19 January 2024, Telephone call, NDTV. Demarche" in text_of(code)
        )

    def test_a_paraphrase_is_called_one(self, client):
        code = code_of(client, make_statement("They want calm.", form="indirect"))
        assert "<p>Paraphrase: They want calm.</p>" in code

    def test_markup_of_the_text_stays_text_where_it_is_pasted(self, client):
        hostile = '"><img src=x onerror=alert(1)></textarea><script>1</script>'
        speaker = make_official('X" onload="alert(1)')
        code = code_of(client, make_statement(hostile, speaker=speaker))
        assert "<img" not in code
        assert "<script" not in code
        assert 'onload="' not in code
        assert code.rstrip().endswith("</iframe>")


class TestOembed:
    def described(self, client, url="http://testserver/statements/calm/", **parameters):
        return client.get("/oembed", {"url": url, **parameters})

    def test_it_works(self, client, statement):
        response = self.described(client, format="json")
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/json")
        assert response["Access-Control-Allow-Origin"] == "*"
        told = response.json()
        assert (told["version"], told["type"]) == ("1.0", "rich")
        assert told["title"] == "We want calm."
        assert told["author_name"] == "Jalil Abbas Jilani"
        assert told["provider_name"] == "Demarche"
        assert told["provider_url"] == "http://testserver/"
        assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
        assert "<blockquote cite=" in told["html"]

    def test_the_page_leads_to_it(self, client, statement):
        page = client.get("/statements/calm/").content.decode()
        link = re.search(
            r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page
        )
        response = client.get(html.unescape(link[1]))
        assert response.json()["title"] == "We want calm."

    @pytest.mark.parametrize(
        "url",
        [
            "https://testserver/statements/calm/?from=x#y",
            "http://TESTSERVER/statements/calm/",
            "http://testserver/statements/calm/embed/",
        ],
    )
    def test_other_spellings_of_the_address_are_understood(self, client, statement, url):
        assert self.described(client, url).status_code == 200

    def test_it_is_no_larger_than_asked_for(self, client, statement):
        told = self.described(client, maxwidth="320", maxheight="200").json()
        assert (told["width"], told["height"]) == (320, 200)
        assert 'width="320" height="200"' in told["html"]
        assert self.described(client, maxwidth="5000").json()["width"] == 600

    def test_the_picture_is_named_where_it_is_not_too_large(self, client, statement):
        told = self.described(client).json()
        assert told["thumbnail_url"] == "http://testserver/statements/calm/preview.png"
        assert (told["thumbnail_width"], told["thumbnail_height"]) == (1200, 630)
        assert "thumbnail_url" not in self.described(client, maxwidth="800").json()
        assert "thumbnail_url" not in self.described(client, maxheight="600").json()

    @pytest.mark.parametrize(
        "url",
        [
            "http://elsewhere.example/statements/calm/",
            "http://testserver/statements/nothing/",
            "http://testserver/statements/draft/",
            "http://testserver/officials/calm/",
            "http://testserver/nowhere",
            "/statements/calm/",
            "http://[bad",
            "javascript:alert(1)",
        ],
    )
    def test_of_other_addresses_nothing_is_known(self, client, statement, url):
        make_statement(key="draft", status="draft")
        response = self.described(client, url)
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"

    def test_a_withdrawn_statement_is_gone(self, client):
        make_statement(key="calm", status="withdrawn", withdrawal_reason="It was forged.")
        response = self.described(client)
        assert response.status_code == 410
        assert response.json()["error"]["message"] == "It was forged."

    def test_there_is_no_xml(self, client, statement):
        response = self.described(client, format="xml")
        assert response.status_code == 501
        assert response.json()["error"]["code"] == "not_implemented"

    @pytest.mark.parametrize("limit", ["0", "-1", "x", "1e3", "٣٢٠", "9" * 30])
    def test_a_size_that_is_none_is_refused(self, client, statement, limit):
        assert self.described(client, maxwidth=limit).status_code == 400

    def test_without_an_address_nothing_is_described(self, client):
        assert client.get("/oembed").status_code == 400
