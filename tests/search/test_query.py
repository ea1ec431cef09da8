"""What is typed, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.search.query import N_TERMS, OPERATORS, Operator, Term, parse


def groups(text):
    return [[_told(term) for term in group] for group in parse(text).groups]


def _told(term):
    words = f'"{term.text}"' if term.is_phrase else term.text
    return f"-{words}" if term.is_negated else words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("trust", [["trust"]]),
        ("trust cooperation", [["trust"], ["cooperation"]]),
        ('"mutual trust" iran', [['"mutual trust"'], ["iran"]]),
        ("-escalation", [["-escalation"]]),
        ('trust -"mutual trust"', [["trust"], ['-"mutual trust"']]),
        ("iran or turkey", [["iran", "turkey"]]),
        ("iran OR turkey pakistan", [["iran", "turkey"], ["pakistan"]]),
        ("a or b or c d", [["a", "b", "c"], ["d"]]),
        ('"foreign office" or ministry', [['"foreign office"', "ministry"]]),
        # What means nothing here is a word, or nothing at all.
        ("or", [["or"]]),
        ("or iran", [["or"], ["iran"]]),
        ("iran or", [["iran"]]),
        ("iran or or turkey", [["iran", "turkey"]]),
        ("iran or -turkey", [["iran"], ["-turkey"]]),
        ("-iran or turkey", [["-iran"], ["turkey"]]),
        ("-or", [["-or"]]),
        ('"or"', [['"or"']]),
        ('"unclosed phrase', [['"unclosed phrase"']]),
        ('""', []),
        ('"  "', []),
        ("-", []),
        ("--", []),
        ("& | ! ( ) :* <->", []),
        ("🕊 !!", []),
        ("word🕊", [["word🕊"]]),
        ("x:y", [["x:y"]]),
        ("https://example.org/a", [["https://example.org/a"]]),
        ("a\x00b", [["a b"]]),
        ("-speaker:jilani", [["-speaker:jilani"]]),
        ("جلیل OR حسین", [["جلیل", "حسین"]]),
        ("تنش\u200cهای", [["تنش\u200cهای"]]),
    ],
)
def test_words_phrases_and_what_joins_them(text, expected):
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("speaker:jilani", [("speaker", "jilani")]),
        ('speaker:"Jalil Abbas Jilani"', [("speaker", "Jalil Abbas Jilani")]),
        ("Speaker:Jilani TO:iran", [("speaker", "Jilani"), ("to", "iran")]),
        ("after:2024-01 before:2024-02", [("after", "2024-01"), ("before", "2024-02")]),
        ("topic:", [("topic", "")]),
        ('channel:"phone call', [("channel", "phone call")]),
        ("colour:red", []),
    ],
)
def test_operators(text, expected):
    found = parse(text).operators
    assert found == [Operator(name, value) for name, value in expected]


def test_every_operator_of_the_contract_is_known():
    assert OPERATORS == ("speaker", "to", "from", "channel", "topic", "after", "before")


def test_operators_stand_anywhere_between_words():
    query = parse("trust from:pk cooperation or to:ir security")
    assert [term.text for term in query.terms] == ["trust", "cooperation", "security"]
    assert [operator.name for operator in query.operators] == ["from", "to"]


class TestTheCut:
    def test_forty_terms_are_read(self):
        query = parse(" ".join(f"w{number}" for number in range(N_TERMS)))
        assert len(query.terms) == N_TERMS
        assert not query.is_cut

    def test_of_more_the_first_forty(self):
        query = parse(" ".join(f"w{number}" for number in range(N_TERMS + 1)))
        assert [term.text for term in query.terms] == [f"w{n}" for n in range(N_TERMS)]
        assert query.is_cut

    def test_operators_count_too(self):
        """Each asks the table of names: thousands of them would be thousands of questions."""
        query = parse("to:iran " * 1_000)
        assert len(query.operators) <= N_TERMS
        assert query.is_cut


@given(st.text(st.sampled_from("ab- \"or:|&!()'*<>\\\x00یé🕊\u202e0"), max_size=60))
def test_nothing_that_is_typed_is_an_error(text):
    query = parse(text)
    assert len(query.terms) <= N_TERMS
    for term in query.terms:
        assert term.text.strip() == term.text != ""
        assert "\x00" not in term.text


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=10))
def test_words_come_out_as_they_went_in(words):
    words = [word for word in words if word != "or"]
    assert parse(" ".join(words)).terms == [Term(word) for word in words]


def test_marks_of_direction_are_passed_over():
    assert groups('\u202e\ufefftr\u200bust\u202c \u200f"a\u2067 b"') == groups('trust "a b"')
