"""Numbers of names by what they share, in arrays, since objects weigh five times as much.

Both kinds are filled first, then settled, and looked up only after that.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from zlib import crc32

_N_BITS = 32  # of a number, and of a checksum


class Digests:
    """Numbers by keys of which checksums alone are kept.

    Of some thousand million keys two may share one: whoever asks looks at what is found.
    """

    def __init__(self) -> None:
        self._entries = array("Q")

    def add(self, number: int, keys: Iterable[str]) -> None:
        self._entries.extend(_digest(key) + number for key in keys)

    def settle(self) -> None:
        self._entries = array("Q", sorted(self._entries))

    def numbers(self, key: str) -> list[int]:
        """Returns the numbers of a key, perhaps with those of another."""
        first = _digest(key)
        start = bisect_left(self._entries, first)
        end = bisect_left(self._entries, first + (1 << _N_BITS), start)
        return [entry - first for entry in self._entries[start:end]]


class Postings:
    """Numbers by words, which are kept in order."""

    def __init__(self) -> None:
        self._growing: defaultdict[str, list[int]] = defaultdict(list)
        self._words: list[str] = []
        self._starts, self._numbers = array("I", [0]), array("I")

    def add(self, number: int, words: Iterable[str]) -> None:
        for word in words:
            self._growing[word].append(number)

    def settle(self) -> None:
        grown, self._growing = self._growing, defaultdict(list)
        self._words = sorted(grown)
        lengths = (len(grown[word]) for word in self._words)
        self._starts = array("I", accumulate(lengths, initial=0))
        self._numbers = array("I", (number for word in self._words for number in grown[word]))

    @property
    def words(self) -> Sequence[str]:
        return self._words

    def numbers(self, word: str) -> Sequence[int]:
        place = bisect_left(self._words, word)
        is_there = place < len(self._words) and self._words[place] == word
        return self._between(place, place + 1) if is_there else ()

    def numbers_from(self, letters: str) -> Sequence[int]:
        """Returns the numbers of all words that begin so; one with several comes as often."""
        return self._between(*self._range(letters))

    def words_from(self, letters: str) -> list[str]:
        first, end = self._range(letters)
        return self._words[first:end]

    def _range(self, letters: str) -> tuple[int, int]:
        first = bisect_left(self._words, letters)
        return first, bisect_left(self._words, letters + "\x7f", first)

    def _between(self, first: int, end: int) -> Sequence[int]:
        return self._numbers[self._starts[first] : self._starts[end]]


def _digest(key: str) -> int:
    return crc32(key.encode()) << _N_BITS
