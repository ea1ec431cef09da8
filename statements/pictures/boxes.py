"""Texts set into boxes: broken into lines, as large as they fit, cut where they do not."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from statements.texts import begins_from_the_right

from .fonts import Font, fonts_for, is_letter, width

LEADING = 1.32
N_CHARACTERS = 1_500  # more than any box holds
BOLDEST = 2  # of the packaged fonts: by its widths no line without serifs comes out too long
MOST_LACKING = 0.02  # of the letters: beyond, boxes in their place would be no text
ELLIPSIS = "…"
# What XML 1.0 cannot hold, and the controls that would turn the line they stand in.
NOT_DRAWN = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)
# A line may end after white space and between two letters as wide as they are high, but not
# before the marks that close what stands before them; and after a hyphen within a word.
_IDEOGRAPHS = (
    "\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_CLOSING = "\u3001\u3002\u300b\u300d\u300f\uff01\uff0c\uff1a\uff1b\uff1f"
PIECES = re.compile(rf"\s+|[{_IDEOGRAPHS}][{_CLOSING}]*|[^\s{_IDEOGRAPHS}-]+-+|[^\s{_IDEOGRAPHS}]+")
ENDS = {"“": "”", "„": "“", "«": "»", "「": "」", "”": "“"}
# Right-to-left embedding: the renderer takes every line for one that runs from the left.
FROM_THE_RIGHT, AND_BACK = "\u202b", "\u202c"


@dataclass(frozen=True, slots=True)
class Box:
    """What is drawn of a text: its lines from the top, all of one size."""

    lines: list[str]
    size: int
    runs_from_the_right: bool
    is_legible: bool  # whether there are fonts for it

    @property
    def leading(self) -> int:
        return round(self.size * LEADING)


def box(
    text: str,
    *,
    wide: int,
    high: int,
    sizes: Sequence[int],
    serif: bool = False,
    from_the_right: bool | None = None,
) -> Box:
    """Sets a text in the largest size in which the whole of it fits, else as much as fits.

    Where nobody says so, it runs the way of its first letter.
    """
    told = _drawable(text)
    fonts, lacking = fonts_for(told)
    kept = " ".join("".join(c for c in told if c not in lacking or is_letter(c)).split())
    measured = fonts if serif else fonts[BOLDEST:] + fonts[:BOLDEST]
    turned = begins_from_the_right(kept) if from_the_right is None else from_the_right
    for size in sizes:
        lines = list(_lines(kept, wide / size, measured))
        n_lines = max(1, int(high // round(size * LEADING)))
        if len(lines) <= n_lines and len(text) <= N_CHARACTERS:
            break
    else:
        if len(lines) > n_lines or len(text) > N_CHARACTERS:
            lines = _cut(lines[:n_lines], wide / size, measured, end=_ending(text.strip()))
    if turned:
        lines = [f"{FROM_THE_RIGHT}{line}{AND_BACK}" for line in lines]
    return Box(lines, size, turned, _is_legible(kept, lacking))


def _drawable(text: str) -> str:
    return " ".join(NOT_DRAWN.sub("", text[:N_CHARACTERS]).split())


def legible(text: str) -> str:
    """The text, in Latin letters where there are no fonts for its own."""
    _fonts, lacking = fonts_for(text)
    return "".join(anyascii(c) if c in lacking and is_letter(c) else c for c in text)


def _is_legible(text: str, lacking: set[str]) -> bool:
    n_lacking = sum(character in lacking for character in text)
    return n_lacking <= len(text) * MOST_LACKING


def _lines(text: str, room: float, fonts: Sequence[Font]) -> Iterator[str]:
    """Breaks a text where it may be broken; `room` is in parts of the size."""
    line, taken = "", 0.0
    for piece in _pieces(text, room, fonts):
        needed = _width(piece, fonts)
        if line and not piece.isspace() and taken + needed > room:
            yield line.rstrip()
            line, taken = "", 0.0
        if line or not piece.isspace():
            line, taken = line + piece, taken + needed
    if line:
        yield line.rstrip()


def _pieces(text: str, room: float, fonts: Sequence[Font]) -> Iterator[str]:
    """What is kept together: words, or as much of one as a line holds."""
    for piece in PIECES.findall(text):
        rest = piece
        while _width(rest, fonts) > room:
            n = _n_fitting(rest, room, fonts)
            yield rest[:n]
            rest = rest[n:]
        yield rest


def _n_fitting(text: str, room: float, fonts: Sequence[Font]) -> int:
    """How many characters fit, one at least, and no mark parted from what it belongs to."""
    taken, n = 0.0, 0
    for place, character in enumerate(text):
        taken += width(character, fonts)
        if taken > room:
            break
        if place + 1 == len(text) or not unicodedata.combining(text[place + 1]):
            n = place + 1
    return max(n, 1)


def _width(text: str, fonts: Sequence[Font]) -> float:
    return sum(width(character, fonts) for character in text)


def _ending(text: str) -> str:
    """What stands where a text was cut: with the mark that closes what its first one opens."""
    closing = ENDS.get(text[:1], "")
    return ELLIPSIS + (closing if closing and text.endswith(closing) else "")


def _cut(lines: list[str], room: float, fonts: Sequence[Font], *, end: str) -> list[str]:
    """Makes room for the ending in the last line."""
    last = lines[-1].rstrip(f"{end} ")
    while last and _width(last + end, fonts) > room:
        last = last.rpartition(" ")[0] if " " in last else last[:-1]
    return [*lines[:-1], last.rstrip(" ,;:-\N{EN DASH}\N{EM DASH}") + end]
