"""Which words of a text are not in another."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

N_AROUND = 120  # characters of what both share that are shown beside what they do not
N_WORDS_COMPARED = 2_000  # the comparison's cost grows with the square
N_SHOWN = 4_000
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and whether the other text lacks them."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """Two texts as pieces; a long stretch that both share is left out."""

    before: list[Piece]
    after: list[Piece]


def marked(before: str, after: str) -> Marked:
    """Compares two texts word by word; very long ones as wholes, between where they part."""
    if not (before and after):
        return Marked(_whole(before), _whole(after))
    n_start = _n_shared(before, after)
    n_end = _n_shared(before[n_start:][::-1], after[n_start:][::-1])
    first, second = (_excerpt(text, n_start, n_end) for text in (before, after))
    one, other = _WORD.findall(first), _WORD.findall(second)
    if len(one) + len(other) > N_WORDS_COMPARED:
        return Marked(_whole(first), _whole(second))
    return _compared(one, other)


def _n_shared(one: str, other: str) -> int:
    """How many characters two texts share from their start."""
    parts = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(parts, min(len(one), len(other)))


def _whole(text: str) -> list[Piece]:
    shown = text if len(text) <= N_SHOWN else f"{text[:N_SHOWN]}…"
    return [Piece(shown, is_marked=True)] if shown else []


def _excerpt(text: str, n_start: int, n_end: int) -> str:
    """What is not shared, with some words around it."""
    first = _before_word(text, max(0, n_start - N_AROUND))
    last = min(len(text), len(text) - n_end + N_AROUND)
    opening = "…" if first else ""
    ending = "…" if last < len(text) else ""
    return f"{opening}{text[first:last]}{ending}"


def _before_word(text: str, place: int) -> int:
    """The start of the word that a place lies in."""
    return text.rfind(" ", 0, place) + 1 if place else 0


def _compared(one: list[str], other: list[str]) -> Marked:
    told = Marked([], [])
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, first, last, begin, end in matcher.get_opcodes():
        for pieces, words in ((told.before, one[first:last]), (told.after, other[begin:end])):
            _add(pieces, "".join(words), is_marked=kind != "equal")
    return told


def _add(pieces: list[Piece], text: str, *, is_marked: bool) -> None:
    """Adds a run, joined to the one before where both are marked; a shared space parts nothing."""
    is_marked = is_marked or text.isspace()
    if pieces and pieces[-1].is_marked == is_marked:
        pieces[-1] = Piece(pieces[-1].text + text, is_marked=is_marked)
    elif text:
        pieces.append(Piece(text, is_marked=is_marked))
