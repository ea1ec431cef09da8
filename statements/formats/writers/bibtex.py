"""BibTeX, as biblatex and biber read it, in UTF-8.

https://ctan.org/pkg/biblatex (the manual, chapter 2), https://ctan.org/pkg/btxdoc
"""

import re

from statements.dates import Qualifier
from statements.formats.reference import (
    Named,
    Reference,
    how,
    how_known,
    notes,
    one_line,
    who_to_whom,
)

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "{}%&#_$"},
    }
)
# BibTeX counts braces even behind a backslash, so those without a partner are spelt out.
_ALONE = {"{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}"}
_BRACE = re.compile("[{}]")
# Characters that TeX's fonts would draw as one.
_LIGATURE = re.compile(r"([-`',<>])(?=\1)|[?!](?=`)")
# A verbatim field holds an address as it is, but for what would end the field.
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_PLAIN = re.compile(r"[\w.' -]+")


def entry(record: Reference) -> str:
    """Returns the reference as one `@misc`, which both BibTeX and biblatex know."""
    told = {
        "author": " and ".join(_name(named) for named in record.speakers),
        "title": f"{{{escaped(who_to_whom(record))}}}",
        "howpublished": escaped(_capitalized(how(record))),
        "note": escaped(_capitalized(", ".join(how_known(record)))),
        "organization": f"{{{escaped(record.archive)}}}",
        "date": _date(record),
        "year": str(record.said_on.year) if record.said_on else "",  # BibTeX knows no days
        "url": record.url.translate(_IN_ADDRESS),
        "urldate": record.accessed_on.isoformat() if record.accessed_on else "",
        "abstract": escaped(record.words),
        "annotation": escaped(" ".join(notes(record))),
    }
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in told.items() if value)
    return f"@misc{{{record.key},\n{fields}}}\n"


def escaped(text: str) -> str:
    """The text as LaTeX sets it unchanged, in one line, its braces in pairs."""
    line = one_line(text)
    told, start = "", 0
    for place in _braces_alone(line):
        told += line[start:place].translate(_ESCAPED) + _ALONE[line[place]]
        start = place + 1
    told += line[start:].translate(_ESCAPED)
    return _LIGATURE.sub(r"\g<0>{}", told)


def _braces_alone(line: str) -> list[int]:
    """The places of braces that nothing closes or that close nothing, in order."""
    opened: list[int] = []
    alone: list[int] = []
    for found in _BRACE.finditer(line):
        if found[0] == "{":
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            alone.append(found.start())
    return sorted(alone + opened)


def _name(named: Named) -> str:
    """`Family, Given`; braces keep whole what BibTeX would take apart."""
    parts = named.family_and_given
    if parts is None or " and " in f" {one_line(named.name).lower()} ":
        return f"{{{escaped(named.name)}}}"
    family, given = (one_line(part) for part in parts)
    is_one_word = family[0].isupper() and " " not in family  # and no particle of the nobility
    return f"{_whole(family, is_one_word)}, {_whole(given)}"


def _whole(part: str, is_plain: bool = True) -> str:
    told = escaped(part)
    return told if is_plain and _PLAIN.fullmatch(told) else f"{{{told}}}"


def _date(record: Reference) -> str:
    """The day in the Extended Date/Time Format, level 1, with open ends."""
    if record.said_on is None:
        return ""
    day = str(record.said_on)
    forms = {
        Qualifier.ABOUT: f"{day}~",
        Qualifier.NOT_BEFORE: f"{day}/..",
        Qualifier.NOT_AFTER: f"../{day}",
        Qualifier.BETWEEN: f"{day}/{record.said_on_until}",
    }
    return forms.get(Qualifier(record.said_on_qualifier), day)


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
