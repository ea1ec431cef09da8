"""Which words are not in the other text."""

from hypothesis import given
from hypothesis import strategies as st

from statements.curation.marking import N_SHOWN, marked


def words(pieces):
    return [(piece.text, piece.is_marked) for piece in pieces]


def test_it_works():
    told = marked("He spoke to Iran.", "He wrote to Iran.")
    assert words(told.before) == [("He ", False), ("spoke", True), (" to Iran.", False)]
    assert words(told.after) == [("He ", False), ("wrote", True), (" to Iran.", False)]


def test_a_space_between_other_words_is_no_word():
    told = marked("Closer cooperation is needed.", "A note of theirs.")
    assert words(told.after) == [("A note of theirs", True), (".", False)]


def test_nothing_becomes_something():
    told = marked("", "Words")
    assert (told.before, words(told.after)) == ([], [("Words", True)])


def test_what_long_texts_share_is_left_out():
    told = marked("a " * 5000 + "one" + " b" * 5000, "a " * 5000 + "two" + " b" * 5000)
    [before] = [piece.text for piece in told.before if piece.is_marked]
    assert before == "one"
    assert told.before[0].text.startswith("…a ")
    assert sum(len(piece.text) for piece in told.before) < 300


def test_long_texts_of_other_words_are_cut():
    told = marked("a " * 500_000, "b " * 500_000)
    assert len(told.before[0].text) == N_SHOWN + 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_short_texts_are_whole(before, after):
    told = marked(before, after)
    assert "".join(piece.text for piece in told.before) == before
    assert "".join(piece.text for piece in told.after) == after
