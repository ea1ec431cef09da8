"""What bad input gets from the list of statements: words, never a fault, and never slowly."""

import base64
import json
import time

import pytest

from statements.search.query import N_TERMS
from tests.factories import make_official, make_statement

pytestmark = pytest.mark.django_db

N_BYTES = 8192 - len("q=")
SECONDS = 2  # of processor time, in which a slow machine answers any of these many times over


def forged(*told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


@pytest.fixture(autouse=True)
def archive():
    make_statement(
        "We trust in peace.",
        speaker=make_official("Jalil Abbas Jilani", slug="jilani"),
        original_text="Мы верим в мир.",
        original_language="ru",
    )


@pytest.fixture
def get(client):
    def answer(path="/statements/", **parameters):
        started = time.process_time()
        response = client.get(path, parameters)
        assert time.process_time() - started < SECONDS
        return response

    return answer


def is_shown(response):
    return "We <mark>trust</mark> in peace." in response.content.decode()


@pytest.mark.parametrize(
    "q",
    [
        '"trust', 'trust"', '"', '"" trust', "''trust'", '"trust "', "((trust", "trust))", "trust!",
        "!trust", "trust <-> peace", "trust & peace", "trust | peace", "trust:*", "trust:AB",
        "\\trust", "trust\\", "trust ' or 1=1 --", "trust; drop table", "trust %s %(q)s %",
        "trust 💬",
        "\u202etrust\u202c", "\u200ftrust", "trust\u2066", "\uff34rust", "TRUST",
        "t\u0301rust trust",
        "trust @o1", "trust '@o1'", "@s1 trust or trust", "trust\ttrust\n", "trust \ue000\ue001",
        "<trust>", "trust <script>alert(1)</script> or trust", "trust AND trust", "--trust trust",
    ],
)  # fmt: skip
def test_marks_among_words_are_passed_over_or_are_words(get, q):
    response = get(q=q)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert get("/statements.json", q=q).status_code == 200


@pytest.mark.parametrize("q", ['"trust', "trust!", "((trust", "trust:*", "\u202etrust\u202c"])
def test_the_word_is_found_in_spite_of_the_marks(get, q):
    assert is_shown(get(q=q))


@pytest.mark.parametrize(
    "q", ['"', "!", "<->", ":*", "& | !", "()", "💬", "\u202e\u200f", "- -", "-"]
)
def test_marks_alone_ask_for_nothing(get, q):
    response = get(q=q)
    assert response.status_code == 200
    assert "<mark>" not in response.content.decode()


@pytest.mark.parametrize("q", ["the", "the of and", '"of the"', "the or of", "-the"])
def test_only_stop_words_are_told_to_be_too_common_or_are_passed_over(get, q):
    response = get(q=q)
    assert response.status_code == 200
    if not q.startswith("-"):
        assert "too common to be searched for" in response.content.decode()


@pytest.mark.parametrize(
    "q",
    [
        "speaker:nobody", "to:", "from:zz", "channel:fax", "topic:x", "after:yesterday",
        "before:0000", 'speaker:"', 'speaker:"" to:""', "speaker:jilani from:zz after:2024-13-45",
        "speaker:@o1", "from:' channel::*",
    ],
)  # fmt: skip
def test_operators_that_mean_nothing_are_told_and_the_rest_is_answered(get, q):
    assert 'class="finder__message"' in get(q=q).content.decode()
    assert is_shown(get(q=f"trust {q}")) or "speaker:jilani" in q


@pytest.mark.parametrize(
    "word", ["trust ", "x ", "the ", '"a b" ', "-x ", "a or ", "speaker:x ", "!:* ", "💬 ", "جنگ "]
)
def test_eight_kilobytes_of_words_are_answered(client, word):
    n_bytes = len(word.encode()) if word.isascii() else 3 * len(word.encode())
    q = (word * (N_BYTES // n_bytes)).strip()
    started = time.process_time()
    response = client.get("/statements/", {"q": q})
    assert time.process_time() - started < SECONDS
    assert response.status_code in (200, 414)
    if q.count(" ") > N_TERMS * 2 and response.status_code == 200 and word[0] not in "!💬":
        assert f"Only the first {N_TERMS} words are searched." in response.content.decode()


def test_one_word_of_eight_kilobytes_is_answered(get):
    assert get(q="x" * N_BYTES).status_code == 200


@pytest.mark.parametrize("path", ["/statements/", "/statements.json", "/search/", "/"])
def test_nul_is_refused_and_more_than_eight_kilobytes(client, path):
    assert client.get(f"{path}?q=tr%00ust").status_code == 400
    assert client.get(f"{path}?q={'x' * 8192}").status_code == 414


@pytest.mark.parametrize(
    "cursor",
    [
        "garbage", "=", "%", "💬", "AAAA", "e30", "bnVsbA", "x" * 4000,
        forged("newest", False, "2024-01-19"),
        forged("newest", False, "2024-01-19", -1),
        forged("newest", False, "2024-01-19", 2**63),
        forged("newest", False, "9999-99-99", 1),
        forged("newest", False, "2024-01-19'; drop table", 1),
        forged("newest", "no", "2024-01-19", 1),
        forged("newest", False, ["2024-01-19"], {"a": 1}),
        forged("oldest", False, "2024-01-19", 1),
        forged("relevance", False, 1e308, 1),
        forged("elsewhere", False, 1),
        forged(),
        base64.urlsafe_b64encode(b"[" * 3000).decode(),
        base64.urlsafe_b64encode(b'["newest", false, NaN, Infinity]').decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sort", ["newest", "relevance"])
def test_a_forged_cursor_is_told_and_shows_nothing(get, cursor, sort):
    page = get(q="trust", sort=sort, cursor=cursor)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert not is_shown(page)
    response = get("/statements.json", q="trust", sort=sort, cursor=cursor)
    assert response.status_code == 400
    assert "cursor" in response.json()["error"]["fields"]


@pytest.mark.parametrize(
    "query", ["q=%ff%fe", "q=%ed%a0%80", "q=trust&q=%C0%80", "from=%ff", "since=%F5", "%ff=%ff"]
)
def test_bytes_that_are_no_text_are_answered(client, query):
    assert client.get(f"/statements/?{query}").status_code in (200, 400)
