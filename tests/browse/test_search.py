import pytest

from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db


def test_it_works(client):
    jilani = make_official("Jalil Abbas Jilani")
    make_statement("We want calm.", speaker=jilani)
    page = client.get("/search/?q=jilani").content.decode()
    assert "We want calm." in page
    assert f'href="{jilani.get_absolute_url()}"' in page
    assert 'href="/statements/?q=jilani"' in page


def test_an_empty_question_is_met_with_advice(client):
    page = client.get("/search/").content.decode()
    assert "How to ask" in page


def test_nothing_found_is_said(client):
    page = client.get("/search/?q=zzzz").content.decode()
    assert "Nothing found for “zzzz”." in page


def test_a_question_without_end_is_refused_readably(client):
    response = client.get("/search/", {"q": "x" * 5000})
    assert response.status_code == 200
    assert "500 characters at most" in response.content.decode()


def test_markup_in_the_question_stays_text(client):
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>" not in page


@pytest.mark.parametrize(
    "q", ["((", '"', "-", "or", "a:*", "' or 1=1 --", "\ud7ff", "ظ", "。" * 50]
)
def test_odd_questions_are_answered(client, q):
    make_statement()
    assert client.get("/search/", {"q": q}).status_code == 200


def test_names_are_suggested(client):
    jilani = make_official("Jalil Abbas Jilani")
    suggested = client.get("/search/suggest?q=jil").json()["suggestions"]
    assert [set(each) for each in suggested] == [{"kind", "name", "detail", "url"}]
    assert suggested[0]["url"] == jilani.get_absolute_url()


def test_nothing_is_suggested_for_nothing(client):
    assert client.get("/search/suggest").json() == {"suggestions": []}


@pytest.mark.parametrize("n", [1, 12])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_statement(speaker=make_official("Jalil Abbas Jilani"))
    with django_assert_max_num_queries(20):
        client.get("/search/?q=jilani")
