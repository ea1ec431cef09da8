"""How alike the words of two texts are, whatever their case, accents and punctuation.

Compared word by word by the longest common subsequence (Hunt and Szymanski 1977; computed in
bits as by Hyyrö 2004, in rapidfuzz), so that words left out or put in count and their place
hardly does.
"""

import re
import unicodedata

from rapidfuzz.distance import Indel, LCSseq

N_WORDS = 400  # of a long text its beginning tells it apart
N_CHARACTERS = 6_000
N_WORDS_OF_A_PART = 8  # shorter texts stand within others by chance
OF_A_PART = 0.9  # how much a text counts that stands whole within another

_WORD = re.compile(r"\w+")
# Scripts that put no space between words are compared sign by sign.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def words_of(text: str) -> tuple[str, ...]:
    """The first words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text[:N_CHARACTERS]).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    # An apostrophe joins: "don't" is a word.
    found = _WORD.findall(bare.replace("'", "").replace("\u2019", ""))
    split = (part for word in found for part in (list(word) if _UNSPACED.search(word) else [word]))
    return tuple(split)[:N_WORDS]


def likeness(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """How alike two texts are, from 0 to 1: the share of their words that they have in common.

    A text of eight words or more that stands within a longer one counts for nine tenths.
    """
    if not (first and second):
        return 0.0
    alike = Indel.normalized_similarity(first, second)
    n_fewest = min(len(first), len(second))
    if n_fewest < N_WORDS_OF_A_PART:
        return alike
    return max(alike, OF_A_PART * LCSseq.similarity(first, second) / n_fewest)
