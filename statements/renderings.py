"""Two renderings of the same words compared word by word, whatever their case and punctuation.

What both have is the longest common subsequence of their words (Hyyrö 2004, in rapidfuzz), whose
cost is bounded whatever the words are.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from rapidfuzz.distance import Indel, LCSseq

N_WORDS = 4_000  # of both together: the cost of comparing grows with the square
# Less in common, and what differs is not a word here and there.
LEAST_SHARE = 0.3

# An apostrophe joins. Scripts that put no space between words are compared sign by sign.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+(?:['\u2019](?:(?![{_UNSPACED}])\w)+)*")

Span = tuple[int, int]


class Change(StrEnum):
    """What became of words on the way from one rendering to the other."""

    SAME = "same"
    ADDED = "added"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where either text has words of its own, and the other with what was left out put in.

    `share` is how much the two have in common, from 0 to 1.
    """

    one_only: list[Span]
    other_only: list[Span]
    pieces: list[Piece]
    share: float

    @property
    def is_same(self) -> bool:
        """Whether the words are the same, though marks and capitals may not be."""
        return not self.one_only and not self.other_only

    @property
    def is_legible(self) -> bool:
        return self.share >= LEAST_SHARE


def compare(one: str, other: str) -> Comparison | None:
    """Compares two texts; None where they are too long for that."""
    first, second = list(_words(one)), list(_words(other))
    if len(first) + len(second) > N_WORDS:
        return None
    told = _Telling(one, other)
    one_only: list[Span] = []
    other_only: list[Span] = []
    for is_same, a, b, c, d in _steps([w for w, _at in first], [w for w, _at in second]):
        run = _span(second, c, d)
        left_out = None if is_same else _span(first, a, b)
        one_only += [left_out] if left_out else []
        other_only += [run] if run and not is_same else []
        told.step(left_out, run, is_same=is_same)
    share = Indel.normalized_similarity([w for w, _at in first], [w for w, _at in second])
    return Comparison(one_only, other_only, told.all(), share)


def _steps(first: list[str], second: list[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Whether the next words of both are the same, and from where to where they go in each."""
    steps = LCSseq.opcodes(first, second)
    for is_same, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)
        yield (
            is_same,
            run[0].src_start,
            run[-1].src_end,
            run[0].dest_start,
            run[-1].dest_end,
        )


def _words(text: str) -> Iterator[tuple[str, Span]]:
    """Each word without case, accents and apostrophes, and where it stands."""
    for found in _WORD.finditer(text):
        plain = unicodedata.normalize("NFKD", found[0]).casefold()
        bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
        yield bare.replace("'", "").replace("\u2019", ""), found.span()


def _span(words: list[tuple[str, Span]], first: int, last: int) -> Span | None:
    """From the first to the last of a run of words."""
    return (words[first][1][0], words[last - 1][1][1]) if first < last else None


class _Telling:
    """The other text as pieces, made step by step; without what was left out they are that text."""

    def __init__(self, one: str, other: str) -> None:
        self._one, self._other = one, other
        self._place = 0
        self._pieces: list[Piece] = []

    def step(self, left_out: Span | None, run: Span | None, *, is_same: bool) -> None:
        """Takes what was left out, and the next run of the other text."""
        if run:
            self._add(self._other[self._place : run[0]], Change.SAME)
        if left_out:
            self._leave_out(self._one[slice(*left_out)], is_before=run is not None)
        if run:
            text = self._other[slice(*run)]
            self._add(text, Change.SAME if is_same else Change.ADDED)
            self._place = run[1]

    def _leave_out(self, text: str, *, is_before: bool) -> None:
        """Sets a space between what was left out and its neighbour."""
        is_first = is_before or not self._pieces
        self._add(f"{text} " if is_first else f" {text}", Change.LEFT_OUT)

    def _add(self, text: str, change: Change) -> None:
        if text and self._pieces and self._pieces[-1].change == change:
            self._pieces[-1] = Piece(self._pieces[-1].text + text, change)
        elif text:
            self._pieces.append(Piece(text, change))

    def all(self) -> list[Piece]:
        self._add(self._other[self._place :], Change.SAME)
        return self._pieces
