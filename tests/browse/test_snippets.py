"""How the list of statements shows where the words of a search stand."""

import re

import pytest

from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


def item(client, q, address="/statements/"):
    """The words of the one result, as set."""
    page = client.get(address, {"q": q}).content.decode()
    found = re.findall(r'<p class="statement-item__words[^>]*>(.*?)</p>', page, re.S)
    return " ".join(" ".join(found).split())


def words(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize("address", ["/statements/", "/search/"])
def test_it_works(client, address):
    make_statement("We want calm & trust.")
    assert "We want <mark>calm</mark> &amp; trust." in item(client, "calm", address)


def test_markup_in_the_text_stays_text(client):
    make_statement('trust <img src=x onerror="trust()"> <mark>trust</mark> \ue000x\ue001')
    html = item(client, "trust")
    assert "<mark>trust</mark> &lt;img src=x onerror=&quot;" in html
    assert "&lt;mark&gt;<mark>trust</mark>&lt;/mark&gt; x" in html
    assert "<img" not in html


def test_only_what_is_quoted_in_a_mixed_report_looks_like_a_quotation_when_cut(client):
    filler = "and so on it went for hours " * 30
    text = f'{filler} he called it "{filler} true trust {filler}" in trust {filler} "their trust"'
    make_statement(text, form="mixed")
    html = item(client, "trust")
    own = re.findall(r'<span class="own-words">(.*?)</span>', html)
    assert any("true <mark>trust</mark>" in part for part in own)
    assert not any("in <mark>trust</mark>" in part for part in own)
    assert "in <mark>trust</mark>" in html


def test_a_cut_quotation_keeps_its_marks_and_says_that_it_is_cut(client):
    filler = "and so on it went for hours " * 30
    make_statement(f"“{filler} trust {filler}”", form="direct")
    told = words(item(client, "trust"))
    assert told.startswith("“… ")
    assert told.endswith(" …”")
    assert "trust" in told


def test_words_of_the_original_alone_are_shown_beside_the_translation(client):
    make_statement("Only enemies gain.", original_text="صلح می‌خواهیم", original_language="fa")
    page = client.get("/statements/", {"q": "صلح"}).content.decode()
    assert 'lang="fa" dir="rtl">' in page
    assert "<mark>صلح</mark> می‌خواهیم<span" in page
    assert "Only enemies gain." in page


def test_a_name_that_was_searched_for_is_marked_whole(client):
    make_statement("We want calm.", speaker=make_official("Jalil Abbas Jilani"))
    page = client.get("/statements/?q=jilani").content.decode()
    assert "<bdi><mark>Jalil Abbas Jilani</mark></bdi>" in page
    assert "<mark>" not in client.get("/statements/").content.decode()


def test_json_holds_no_marks(client):
    make_statement("We want calm.")
    assert "mark>" not in client.get("/statements.json?q=calm").content.decode()


@pytest.mark.parametrize("n", [1, 8])
def test_snippets_cost_one_query_a_page(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_statement("We want calm.", original_text="Мы хотим мира.", original_language="ru")
    with django_assert_max_num_queries(31):
        client.get("/statements/?q=calm")
