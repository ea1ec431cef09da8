"""Tables as XLSX, written as they are made: ECMA-376 parts in a ZIP file that nobody seeks in.

Libraries keep the sheet until it is whole. Texts stand in the cells themselves ("inline strings"),
which are never run as formulas.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import RawIOBase
from typing import IO, Any, cast
from xml.sax.saxutils import escape

from .tables import Batches, Cell, Column, Table

MAX_ROWS = 1_048_575  # beside the row of headings
N_CELL_CHARACTERS = 32_767  # of UTF-16, as Excel counts
CUT = " […]"
COMPRESSION = 3  # three times as fast as the usual, and a tenth larger
# A sheet of 2 GiB needs the larger form of ZIP, which older programs do not read.
N_ROWS_FOR_LARGE = 500_000

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXPLAINED = "columns"
SHEET_HEAD = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"
BOLD = ' s="1"'
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class TooManyRows(ValueError):
    """More rows than a sheet holds."""


def pieces(table: Table, batches: Batches, n_rows: int = 0) -> Iterator[bytes]:
    """Yields the file as far as it is made; `n_rows` says how large it may become.

    Raises TooManyRows where a sheet is full, which breaks the file off.
    """
    out = _Outlet()
    file = cast(IO[bytes], out)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as book:
        for name, part in _parts(table).items():
            book.writestr(name, part)
        is_large = n_rows > N_ROWS_FOR_LARGE
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=is_large) as sheet:
            yield from _written(sheet, out, table, batches)
    yield out.taken()


class _Outlet(RawIOBase):
    """Where the ZIP file is written to, and taken from piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.waiting.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        told = b"".join(self.waiting)
        self.waiting.clear()
        return told


def _written(sheet: IO[bytes], out: _Outlet, table: Table, batches: Batches) -> Iterator[bytes]:
    letters = [_letters(number) for number in range(len(table.columns))]
    sheet.write((SHEET_HEAD + _row(1, letters, table.headings, BOLD)).encode())
    number = 1
    for batch in batches:
        told = []
        for record in batch:
            for cells in table.cells(record):
                number += 1
                told.append(_row(number, letters, cells))
        if number > MAX_ROWS + 1:
            raise TooManyRows(f"A sheet holds {MAX_ROWS:,} rows.")
        sheet.write("".join(told).encode())
        if piece := out.taken():
            yield piece
    sheet.write(SHEET_END.encode())


def _row(number: int, letters: list[str], cells: Sequence[Cell], style: str = "") -> str:
    told = [
        _cell(f"{letter}{number}", cell, style)
        for letter, cell in zip(letters, cells, strict=True)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(told)}</row>'


def _cell(place: str, told: Cell, style: str) -> str:
    if isinstance(told, int):
        return f'<c r="{place}"{style}><v>{told}</v></c>'
    space = ' xml:space="preserve"'
    return f'<c r="{place}"{style} t="inlineStr"><is><t{space}>{text(str(told))}</t></is></c>'


def text(told: str) -> str:
    """A text as a cell holds it: what XML has no sign for is left out, what is too long is cut."""
    told = _fitting(NOT_IN_XML.sub("", told))
    return escape(LOOKS_ESCAPED.sub("_x005F_", told))


def _fitting(told: str) -> str:
    if len(told) * 2 <= N_CELL_CHARACTERS:
        return told
    units = told.encode("utf-16-le")
    if len(units) // 2 <= N_CELL_CHARACTERS:
        return told
    kept = units[: 2 * (N_CELL_CHARACTERS - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def _letters(number: int) -> str:
    """The name of a column: A, B, ... Z, AA."""
    told = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        told = chr(ord("A") + rest) + told
    return told


def _parts(table: Table) -> dict[str, str]:
    """All of the workbook but the sheet itself."""
    sheets = {1: table.name, 2: EXPLAINED}
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="{TYPES}.{kind}+xml"/>'
        for name, kind in [
            ("workbook.xml", "sheet.main"),
            ("styles.xml", "styles"),
            *((f"worksheets/sheet{n}.xml", "worksheet") for n in sheets),
        ]
    )
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in sheets.items()
    )
    relations = [
        *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in sheets),
        ("rId9", "styles", "styles.xml"),
    ]
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet2.xml": _explanations(table.columns),
    }


def _relations(told: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, kind, target in told
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def _explanations(columns: Iterable[Column]) -> str:
    rows = [_row(1, ["A", "B", "C"], ["column", "says", "codes"], BOLD)]
    for number, column in enumerate(columns, 2):
        cells = [column.name, column.about, ", ".join(column.codes)]
        rows.append(_row(number, ["A", "B", "C"], cells))
    return SHEET_HEAD + "".join(rows) + SHEET_END
