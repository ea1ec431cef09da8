"""XLSX, also from those who wish the archive ill."""

import io
import struct
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from datetime import time as clock

import pytest
from openpyxl import Workbook

from statements.formats.readers.tables import NotATable, rows


def workbook(*told, sheet="statements"):
    book = Workbook()
    table = book.active
    table.title = sheet
    for row in told:
        table.append(row)
    return book


def packed(book):
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(content):
    return list(rows(io.BytesIO(content), "Table.XLSX"))


def with_part(content, name, part):
    """The workbook with one of its parts replaced."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                new.writestr(info.filename, part if info.filename == name else old.read(info))
    return kept.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
TABLE = workbook(["text", "form"], ["Words", "direct"])


def sheet_of(inner):
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{inner}</sheetData></worksheet>'


def test_it_works():
    assert [row.cells for row in read(packed(TABLE))] == [("text", "form"), ("Words", "direct")]


def test_days_and_numbers_are_written_as_one_types_them():
    moment = datetime.combine(date(2024, 1, 19), clock(14, 30))  # of no zone, as sheets have it
    midnight = datetime.combine(date(2024, 1, 19), clock())
    row = [date(2024, 1, 19), midnight, moment, 2024, 2024.0]
    [told] = read(packed(workbook(row)))
    assert told.cells == ("2024-01-19", "2024-01-19", "2024-01-19T14:30:00", "2024", "2024")


def test_the_sheet_called_statements_counts():
    book = workbook(["about"], sheet="About")
    book.create_sheet("statements").append(["text"])
    assert [row.cells for row in read(packed(book))] == [("text",)]


def test_rows_are_told_by_their_number_and_empty_ones_passed_over():
    book = workbook(["text"])
    book.active["A5"] = "x"
    assert [row.number for row in read(packed(book))] == [1, 5]


def test_a_size_that_the_file_gets_wrong_cuts_nothing_off():
    content = packed(TABLE)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read(SHEET).decode()
    assert '<dimension ref="A1:B2"' in sheet
    lying = with_part(content, SHEET, sheet.replace('ref="A1:B2"', 'ref="A1:A1"'))
    assert len(read(lying)) == 2


def test_a_formula_is_refused_and_text_that_looks_like_one_is_not():
    book = workbook(["text", "note"], ["=1+1", "x"])
    book.active["B2"].value, book.active["B2"].data_type = "=x", "s"
    row = read(packed(book))[1]
    assert row.faults == ((0, "holds a formula: paste its value in its place"),)
    assert row.cells[1] == "=x"


def test_an_error_is_refused():
    book = workbook(["text"])
    book.active["A2"].value, book.active["A2"].data_type = "#N/A", "e"
    assert read(packed(book))[1].faults == ((0, "holds an error: #N/A"),)


def refused(content, match):
    started = time.perf_counter()
    tracemalloc.start()
    try:
        with pytest.raises(NotATable, match=match):
            read(content)
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
    assert time.perf_counter() - started < 10


def test_a_bomb_is_refused_by_what_it_unpacks_to():
    refused(with_part(packed(TABLE), SHEET, b" " * 400_000_001), "unpacks to more than 400 MB")


def test_a_bomb_is_refused_by_how_tightly_it_is_packed():
    refused(with_part(packed(TABLE), SHEET, b" " * 50_000_000), "packed too tightly")


def test_a_bomb_that_declares_less_than_it_holds_is_refused():
    content = bytearray(with_part(packed(TABLE), SHEET, b" " * 50_000_000))
    for place in range(len(content) - 4):
        if content[place : place + 4] == struct.pack("<I", 50_000_000):
            content[place : place + 4] = struct.pack("<I", 1000)
    refused(bytes(content), "damaged|packed too tightly")


def test_many_parts_are_refused():
    kept = io.BytesIO(packed(TABLE))
    with zipfile.ZipFile(kept, "a") as more:
        for number in range(1001):
            more.writestr(f"xl/{number}.xml", "<a/>")
    refused(kept.getvalue(), "unpacks to more")


def test_a_zip_within_a_zip_is_no_workbook():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as outer:
        outer.writestr("../../table.xlsx", packed(TABLE))
    refused(kept.getvalue(), "another kind of ZIP")


def test_entities_are_refused():
    part = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + sheet_of("")
    refused(with_part(packed(TABLE), SHEET, part), "defines what no XLSX file needs to")


def test_entities_in_another_encoding_are_refused():
    part = ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>' + sheet_of("")).encode("utf-16")
    refused(with_part(packed(TABLE), SHEET, part), "defines what no XLSX file needs to")


def test_a_cell_at_the_end_of_the_world_is_read_for_nothing():
    cell = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    started = time.perf_counter()
    [row] = read(with_part(packed(TABLE), SHEET, sheet_of(cell)))
    assert row.number == 1_048_576
    assert time.perf_counter() - started < 10


def test_a_cell_beyond_all_columns_is_refused():
    refused(packed(workbook(["x"] * 301)), "more than 300 columns")


def test_empty_cells_beyond_all_columns_are_passed_over():
    cell = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row>'
    assert [row.cells for row in read(with_part(packed(TABLE), SHEET, sheet_of(cell)))] == [("1",)]


def test_a_row_beyond_the_end_of_the_world_is_refused():
    row = '<row r="999999999"><c r="A999999999"><v>1</v></c></row>'
    content = with_part(packed(TABLE), SHEET, sheet_of(row))
    with pytest.raises(NotATable, match="more than 1,048,576 rows"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        b"text,form\nx,direct\n",
        b"MZ\x90\x00",
        b"",
        packed(TABLE)[:2000],
        with_part(packed(TABLE), SHEET, "<worksheet"),
        with_part(packed(TABLE), SHEET, sheet_of('<row r="x"><c r="?"/></row>')),
        with_part(packed(TABLE), "xl/workbook.xml", "<workbook/>"),
        with_part(packed(TABLE), "[Content_Types].xml", "<Types/>"),
    ],
)
def test_what_is_damaged_or_something_else_is_refused_in_words(content):
    with pytest.raises(NotATable, match="is not an XLSX file|damaged"):
        read(content)
