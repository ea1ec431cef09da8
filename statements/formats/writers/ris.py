"""RIS, which EndNote, Zotero and Mendeley read.

https://en.wikipedia.org/wiki/RIS_(file_format); the days are as in its specification of 2011.
"""

from collections.abc import Iterator

from statements.dates import PartialDate, Qualifier
from statements.formats.reference import (
    Named,
    Reference,
    how,
    notes,
    one_line,
    said,
    title,
)


def entry(record: Reference) -> str:
    """Returns the reference as one record, which ends with an empty line."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(record)) + "ER  - \r\n\r\n"


def _tags(record: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "ID", record.key
    for named in record.speakers:
        yield "AU", _name(named)
    yield "TI", one_line(title(record))
    yield "T2", one_line(record.archive)
    if record.said_on:
        yield "PY", f"{record.said_on.year:04}"
        yield "DA", _day(record.said_on, _qualified(record))
    yield "M3", one_line(how(record))
    yield "UR", record.url
    if record.accessed_on:
        yield "Y2", f"{record.accessed_on.isoformat().replace('-', '/')}/"
    yield "LA", record.language
    yield "AB", one_line(record.words)
    for note in notes(record):
        yield "N1", one_line(note)


def _name(named: Named) -> str:
    return one_line(", ".join(named.family_and_given or [named.name]))


def _day(day: PartialDate, other: str) -> str:
    """`YYYY/MM/DD/other`, each part empty where it is not known."""
    month, on = ("" if part is None else f"{part:02}" for part in (day.month, day.day))
    return f"{day.year:04}/{month}/{on}/{other}"


def _qualified(record: Reference) -> str:
    return "" if record.said_on_qualifier == Qualifier.ON else said(record).replace("/", "-")
