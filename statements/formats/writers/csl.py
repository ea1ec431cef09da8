"""Citation Style Language: what processors of citations read, Zotero among them.

https://docs.citationstyles.org/en/stable/specification.html
"""

from datetime import date
from typing import Any

from statements.dates import PartialDate, Qualifier
from statements.formats.reference import Named, Reference, Translate, notes, one_line, said, title


def entry(record: Reference, translate: Translate = str) -> dict[str, Any]:
    """Returns the reference as one item of CSL-JSON."""
    told = {
        "id": record.key,
        "type": "webpage",
        "author": [_name(named) for named in record.speakers],
        "title": one_line(title(record, translate)),
        "container-title": one_line(record.archive),
        "issued": _issued(record, translate),
        "accessed": _on(record.accessed_on),
        "URL": record.url,
        "language": record.language,
        "abstract": record.words,
        "note": "\n".join(one_line(note) for note in notes(record, translate)),
    }
    return {name: value for name, value in told.items() if value}


def _name(named: Named) -> dict[str, str]:
    parts = named.family_and_given
    if parts is None:
        return {"literal": one_line(named.name)}
    family, given = (one_line(part) for part in parts)
    return {"family": family, "given": given}


def _issued(record: Reference, translate: Translate) -> dict[str, Any] | None:
    """The day as exactly as it is known; what the standard has no form for is said in words."""
    if record.said_on is None:
        return None
    if record.said_on_qualifier in (Qualifier.NOT_BEFORE, Qualifier.NOT_AFTER):
        return {"literal": said(record, translate)}
    days = [record.said_on, *([record.said_on_until] if record.said_on_until else [])]
    told: dict[str, Any] = {"date-parts": [_parts(day) for day in days]}
    if record.said_on_qualifier == Qualifier.ABOUT:
        told["circa"] = True
    return told


def _parts(day: PartialDate) -> list[int]:
    return [part for part in (day.year, day.month, day.day) if part is not None]


def _on(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
