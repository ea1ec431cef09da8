import pytest

from tests.factories import make_official, make_post, make_statement, make_tenure

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


@pytest.mark.parametrize(
    ("typed", "page", "list_"),
    [
        ("Pakistn", "/countries/pk/", "/statements/?country=pk"),
        ("Jillani", "/officials/jilani/", "/statements/?official=jilani"),
    ],
)
def test_a_like_name_leads_to_its_page_and_its_statements(client, typed, page, list_):
    make_statement("We want calm.", speaker=make_official("Jalil Abbas Jilani", slug="jilani"))
    told = client.get("/search/", {"q": typed}).text.partition("Did you mean:")[2]
    assert f'href="{page}"' in told
    assert f'href="{list_}"' in told
    assert "We want calm." in client.get(list_).text


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


@pytest.mark.parametrize(
    "q", ["jillani", "جیلانی", "-calm Jillani", "jillani from:pk", '"jillani"']
)
def test_where_no_statement_is_found_a_near_name_is_offered(client, q):
    jilani = make_official("Jalil Abbas Jilani", slug="jalil-abbas-jilani")
    make_statement("We want calm.", speaker=jilani)
    page = client.get("/search/", {"q": q}).content.decode()
    assert "Did you mean:" in page
    assert f'href="{jilani.get_absolute_url()}"' in page
    assert 'href="/statements/?official=jalil-abbas-jilani"' in page
    followed = client.get("/statements/?official=jalil-abbas-jilani").content.decode()
    assert "We want calm." in followed


@pytest.mark.parametrize("q", ["calm", "jilani", "ceasefire", "speaker:jillani", "-jillani"])
def test_nobody_is_offered_where_words_or_the_name_itself_are_found_or_nobody_is_like(client, q):
    make_statement("We want calm.", speaker=make_official("Jalil Abbas Jilani"))
    assert "Did you mean" not in client.get("/search/", {"q": q}).content.decode()


def test_a_near_name_cannot_bring_markup(client):
    make_official("Jalil <b>Abbas</b> Jilani")
    page = client.get("/search/?q=jillani").content.decode()
    assert "Did you mean:" in page
    assert "<b>" not in page


def test_the_holder_of_a_post_is_found_by_it(client):
    tenure = make_tenure(make_official("Jalil Abbas Jilani"), make_post("Foreign Minister"))
    page = client.get("/search/?q=foreign+minister+of+pakistan").content.decode()
    post, holder = tenure.post.get_absolute_url(), tenure.official.get_absolute_url()
    assert 0 < page.index(f'href="{post}"') < page.index(f'href="{holder}"')


def test_near_spellings_are_suggested(client):
    make_official("Hossein Amir-Abdollahian")
    suggested = client.get("/search/suggest?q=amirabdolahian").json()["suggestions"]
    assert [each["name"] for each in suggested] == ["Hossein Amir-Abdollahian"]


@pytest.mark.parametrize("q", ["ab\ud7ff", "💬", "\u202eaa"])
def test_odd_beginnings_are_answered(client, q):
    make_official()
    assert client.get("/search/suggest", {"q": q}).status_code == 200


def test_nothing_is_suggested_for_nothing(client):
    assert client.get("/search/suggest").json() == {"suggestions": []}


@pytest.mark.parametrize("n", [1, 12])
def test_the_number_of_queries_is_fixed(client, django_assert_max_num_queries, n):
    for _ in range(n):
        make_statement(speaker=make_official("Jalil Abbas Jilani"))
    with django_assert_max_num_queries(20):
        client.get("/search/?q=jilani")
