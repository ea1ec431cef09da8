"""How alike the words of two texts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.likeness import N_WORDS, likeness, words_of


def alike(first, second):
    return likeness(words_of(first), words_of(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Some positive exchanges.", "some positive exchanges"),
        ("“Don’t escalate!”", "Don't escalate"),
        ("Türkiye’s résumé", "turkiyes resume"),
        ("我们愿意合作。", "我们愿意合作"),
    ],
)
def test_case_accents_and_punctuation_do_not_count(first, second):
    assert alike(first, second) == 1


def test_a_word_in_ten_counts_a_tenth():
    ten = "one two three four five six seven eight nine ten"
    assert alike(ten, ten.replace("five", "other")) == pytest.approx(0.9)


def test_a_part_of_eight_words_counts_for_nine_tenths():
    part = "one two three four five six seven eight"
    assert alike(part, f"before {part} and then a good deal more besides") == pytest.approx(0.9)


def test_a_few_words_stand_in_others_by_chance():
    assert alike("we are ready", "we are ready to speak of other things at any time") < 0.5


def test_no_words_are_alike_to_nothing():
    assert alike("", "") == alike("…", "words") == 0


def test_a_long_text_is_told_by_its_beginning():
    assert len(words_of("word " * 5000)) == N_WORDS


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(first, second):
    assert 0 <= alike(first, second) <= 1
    assert alike(first, second) == alike(second, first)
