"""Where a quotation stands in a text: verified, moved or missing.

A quotation is anchored as the W3C Web Annotation Data Model describes it, by its words with a
little of what surrounds them (TextQuoteSelector) and by its position (TextPositionSelector).
Positions count Unicode code points of the stored text.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What became of a quotation when its text was looked at."""

    VERIFIED = "verified"
    MOVED = "moved"
    MISSING = "missing"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of a check, and where the words really stand (None when they do not)."""

    check: Check
    start: int | None


# White space is what str.isspace() calls so; quotation marks are Unicode's Quotation_Mark
# property (PropList.txt). One character stands for one, so that a place in the folded text
# is the same place in the text itself.
_FOLDED = {
    " ": "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    "'": "\u2018\u2019\u201a\u201b\u2039\u203a\uff07",
    '"': "\xab\xbb\u201c\u201d\u201e\u201f\u2e42\u300c\u300d\u300e\u300f\u301d\u301e\u301f"
    "\ufe41\ufe42\ufe43\ufe44\uff02\uff62\uff63",
}

# How far surroundings are compared: enough to tell occurrences apart, and a bound on the cost
# of each. The slack is for white space at the edges, which is passed over.
_N_COMPARED, _N_SLACK = 64, 16


def check_quotation(
    body: str, exact: str, *, start: int | None = None, prefix: str = "", suffix: str = ""
) -> Finding:
    """Find whether the words still stand at `start`, elsewhere, or nowhere in the body.

    Without a `start` any occurrence verifies. Words that differ only in white space or in the
    shape of quotation marks are found, but as moved: they are no longer the exact words.
    Linear in the size of the body. Raises ValueError when there is a body and no words.
    """
    if not body:
        return Finding(Check.NO_TEXT, None)
    _refuse_no_words(exact)
    if start is not None and start >= 0 and body.startswith(exact, start):
        return Finding(Check.VERIFIED, start)
    folded = _folded(body)
    surrounded = _Surroundings(folded, len(exact), prefix, suffix)
    found = surrounded.best(_occurrences(body, exact), start)
    if found is not None:
        return Finding(Check.VERIFIED if start is None else Check.MOVED, found)
    found = surrounded.best(_occurrences(folded, _folded(exact)), start)
    return Finding(Check.MISSING if found is None else Check.MOVED, found)


def anchor(body: str, exact: str, *, prefix: str = "", suffix: str = "") -> int | None:
    """Return where the exact words stand: where the surroundings fit best, else first.

    None when they are absent. Linear in the size of the body. Raises ValueError when there is
    a body and no words.
    """
    if not body:
        return None
    _refuse_no_words(exact)
    surrounded = _Surroundings(_folded(body), len(exact), prefix, suffix)
    return surrounded.best(_occurrences(body, exact), None)


def surroundings(body: str, start: int, length: int, *, n_characters: int = 32) -> tuple[str, str]:
    """Return what stands just before and after a passage, cut between words.

    Where no word begins or ends within `n_characters` (as in Chinese) they are cut anywhere,
    though never before a combining mark.
    Both are empty when the passage lies outside the body.
    """
    end = start + length
    if start < 0 or length < 0 or end > len(body):
        return "", ""
    first = _first_word_start(body, max(0, start - n_characters), start)
    last = _last_word_end(body, end, min(len(body), end + n_characters))
    return body[first:start], body[end:last]


def _first_word_start(body: str, first: int, start: int) -> int:
    for place in range(first, start):
        if place == 0 or (body[place - 1].isspace() and not body[place].isspace()):
            return place
    return next((n for n in range(first, start) if not _is_mark(body[n])), start)


def _last_word_end(body: str, end: int, last: int) -> int:
    for place in range(last, end, -1):
        if place == len(body) or (body[place].isspace() and not body[place - 1].isspace()):
            return place
    return next((n for n in range(last, end, -1) if not _is_mark(body[n])), end)


def _is_mark(character: str) -> bool:
    """Tell whether a character belongs to the one before it, as a combining accent does."""
    return unicodedata.category(character).startswith("M")


class _Surroundings:
    """Ranks the occurrences of a passage by what was recorded to stand around it.

    White space at the edges is passed over, since forms strip it from what they store.
    """

    def __init__(self, folded: str, length: int, prefix: str, suffix: str) -> None:
        self._folded = folded
        self._length = length
        self._before = _folded(prefix).rstrip()[: -_N_COMPARED - 1 : -1]
        self._after = _folded(suffix).lstrip()[:_N_COMPARED]

    def best(self, places: Iterator[int], start: int | None) -> int | None:
        """Return the place that fits best, then the nearest to `start`, then the first."""
        if start is None and not self._before and not self._after:
            return next(places, None)
        near = start or 0
        return min(
            places, key=lambda found: (-self._n_fitting(found), abs(found - near)), default=None
        )

    def _n_fitting(self, start: int) -> int:
        """Count the characters around a passage that agree, from its edges outwards."""
        n_fitting = 0
        if self._before:
            first = max(0, start - len(self._before) - _N_SLACK)
            left = self._folded[first:start].rstrip()[::-1]
            n_fitting += _n_shared(left, self._before)
        if self._after:
            end = start + self._length
            right = self._folded[end : end + len(self._after) + _N_SLACK].lstrip()
            n_fitting += _n_shared(right, self._after)
        return n_fitting


def _n_shared(one: str, other: str) -> int:
    for n_shared, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return n_shared
    return min(len(one), len(other))


def _folded(text: str) -> str:
    # Ten times as fast on a long text as str.translate, which looks up every character.
    for folded, characters in _FOLDED.items():
        for character in characters:
            text = text.replace(character, folded)
    return text


def _refuse_no_words(exact: str) -> None:
    if not exact:
        raise ValueError("a quotation needs words")


def _occurrences(body: str, exact: str) -> Iterator[int]:
    """Yield every place of the words, overlapping ones too, in linear time.

    Each search costs the length of the words at least, which words that repeat themselves
    ("no no no no") would pay at every period. Where two places lie at most half a length
    apart, the next can only be as far again, and comparing one period more decides.
    """
    found = body.find(exact)
    while found != -1:
        yield found
        following = body.find(exact, found + 1)
        period = following - found
        if following != -1 and 2 * period <= len(exact):
            tail = exact[-period:]
            while body.startswith(tail, following + len(exact)):
                yield following
                following += period
        found = following
