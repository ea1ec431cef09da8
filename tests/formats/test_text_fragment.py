"""Addresses that open a page at given words, to the letter of the specification."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import given

from statements.formats.text_fragment import at_the_words
from tests.formats.references import texts

# The directive of the specification, each part percent-encoded.
CHARACTERS = "(?:[A-Za-z0-9._~]|%[0-9A-F]{2})+"
GRAMMAR = re.compile(
    f"(?:{CHARACTERS}-,)?(?P<start>{CHARACTERS})(?:,(?P<end>{CHARACTERS}))?(?:,-{CHARACTERS})?"
)
LONG = " ".join("abcdefghijklmnop")


@pytest.mark.parametrize(
    ("url", "words", "opened"),
    [
        ("", "any words", ""),
        ("https://e.org/a", "", "https://e.org/a"),
        ("https://e.org/a", " \n ", "https://e.org/a"),
        ("https://e.org/a", "well-known & true, said he",
         "https://e.org/a#:~:text=well%2Dknown%20%26%20true%2C%20said%20he"),
        ("https://e.org/a#top", "calm", "https://e.org/a#top:~:text=calm"),
        ("https://e.org/a#top:~:text=other", "calm", "https://e.org/a#top:~:text=calm"),
        ("https://e.org/a", LONG, "https://e.org/a#:~:text=a%20b%20c%20d%20e,l%20m%20n%20o%20p"),
        ("https://e.org/a", "صلح", "https://e.org/a#:~:text=%D8%B5%D9%84%D8%AD"),
    ],
)  # fmt: skip
def test_the_words(url, words, opened):
    assert at_the_words(url, words) == opened


@pytest.mark.parametrize(
    ("prefix", "suffix", "directive"),
    [
        (
            "He said: “",
            "”, and left.",
            "He%20said%3A%20%E2%80%9C-,calm,-%E2%80%9D%2C%20and%20left.",
        ),
        ("one two three four five", "", "three%20four%20five-,calm"),
        ("", "one two three four", "calm,-one%20two%20three"),
        ("well-", "-known", "well%2D-,calm,-%2Dknown"),
    ],
)
def test_the_words_around_tell_the_place(prefix, suffix, directive):
    opened = at_the_words("https://e.org/", "calm", prefix=prefix, suffix=suffix)
    assert opened == f"https://e.org/#:~:text={directive}"


def test_what_stands_in_another_paragraph_is_not_around():
    opened = at_the_words("https://e.org/", "calm", prefix="Title.\n\n", suffix="\nNext.")
    assert opened == "https://e.org/#:~:text=calm"


def test_only_the_nearer_paragraph_is_around():
    opened = at_the_words("https://e.org/", "calm", prefix="Title.\nHe:", suffix=", he.\nNext")
    assert opened == "https://e.org/#:~:text=He%3A-,calm,-%2C%20he."


def test_words_over_paragraphs_are_named_by_both_ends():
    opened = at_the_words("https://e.org/", "We want calm.\n\nAnd trade.")
    assert opened == "https://e.org/#:~:text=We%20want%20calm.,And%20trade."


def test_what_is_too_long_for_an_address_is_left_out():
    assert at_the_words("https://e.org/", "和" * 500) == "https://e.org/"


@given(texts, texts, texts)
def test_a_directive_is_of_the_grammar(prefix, words, suffix):
    opened = at_the_words("https://e.org/a", words, prefix=prefix, suffix=suffix)
    directive = opened.removeprefix("https://e.org/a#:~:text=")
    parts = GRAMMAR.fullmatch(directive)
    assert parts
    assert unquote(parts["start"]).split()[0] == words.split()[0]
    assert unquote(parts["end"] or parts["start"]).split()[-1] == words.split()[-1]
