"""Two renderings of the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.renderings import Change, compare


def pieces(one, other):
    return [(piece.text, piece.change.value) for piece in compare(one, other).pieces]


def test_it_works():
    assert pieces("He said closer ties were needed.", "He said that closer ties are needed.") == [
        ("He said ", "same"),
        ("that", "added"),
        (" closer ties ", "same"),
        ("were ", "left_out"),
        ("are", "added"),
        (" needed.", "same"),
    ]


def test_each_text_knows_its_own_words():
    one, other = "trust and cooperation", "mutual trust, co-operation"
    told = compare(one, other)
    assert [one[slice(*span)] for span in told.one_only] == ["and cooperation"]
    assert [other[slice(*span)] for span in told.other_only] == ["mutual", "co-operation"]


def test_case_accents_and_marks_differ_in_print_alone():
    assert compare("“The café,” he said: don't!", "the cafe he said Don\u2019t").is_same


def test_what_is_left_out_keeps_its_distance():
    assert pieces("a b c", "a c") == [("a", "same"), (" b", "left_out"), (" c", "same")]
    assert pieces("a b", "b") == [("a ", "left_out"), ("b", "same")]
    assert pieces("a b", "a") == [("a", "same"), (" b", "left_out")]


def test_scripts_without_spaces_are_compared_sign_by_sign():
    assert pieces("合作", "合做") == [("合", "same"), ("作 ", "left_out"), ("做", "added")]


def test_other_words_altogether_are_not_legible():
    assert not compare("one two three", "four five six").is_legible


def test_what_is_too_long_is_not_compared():
    assert compare("a " * 4000, "a " * 3) is None


@pytest.mark.parametrize("pair", [("", ""), ("", "a b"), ("a b", "")])
def test_nothing_can_be_compared(pair):
    compare(*pair)


@given(*[st.lists(st.sampled_from("a b c d, ? e".split()), max_size=12)] * 2)
def test_without_what_was_left_out_the_other_text_remains(one, other):
    told = compare(" ".join(one), " ".join(other))
    kept = [piece.text for piece in told.pieces if piece.change != Change.LEFT_OUT]
    assert "".join(kept) == " ".join(other)
