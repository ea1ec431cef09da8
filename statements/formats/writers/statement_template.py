"""An empty table of statements, CSV or XLSX, with its columns explained."""

import csv
import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from statements.formats.readers.statement_columns import COLUMNS, Column
from statements.formats.readers.workbooks import SHEET
from statements.vocabulary import Term

N_ROWS_OFFERED = 10_000
WIDTHS = {"text": 60, "quote": 50, "original_text": 50}
WIDTH = 18

Translate = Callable[[str], str]


def _(text: str) -> str:
    """Marks a text for gettext; whoever asks for the template translates it."""
    return text


HEADINGS = (_("Column"), _("What it says"), _("Values"), _("Example"))
VALUE_HEADINGS = (_("Column"), _("Value"), _("Meaning"))
SHEETS = (_("columns"), _("values"))


def as_csv() -> bytes:
    """Returns the headings, marked as UTF-8 so that spreadsheets keep every script."""
    text = io.StringIO()
    csv.writer(text).writerow(column.name for column in COLUMNS)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(translate: Translate = str) -> bytes:
    """Returns a workbook: the empty table, its columns explained, and the values of each list."""
    book = Workbook()
    table = book.worksheets[0]
    table.title = SHEET
    table.append([column.name for column in COLUMNS])
    columns, values = (book.create_sheet(translate(name)) for name in SHEETS)
    columns.append([translate(heading) for heading in HEADINGS])
    values.append([translate(heading) for heading in VALUE_HEADINGS])
    for number, column in enumerate(COLUMNS, 1):
        columns.append([column.name, translate(column.about), _codes(column), column.example])
        _offer_values(table, number, values, column, translate)
    for sheet, widths in ((columns, (30, 70, 60, 40)), (values, (30, 30, 50))):
        _dress(sheet, dict(enumerate(widths, 1)))
    _dress(table, {n: WIDTHS.get(c.name, WIDTH) for n, c in enumerate(COLUMNS, 1)})
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _codes(column: Column) -> str:
    return ", ".join(term.value for term in column.terms or ())


def _offer_values(
    table: Any, number: int, values: Any, column: Column, translate: Translate
) -> None:
    """Explains the codes of a closed list, and offers them in each cell that takes one."""
    if column.terms is None:
        return
    first = values.max_row + 1
    for term in column.terms:
        label = translate(term.label) if isinstance(term, Term) else term.value.replace("_", " ")
        values.append([column.name, term.value, label])
    if not column.is_list:
        codes = f"='{values.title}'!$B${first}:$B${values.max_row}"
        offered = DataValidation(type="list", formula1=codes[1:], allow_blank=True)
        letter = get_column_letter(number)
        offered.add(f"{letter}2:{letter}{N_ROWS_OFFERED}")
        table.add_data_validation(offered)


def _dress(sheet: Any, widths: dict[int, int]) -> None:
    """Bold headings that stay in sight, and text that wraps."""
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, width in widths.items():
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
