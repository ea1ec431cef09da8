"""Spreadsheets and CSV files -> rows of text, with what is wrong in them told by line."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from . import workbooks
from .workbooks import NotATable

__all__ = ["NotATable", "TableRow", "rows"]

N_CELL_CHARACTERS = 4 * 1024 * 1024
N_LOOKED_AT = 64 * 1024
DELIMITERS = ",;\t"
# What files of other kinds begin with, whatever their name says.
SIGNATURES = {
    b"PK\x03\x04": "a ZIP file or a spreadsheet (.xlsx, .ods)",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls)",
    b"\x1f\x8b": "a packed file (.gz)",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
UNDECODED = re.compile("[\udc80-\udcff]")

# The parser's own bound is for the whole program; a longer cell is refused by its field's length.
csv.field_size_limit(max(csv.field_size_limit(), N_CELL_CHARACTERS))


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row and the line of the file, or row of the sheet, that it begins on.

    `faults` are pairs of the number of a cell, from 0 on, and what is wrong with it; None stands
    for the row as a whole.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int | None, str], ...] = ()


def rows(stream: IO[bytes], name: str) -> Iterator[TableRow]:
    """Yields the rows of a CSV file or, where the name ends in .xlsx, of its first sheet.

    Rows without a word in them are left out. Raises NotATable when the file is no table at all,
    or cannot be read on.
    """
    found: Iterator[TableRow]
    if PurePath(name).suffix.lower() == ".xlsx":
        found = (TableRow(*row) for row in workbooks.rows(stream))
    else:
        found = _csv_rows(stream)
    return (row for row in found if row.faults or any(cell.strip() for cell in row.cells))


def _csv_rows(stream: IO[bytes]) -> Iterator[TableRow]:
    beginning = stream.read(N_LOOKED_AT)
    stream.seek(0)
    encoding = _encoding(beginning)
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    try:
        delimiter = _delimiter(text)
        text.seek(0)
        yield from _parsed(text, delimiter)
    except UnicodeError as error:
        raise NotATable(f"is not {encoding.upper()} to its end: {error}") from error
    finally:
        text.detach()


def _encoding(beginning: bytes) -> str:
    """Tells UTF-8 from UTF-16 by its mark; raises NotATable for what is no text."""
    for signature, kind in SIGNATURES.items():
        if beginning.startswith(signature):
            raise NotATable(f"is not CSV: it is {kind}")
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in beginning:
        raise NotATable("is not CSV in UTF-8: it holds NUL characters")
    return "utf-8-sig"


def _delimiter(text: Iterable[str]) -> str:
    """The mark that parts the most cells of the first line that says something."""
    line = next((line for line in text if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([line], delimiter=mark), [])))


def _parsed(text: Iterable[str], delimiter: str) -> Iterator[TableRow]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    n_columns, started_at = 0, 1
    try:
        for cells in reader:
            n_columns = n_columns or len(cells)
            yield TableRow(started_at, *_checked(tuple(cells), n_columns))
            started_at = reader.line_num + 1
    except csv.Error as error:
        raise NotATable(f"cannot be read on: {_told(error)}", line=started_at) from error


def _told(error: csv.Error) -> str:
    if "unexpected end" in str(error) or "field limit" in str(error):
        return "a quotation mark that opens a cell is never closed"
    return str(error)


def _checked(
    cells: tuple[str, ...], n_columns: int
) -> tuple[tuple[str, ...], tuple[tuple[int | None, str], ...]]:
    """Cuts off empty cells beyond the last column, and tells what is wrong with a row."""
    while len(cells) > n_columns and not cells[-1].strip():
        cells = cells[:-1]
    faults: list[tuple[int | None, str]] = [
        (number, "is not UTF-8: save the file as “CSV UTF-8”")
        for number, cell in enumerate(cells)
        if not cell.isascii() and UNDECODED.search(cell)
    ]
    if any(cells) and len(cells) != n_columns:
        faults.append((None, f"has {len(cells)} cells, and the first row has {n_columns}"))
    return cells, tuple(faults)
