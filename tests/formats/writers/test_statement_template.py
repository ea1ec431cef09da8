"""The template says of each column what it holds."""

import io

from openpyxl import load_workbook

from statements.formats.readers.statement_columns import COLUMNS
from statements.formats.writers.statement_template import as_csv, as_xlsx
from statements.vocabulary import Channel


def sheet(name):
    return load_workbook(io.BytesIO(as_xlsx()))[name]


def test_the_csv_one_names_the_columns():
    assert as_csv().decode("utf-8-sig") == ",".join(column.name for column in COLUMNS) + "\r\n"


def test_a_sheet_explains_every_column():
    rows = list(sheet("columns").iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [column.name for column in COLUMNS]
    assert all(row[1] for row in rows)


def test_a_sheet_explains_every_value():
    rows = sheet("values").iter_rows(min_row=2, values_only=True)
    told = {value: label for column, value, label in rows if column == "channel"}
    assert told == {term.value: term.label for term in Channel}


def test_a_cell_of_a_closed_list_offers_its_values():
    table, values = sheet("statements"), sheet("values")
    [offered] = [rule for rule in table.data_validations.dataValidation if "C2" in str(rule.sqref)]
    first, last = offered.formula1.split("!")[1].replace("$B$", "").split(":")
    rows = values.iter_rows(min_row=int(first), max_row=int(last), values_only=True)
    assert {row[0] for row in rows} == {COLUMNS[2].name} == {"form"}


def test_words_are_translated():
    book = load_workbook(io.BytesIO(as_xlsx(str.upper)))
    assert "COLUMNS" in book.sheetnames
    assert book["statements"]["A1"].value == "key"
