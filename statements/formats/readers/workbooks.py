"""XLSX -> rows of text, from files that may be made to harm whoever opens them.

An XLSX file is a ZIP of XML parts, and a small one can unpack to gigabytes. Sizes are bounded as
declared and again as unpacked, and no part may define entities, before anything is parsed.
"""

import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

SHEET = "statements"
N_UNPACKED_BYTES = 400_000_000
N_PARTS = 1000
N_ROWS = 1_048_576  # of a sheet, as Excel has it
N_COLUMNS = 300
# Text packs to a twentieth, a table that repeats itself to a hundredth; a bomb to a thousandth.
N_TIMES_PACKED, N_BYTES_UNSUSPECTED = 250, 8_000_000
N_BYTES_AT_ONCE = 1 << 16

Row = tuple[int, tuple[str, ...], tuple[tuple[int | None, str], ...]]


class NotATable(ValueError):
    """A file that is no table, or none that may be opened; the message says why, `line` where."""

    def __init__(self, reason: str, *, line: int = 1) -> None:
        super().__init__(reason)
        self.line = line


def rows(stream: IO[bytes]) -> Iterator[Row]:
    """Yields number, cells and faults of each row of the sheet `statements`, or else the first.

    A formula is a fault, since nothing here works it out; a day is written as ISO 8601 has it.
    """
    try:
        check(stream)
        book = load_workbook(stream, read_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may cut rows off
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > N_ROWS:
                raise NotATable(f"has more than {N_ROWS:,} rows")
            if any(cell.value is not None for cell in cells[N_COLUMNS:]):
                raise NotATable(f"has more than {N_COLUMNS} columns", line=number)
            if cells:
                yield _row(number, cells[:N_COLUMNS])
    except NotATable:
        raise
    except (BadZipFile, zlib.error, EOFError, OSError) as error:
        raise NotATable(f"is not an XLSX file, or is damaged: {error}") from error
    # What is in the parts is anybody's, and openpyxl takes it as it comes.
    except (InvalidFileException, SyntaxError, LookupError, TypeError, ValueError) as error:
        raise NotATable(f"is not an XLSX file that can be read: {error}") from error
    except (AttributeError, OverflowError, RuntimeError) as error:
        raise NotATable(f"is not an XLSX file that can be read: {error}") from error


def check(stream: IO[bytes]) -> None:
    """Refuses, with NotATable, a ZIP that is no XLSX, or one that it is unsafe to open."""
    with ZipFile(stream) as packed:
        parts = packed.infolist()
        if "[Content_Types].xml" not in packed.namelist():
            raise NotATable("is not an XLSX file: it is another kind of ZIP")
        if len(parts) > N_PARTS or sum(part.file_size for part in parts) > N_UNPACKED_BYTES:
            raise NotATable(f"unpacks to more than {N_UNPACKED_BYTES // 1_000_000} MB")
        n_left = N_UNPACKED_BYTES
        for part in parts:
            n_left -= _check_part(packed, part, n_left)
    stream.seek(0)


def _check_part(packed: ZipFile, part: ZipInfo, n_left: int) -> int:
    """Unpacks a part and throws it away; returns how many bytes it has."""
    if part.flag_bits & 1:
        raise NotATable("is locked with a password")
    n_bytes, end = 0, b""
    with packed.open(part) as opened:
        while piece := opened.read(N_BYTES_AT_ONCE):
            n_bytes += len(piece)
            is_suspect = n_bytes > N_BYTES_UNSUSPECTED
            if n_bytes > n_left or (is_suspect and n_bytes > part.compress_size * N_TIMES_PACKED):
                raise NotATable(f"is packed too tightly to be a table ({part.filename})")
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            if b"<!DOCTYPE" in end + piece or b"<!ENTITY" in end + piece or b"\x00" in piece:
                raise NotATable(f"defines what no XLSX file needs to ({part.filename})")
            end = piece[-16:]
    return n_bytes


def _row(number: int, cells: tuple[Any, ...]) -> Row:
    faults: list[tuple[int | None, str]] = []
    texts = []
    filled = [place for place, cell in enumerate(cells, 1) if cell.value is not None]
    for place, cell in enumerate(cells[: filled[-1] if filled else 0]):
        if cell.data_type == "f":
            faults.append((place, "holds a formula: paste its value in its place"))
        elif cell.data_type == "e":
            faults.append((place, f"holds an error: {cell.value}"))
        texts.append(_text(cell.value))
    return number, tuple(texts), tuple(faults)


def _text(value: Any) -> str:
    """A cell as it would be typed: days in ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
