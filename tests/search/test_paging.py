"""Pages by key: nobody is dropped, nobody comes twice, in every order and both ways."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.models import Official, Statement
from statements.search.by_day import NEWEST
from statements.search.paging import BadCursor, Key, Order, read_id, read_text
from statements.search.results import OTHERS
from tests.factories import make_official, make_statement
from tests.search.world import page, search

pytestmark = pytest.mark.django_db

SORTS = ["newest", "oldest", "relevance", "added", "updated"]
N = 23


@pytest.fixture
def many():
    """Statements of few days, with ties in everything that an order goes by, some undated."""
    official = make_official()
    at = datetime(2024, 1, 19, tzinfo=UTC)
    days = ["2024-01-19", "2024-01", None, "0001-02", "9999-12-31", "2024-01-19"]
    for number in range(N):
        make_statement(
            "Trust and cooperation. " + "Trust. " * (number % 3),
            key=f"s-{number:02}",
            speaker=official,
            said_on=days[number % len(days)],
            published_at=at + timedelta(days=number % 4),
            updated_at=at + timedelta(microseconds=number % 5),
            cited=False,
        )
    return sorted(Statement.objects.values_list("key", flat=True))


def walk(address):
    """The pages of a list from the first to the last."""
    pages = [page(address)]
    while pages[-1].next:
        pages.append(page(pages[-1].next))
        assert len(pages) < 100
    return pages


def walk_back(address):
    pages = [page(address)]
    while pages[0].previous:
        pages.insert(0, page(pages[0].previous))
        assert len(pages) < 100
    return pages


def address(sort, limit):
    return f"q=trust&sort={sort}&limit={limit}"


@pytest.mark.parametrize("limit", [1, 4, 7, N - 1, N, N + 1])
@pytest.mark.parametrize("sort", SORTS)
def test_a_walk_meets_everyone_once(many, sort, limit):
    pages = walk(address(sort, limit))
    keys = [key for found in pages for key in found.keys]
    assert sorted(keys) == many
    assert [len(found.keys) for found in pages[:-1]] == [limit] * (len(pages) - 1)
    assert keys == [row.key for row in search(address(sort, 200)).rows]


@pytest.mark.parametrize("sort", SORTS)
def test_the_way_back_is_the_way_there(many, sort):
    there = walk(address(sort, 4))
    back = walk_back(there[-2].next)
    assert [found.keys for found in back] == [found.keys for found in there]
    assert back[0].previous == there[0].previous == ""
    assert there[-1].next == ""


@pytest.mark.parametrize("sort", SORTS)
def test_the_order_is_what_it_says(many, sort):
    result = search(address(sort, 200))
    rows = result.rows
    ranks = {row.pk: row.rank for row in result._ranked()} if sort == "relevance" else {}
    told = {
        "newest": lambda row: (row.sort_on, row.pk),
        "oldest": lambda row: (row.said_on is None, row.sort_on, row.pk),
        "relevance": lambda row: (ranks[row.pk], row.pk),
        "added": lambda row: (row.published_at, row.pk),
        "updated": lambda row: (row.updated_at, row.pk),
    }[sort]
    assert rows == sorted(rows, key=told, reverse=sort != "oldest")


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_the_undated_come_last(many, sort):
    days = [row.said_on for row in search(sort=sort, limit=200).rows]
    assert days.count(None) == 4
    assert None not in days[:-4]


def test_the_first_year_of_all_is_a_day_and_comes_first(many):
    make_statement("Trust.", key="s-first", said_on="0001-01-01")
    assert search(sort="oldest").rows[0].key == "s-first"


def test_who_comes_in_between_moves_nobody(many):
    first = page(address("newest", 5))
    make_statement("Trust.", key="s-new", said_on="9999-12-31")
    Statement.objects.filter(key=first.keys[0]).update(status="draft")
    rest = [key for found in walk(first.next) for key in found.keys]
    assert sorted(rest) == sorted(set(many) - set(first.keys))


def test_a_page_of_an_order_is_no_page_of_another(many):
    following = page(address("newest", 5)).next
    result = search(following.replace("sort=newest", "sort=oldest"))
    assert list(result.errors) == ["cursor"]


def test_what_narrows_the_list_starts_it_anew(many):
    result = search(page(address("newest", 5)).next)
    assert all("cursor" not in chip.url for chip in result.chips)
    choices = [choice for facet in result.facets for choice in facet.choices]
    assert choices
    assert all("cursor" not in choice.url for choice in [*choices, *result.sorts])


def test_a_page_costs_one_query_for_its_rows(many, django_assert_num_queries):
    order = NEWEST
    with django_assert_num_queries(1):
        order.page(Statement.objects.all(), cursor=None, n_rows=5)


def made(*told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


FORGED = [
    "x", "=", "====", "a" * 1_999, "%", "é", "AAAA", "bnVsbA", "W10", made(), made("newest"),
    made("newest", False), made("newest", False, "2024-01-19"),
    made("newest", False, "2024-01-19", "1"), made("newest", False, "2024-02-30", 1),
    made("newest", False, 20240119, 1), made("newest", "yes", "2024-01-19", 1),
    made("newest", 0, "2024-01-19", 1), made("newest", False, "2024-01-19", -1),
    made("newest", False, "2024-01-19", 2**63), made("newest", False, "2024-01-19", 10**400),
    made("newest", False, "2024-01-19", 1.5), made("newest", False, "2024-01-19", None),
    made("newest", False, "2024-01-19", [1]), made("newest", False, None, 1),
    made("newest", False, "2024-01-19", 1, 2), made("oldest", False, "2024-01-19", 1),
    made("nonsense", False, "2024-01-19", 1), made(["newest"], False, "2024-01-19", 1),
    made("newest", False, "\x00", 1), made("newest", False, "\ud800", 1),
    base64.urlsafe_b64encode(b"[" * 1_400).decode(),
    base64.urlsafe_b64encode(b"{}").decode(), base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    base64.urlsafe_b64encode(b'["newest", false, NaN, 1]').decode(),
]  # fmt: skip


@pytest.mark.parametrize("cursor", FORGED)
def test_a_forged_cursor_is_an_error_beside_its_field(cursor):
    make_statement()
    result = search(cursor=cursor)
    assert list(result.errors) == ["cursor"]
    assert (result.rows, result.next_url) == ([], None)


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        ("relevance", [float("inf"), 1]), ("relevance", ["high", 1]), ("relevance", [True, -1]),
        ("added", ["2024", 1]), ("added", ["2024-01-19T00:00:00+99:00", 1]), ("added", [0, 1]),
        ("added", ["0001-01-01T00:00:00+23:59", 1]), ("added", ["9999-12-31T23:59:59-23:59", 1]),
        ("updated", ["", 1]), ("oldest", [False, "9999-99-99", 1]),
        ("oldest", [0, "2024-01-19", 1]),
    ],
)  # fmt: skip
def test_so_it_is_in_every_order(sort, values):
    make_statement("Trust.")
    result = search(q="trust", sort=sort, cursor=made(sort, False, *values))
    assert list(result.errors) == ["cursor"]


@pytest.mark.parametrize(
    ("sort", "value"),
    [
        ("newest", "0001-01-01"), ("newest", "9999-12-31"),
        ("added", "0001-01-01T00:00:00+00:00"), ("added", "9999-12-31T23:59:59+15:00"),
        ("updated", "2024-01-19T00:00:00"), ("relevance", 0), ("relevance", 999_999_999.9),
    ],
)  # fmt: skip
def test_a_place_that_nobody_was_at_is_a_place(sort, value):
    make_statement("Trust.")
    for is_back in (False, True):
        result = search(q="trust", sort=sort, cursor=made(sort, is_back, value, 2**63 - 1))
        assert result.errors == {}
        assert len(result.rows) <= 1


@given(st.text(max_size=80) | st.binary(max_size=60).map(
    lambda told: base64.urlsafe_b64encode(told).decode()
) | st.lists(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
             max_size=5).map(lambda told: made(*told)))  # fmt: skip
def test_any_cursor_is_a_place_or_damaged(cursor):
    for order in (NEWEST, OTHERS["added"], OTHERS["relevance"], BY_NAME):
        try:
            is_back, values = order.read(cursor)
        except BadCursor:
            continue
        assert isinstance(is_back, bool)
        assert len(values) == len(order.keys)


BY_NAME = Order("slug", (Key("slug", read_text), Key("pk", read_id)))


@pytest.mark.parametrize("slug", ["\ud800", "\x00"])
def test_a_text_that_the_database_cannot_be_asked_with_is_damaged(slug):
    with pytest.raises(BadCursor):
        BY_NAME.page(Official.objects.all(), cursor=made("slug", False, slug, 1), n_rows=5)
