"""References set in the styles of citation that readers ask for, by a processor of CSL.

Quotation marks that a style puts in are told apart from those of the words, so that marks within
become single, and a comma or full stop moves inside where American English has it there: the
processor does neither.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography
from citeproc.source.json import CiteProcJSON
from citeproc.string import NoCase

from statements.dates import Qualifier
from statements.formats.reference import Reference, Translate, said
from statements.formats.style_files import CLOSED, DOUBLE, OPENED, SINGLE, Style, read_style
from statements.formats.writers import csl

# What marks italics until a face writes them out: private-use characters, like the marks around
# a style's quotation marks, so that no markup can come out of a name or a title.
ITALIC, ROMAN = "\ue000", "\ue001"
_OURS = re.compile(f"[{ITALIC}{ROMAN}{OPENED}{CLOSED}]")
_QUOTED = re.compile(f"{OPENED}(.)(.*?)(.){CLOSED}([.,]?)", re.S)
_AS_SINGLE = str.maketrans(dict(zip(DOUBLE, SINGLE, strict=True)))
_LOCK = Lock()  # the processor keeps what it is about in the style itself
_ID = "statement"
N_REMEMBERED = 1000


STYLES = (
    Style("APA", "apa"),
    Style("Chicago", "chicago-notes-bibliography-access-dates"),
    Style("MLA", "modern-language-association"),
    Style("OSCOLA", "oscola", "en-GB"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a reference in one kind of letters."""

    text: str
    is_italic: bool


class _Marking:
    """The processor's formatter: italics become marks, all else is plain."""

    @staticmethod
    def preformat(text: object) -> str:
        return str(text)

    @staticmethod
    def Italic(text: object) -> str:  # noqa: N802 - the name the processor asks for
        return f"{ITALIC}{text}{ROMAN}"

    Oblique = Italic
    Bold = Light = Underline = Superscript = Subscript = SmallCaps = str


@lru_cache(N_REMEMBERED)
def cite(record: Reference, style: Style, translate: Translate = str) -> tuple[Piece, ...]:
    """Sets a reference in a style, as an entry of a bibliography; some ten milliseconds."""
    item = _item(record, translate)
    source = CiteProcJSON([item])
    # A title of ours describes; no style may put its words in capitals.
    source[_ID]["title"] = NoCase(item["title"])
    with _LOCK:
        read = read_style(style, frozenset(item))
        bibliography = CitationStylesBibliography(read, source, _Marking)
        bibliography.register(Citation([CitationItem(_ID)]))
        [entry] = bibliography.bibliography()
    day = item.get("issued", {}).get("literal")
    told = str(entry).replace(f"{day}, {day}", day) if day else str(entry)
    return tuple(_pieces(_quoted(told, style)))


def _item(record: Reference, translate: Translate) -> dict[str, Any]:
    """The reference as CSL-JSON, as far as the processor is up to it.

    A day that is not one day is told in words: a style that asks for a year and then for a day
    gets the words twice.
    """
    told: dict[str, Any] = _bare(csl.entry(record, translate)) | {"id": _ID}
    for unprinted in ("abstract", "note"):
        told.pop(unprinted, None)
    if record.said_on and record.said_on_qualifier != Qualifier.ON:
        told["issued"] = {"literal": said(record, translate)}
    return told


def _bare(value: Any) -> Any:
    """The value without characters that are marks of ours."""
    if isinstance(value, str):
        return _OURS.sub("", value)
    if isinstance(value, list):
        return [_bare(part) for part in value]
    if isinstance(value, dict):
        return {name: _bare(part) for name, part in value.items()}
    return value


def _quoted(entry: str, style: Style) -> str:
    """Settles the quotation marks that the style put in."""

    def settle(found: re.Match[str]) -> str:
        opening, words, closing, point = found.groups()
        if opening in DOUBLE:
            words = words.translate(_AS_SINGLE)
        if not style.is_american:
            return f"{opening}{words}{closing}{point}"
        return f"{opening}{words}{'' if words.endswith(point) else point}{closing}"

    return _QUOTED.sub(settle, entry)


def _pieces(entry: str) -> Iterator[Piece]:
    """Takes an entry apart at the marks of italics, which may lie within each other."""
    depth = 0
    for part in re.split(f"([{ITALIC}{ROMAN}])", entry):
        if part in (ITALIC, ROMAN):
            depth += 1 if part == ITALIC else -1
        elif part:
            yield Piece(part, is_italic=depth % 2 == 1)
