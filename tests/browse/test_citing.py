"""The ways to cite a statement, on its page; text is compared as a reader sees it."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from tests.factories import (
    make_article,
    make_citation,
    make_outlet,
    make_relayed_call,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    article = make_article("Ministers speak", outlet=make_outlet("NDTV"))
    return make_relayed_call("We want calm.", article)


def ways(client):
    """What each way to cite says, by its name."""
    response = client.get("/statements/calm/")
    assert response.status_code == 200
    found = re.findall(
        r'<h3 class="cite__name">(.*?)</h3>\s*<p class="cite__text"[^>]*>(.*?)</p>',
        response.content.decode(),
        re.S,
    )
    return {name: unescape(re.sub(r"</?i>", "", told)) for name, told in found}


def test_a_sentence_and_four_styles(client, statement):
    assert list(ways(client)) == ["In a news story", "APA", "Chicago", "MLA", "OSCOLA"]


def test_the_sentence(client, statement):
    assert ways(client)["In a news story"] == (
        "Jalil Abbas Jilani (Foreign Minister, Pakistan) told Hossein Amir-Abdollahian in a "
        "telephone call on 19 January 2024, according to Pakistan's Foreign Office in a press "
        "statement, as reported by NDTV, in paraphrase: We want calm."
    )


@pytest.mark.parametrize("style", ["APA", "Chicago", "MLA", "OSCOLA"])
def test_a_reference_names_all_that_matters(client, statement, style):
    told = ways(client)[style]
    today = datetime.now(UTC).date()
    for part in (
        "Jilani", "(Foreign Minister, Pakistan)", "Hossein Amir-Abdollahian", "telephone call",
        "paraphrase", "relayed by Pakistan's Foreign Office (press statement)",
        "Ministers speak", "NDTV", "2024", "Demarche", "http://testserver/statements/calm/",
        str(today.year),
    ):  # fmt: skip
        assert part in told
    assert re.search(rf"\b{today.day}\b", told)


def test_markup_is_never_taken_from_a_name(client):
    make_statement(key="calm", speaker="<script>x</script>")
    html = client.get("/statements/calm/").content.decode()
    assert "<script>x" not in html
    assert "<script>x</script>" in ways(client)["APA"]


def test_each_text_can_be_copied_and_each_button_says_what(client, statement):
    html = client.get("/statements/calm/").content.decode()
    copied = re.findall(r'<button class="copy-button"[^>]*data-copies="([^"]+)"[^>]* hidden>', html)
    assert len(copied) == len(set(copied)) == 6
    assert all(html.count(f'id="{name}"') == 1 for name in copied)
    names = re.findall(r'Copy<span class="visually-hidden"> (.*?)</span>', html)
    assert len(set(names)) == 6


@pytest.mark.parametrize("suffix", ["bib", "ris", "csl.json"])
def test_files_are_offered(client, statement, suffix):
    html = client.get("/statements/calm/").content.decode()
    address = f"/statements/calm.{suffix}"
    assert f'href="{address}"' in html
    assert client.get(address).status_code == 200


def test_the_source_and_its_copy_open_at_the_words(client):
    statement = make_statement(key="calm", cited=False)
    article = make_article(
        url="https://e.org/report", archived_url="https://a.org/1/report",
        body="He said “we want well-kept calm”, and left.",
    )  # fmt: skip
    make_citation(statement, article, quote="we want well-kept calm")
    html = client.get("/statements/calm/").content.decode()
    at = (
        "#:~:text=He%20said%20%E2%80%9C-,we%20want%20well%2Dkept%20calm,-%E2%80%9D%2C%20and%20left."
    )
    assert f'href="https://e.org/report{at}"' in html
    assert f'href="https://a.org/1/report{at}"' in html


def test_what_is_withdrawn_is_not_cited(client):
    make_statement(key="calm", status="withdrawn")
    assert "cite__text" not in client.get("/statements/calm/").content.decode()
