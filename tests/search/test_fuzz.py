"""Whatever anyone sends, a search answers: with rows, or with what is wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.search.filters import StatementFilters
from statements.search.results import CopySearch
from tests.search.world import search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

ANYTHING = st.text(max_size=60)
WRITABLE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
FRAGMENTS = st.sampled_from(
    [
        "trust", "jilani", '"', "-", "or", "OR", "(", ")", ":", ":*", "&", "|", "!", "<->", "'",
        "\\", "speaker:", "to:", "from:ir", "after:2024", "before:x", "topic:security", "channel:",
        "جیلانی", "رهبران", "🕊", "\u202e", "\u200f", "\u200c", "@o1", "the", "ı", "İ", "ß", "ﬁ",
        "%", "_", "é", "e\u0301", "co-operation", "http://a.b/c?d=e", "a@b.example", "1e9", "-1",
    ]
)  # fmt: skip
VALUES = st.one_of(
    WRITABLE,
    FRAGMENTS,
    st.sampled_from(
        ["pk", "PK", "jilani", "phone_call", "2024", "2024-01-19", "0001", "9999-12-31", "10000",
         "newest", "oldest", "relevance", "added", "1", "200", "fa", "own", "appeal", "disputed",
         "2024-01-19T00:00:00Z", "9999-12-31T23:59:59-12:00", "security", "ndtv", "call", ""]
    ),
    st.dates().map(str),
    st.datetimes().map(str),
    st.integers().map(str),
)  # fmt: skip


def answers(result):
    """Asks everything of a search that a page shows."""
    assert result.rows == [] or not result.errors
    assert result.count.n >= len(result.rows)
    return [
        result.errors, result.messages, result.title, result.chips, result.facets, result.histogram,
        result.sorts, result.summary, result.next_url, result.previous_url,
    ]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(FRAGMENTS | WRITABLE, max_size=8).map(" ".join) | WRITABLE)
def test_any_words(q):
    result = search(q=q)
    assert result.rows == [] or not result.errors
    assert result.count.n == len(result.rows)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from([*StatementFilters.base_filters, "page", "x[]"]), VALUES),
        max_size=5,
    )
)
def test_any_parameters(pairs):
    parameters = {}
    for name, value in pairs:
        parameters.setdefault(name, []).append(value)
    result = search(**parameters)
    answers(result)
    answers(CopySearch(result.parameters))


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_any_bytes_in_an_address(raw):
    answers(search(raw.decode("latin-1")))
