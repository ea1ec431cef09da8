"""Where the words of a search stand in what it found, marked for a reader."""

import time

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.search.folding import folded
from statements.search.snippets import N_CHARACTERS_A_PAGE
from tests.factories import make_official, make_statement
from tests.search.world import search

pytestmark = pytest.mark.django_db


def marked(q, text="We trust in mutual cooperation.", **fields):
    """The snippet of the one statement there is, its marks in square brackets."""
    make_statement(text, **fields)
    [snippet] = search(q=q).snippets.values()
    return told(snippet.text)


def told(excerpt):
    parts = []
    for first, last in excerpt.parts:
        words = "".join(
            "[" * sum(start == place for start, _end in excerpt.marks)
            + excerpt.text[place]
            + "]" * sum(end == place + 1 for _start, end in excerpt.marks)
            for place in range(first, last)
        )
        parts.append(words)
    return " … ".join(parts)


def test_it_works():
    assert marked("trust") == "We [trust] in mutual cooperation."


def test_a_word_is_marked_by_its_stem():
    assert marked("trusting") == "We [trust] in mutual cooperation."


def test_of_a_phrase_every_word_is_marked():
    assert marked('"mutual cooperation"') == "We trust in [mutual] [cooperation]."


def test_what_must_not_be_there_and_what_narrows_is_not_marked():
    text = "A letter of trust from Pakistan."
    assert marked("trust -channel after:2000", text) == "A letter of [trust] from Pakistan."


@pytest.mark.parametrize(
    ("q", "text", "expected"),
    [
        ("sukru", "Şükrü spoke.", "[Şükrü] spoke."),
        ("fidan", "Then Fıdan spoke.", "Then [Fıdan] spoke."),
        ("resume", "A re\u0301sume\u0301, it is.", "A [re\u0301sume\u0301], it is."),
        ("official", "An o\ufb03cial word.", "An [o\ufb03cial] word."),
        ("istanbul", "İstanbul İstanbul", "[İstanbul] [İstanbul]"),
        ("cooperation", "“Co\u0308operation” — trust", "“[Co\u0308operation]” — trust"),
        ("نمی‌خواهیم", "ما جنگ نمی‌خواهیم.", "ما جنگ [نمی‌خواهیم]."),
    ],
)
def test_accents_are_folded_and_the_text_is_marked_as_written(q, text, expected):
    assert marked(q, text, language="fa" if "ج" in text else "en") == expected


def test_each_text_is_read_in_its_own_dictionary():
    make_statement(
        "Only enemies gain.", original_text="Россия призывает к миру.", original_language="ru"
    )
    [snippet] = search(q="призывать").snippets.values()
    assert snippet.text is None
    assert told(snippet.original) == "Россия [призывает] к миру."


def test_who_is_found_by_name_alone_has_no_snippet_but_is_told():
    official = make_official("Jalil Abbas Jilani")
    make_statement("We want calm.", speaker=official)
    found = search(q="jilani")
    assert len(found.rows) == 1
    assert found.snippets == {}
    assert found.names_found == {f"@o{official.pk}"}


@pytest.mark.parametrize("q", ["", "from:pk", "the", "-trust"])
def test_nothing_is_marked_where_no_word_is_asked_for(q, django_assert_max_num_queries):
    make_statement("We have the trust.")
    make_statement("The calm.")
    assert search(q=q).snippets == {}


def test_of_a_long_text_the_parts_around_the_words_are_shown():
    filler = "and so on it went for hours " * 40
    shown = marked("trust escalation", f"{filler}our trust {filler}an escalation {filler}")
    assert "[trust]" in shown
    assert "[escalation]" in shown
    assert " … " in shown
    assert len(shown) < 600


def test_the_parts_begin_and_end_with_whole_words():
    filler = "abcdefghij " * 100
    shown = marked("trust", f"{filler}trust {filler}")
    assert set(shown.replace("[", "").replace("]", "").split()) == {"abcdefghij", "trust"}


def test_the_parts_with_most_of_the_words_are_preferred():
    filler = "and so on it went for hours " * 20
    shown = marked("trust peace", f"{f'trust {filler}' * 6}trust and peace {filler}")
    assert "[trust] and [peace]" in shown


def test_a_long_text_without_spaces_is_cut_all_the_same():
    assert len(marked("trust", "x," * 1500 + "trust" + ",x" * 1500)) < 600


@pytest.mark.parametrize(
    "text",
    [
        "trust <script>alert('trust')</script>",
        '<img src="trust" onerror="trust"> trust &amp; <b>trust</b>',
        "\ue000trust\ue001 \ue000\ue000 trust \ue001",
        "http://trust.example/trust?trust=trust trust@trust.example co-trust trust/trust",
        "''' \\ trust:* & ! | <-> trust %s %(trust)s",
    ],
)
def test_markup_and_marks_of_a_text_are_words_like_others(text):
    shown = marked("trust", text)
    assert "[trust]" in shown
    clean = text.replace("\ue000", "").replace("\ue001", "")
    assert shown.replace("[", "").replace("]", "") == clean


def test_what_is_no_word_for_the_database_is_left_unmarked():
    make_statement("trust " + "x" * 3000, speaker=make_official("Trust"))
    assert search(q="trust").snippets == {}


WRITTEN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
LETTERS = st.text("aeiouzcıİßﬁéñŁøđёيكىے\u0301\u0308\u064b\u0640\u200c/\\@_ '“”한글ä", max_size=40)


@settings(max_examples=200)
@given(WRITTEN | LETTERS)
def test_any_text_is_traced_back_within_itself(text):
    words = folded(text)
    origins = [words.origin(place) for place in range(len(words.text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] <= len(text)


@settings(max_examples=100)
@given(LETTERS)
def test_texts_are_folded_as_the_database_folds_them(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold(%s)", [text])
        [(expected,)] = cursor.fetchall()
    assert folded(text).text == expected


def test_fifty_long_texts_are_looked_through_in_no_time():
    words = "trust and mutual cooperation with Şükrü, on the whole; " * 1800
    for _ in range(50):
        make_statement(words[:99_000], cited=False)
    found = search(q="trust sukru cooperation")
    assert len(found.rows) == 50
    started = time.process_time()
    assert len(found.snippets) == 50
    assert time.process_time() - started < 1
    assert N_CHARACTERS_A_PAGE <= 100_000
