"""Texts folded as the search vector folds them, each place traced back to the text as written."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

# What the SQL function `fold` drops after a letter of these scripts, and what it makes of letters
# that no decomposition leads to; `tests/search/test_snippets.py` compares the two.
_DROPPED = "\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c"
_MARKS = re.compile(f"([a-z\u0370-\u03ff\u0600-\u06ff])[{_DROPPED}]+")
_LETTERS = str.maketrans(
    "\u0142\u00f8\u0111\u0131\u0451\u064a\u0643\u0649/\\@_", "lodi\u0435\u06cc\u06a9\u06cc    "
)
# A letter with what is written upon it, if it is more than a letter of ASCII.
_CLUSTER = re.compile(f"[\x00-\x7f][{_DROPPED}]+|[^\x00-\x7f][{_DROPPED}]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; where it grew or shrank, `places` and `origins` tell how much by then."""

    text: str
    places: list[int]
    origins: list[int]

    def origin(self, place: int) -> int:
        """Where in the text as written that stands which the folded one has at a place."""
        after = bisect_right(self.places, place)
        if after == 0:
            return place
        origin = self.origins[after - 1] + place - self.places[after - 1]
        # Within a letter that became several, such as a fraction.
        return min(origin, self.origins[after]) if after < len(self.origins) else origin


def folded(text: str) -> Folded:
    """Folds case and accents, as far as that can be done letter by letter."""
    if text.isascii():
        return Folded(text.lower().translate(_LETTERS), [], [])
    pieces, places, origins = [], [], []
    length = end = 0
    for cluster in _CLUSTER.finditer(text):
        between = text[end : cluster.start()].lower().translate(_LETTERS)
        letters = _fold(cluster[0])
        pieces += [between, letters]
        length += len(between)
        end = cluster.end()
        if len(letters) != len(cluster[0]):
            places += [length, length + len(letters)]
            origins += [cluster.start(), end]
        length += len(letters)
    pieces.append(text[end:].lower().translate(_LETTERS))
    return Folded("".join(pieces), places, origins)


@lru_cache(maxsize=4096)
def _fold(cluster: str) -> str:
    lower = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", cluster).lower())
    bare = _MARKS.sub(r"\1", unicodedata.normalize("NFD", lower))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)
