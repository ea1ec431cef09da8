"""CSV as spreadsheets, editors and accidents write it."""

import io

import pytest

from statements.formats.readers.tables import NotATable, rows


def read(content, name="table.csv"):
    return list(rows(io.BytesIO(content), name))


def cells(content, name="table.csv"):
    return [row.cells for row in read(content, name)]


def faults(content):
    return [(row.number, fault) for row in read(content) for fault in row.faults]


def test_it_works():
    assert cells(b"text,form\nWords,direct\n") == [("text", "form"), ("Words", "direct")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_script_arrives_in_utf_8_and_marked_utf_16(encoding):
    table = "text,form\nحسین امیرعبداللهیان,direct\n"
    assert cells(table.encode(encoding))[1] == ("حسین امیرعبداللهیان", "direct")


@pytest.mark.parametrize("order", ["<", ">"])
def test_utf_16_is_read_in_either_order_of_bytes(order):
    mark, codec = {"<": (b"\xff\xfe", "utf-16-le"), ">": (b"\xfe\xff", "utf-16-be")}[order]
    assert cells(mark + "text,form\né,direct\n".encode(codec))[1] == ("é", "direct")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_are_parted_as_the_first_line_parts_them(mark):
    table = f'text{mark}form\n"a, b; c\td"{mark}direct\n'
    assert cells(table.encode())[1] == ("a, b; c\td", "direct")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_row_is_told_by_the_line_it_begins_on(end):
    table = f'text,form{end}"two{end}lines",direct{end}{end}x,direct{end}'
    assert [row.number for row in read(table.encode())] == [1, 2, 5]


def test_empty_cells_beyond_the_columns_are_passed_over():
    assert read(b"text,form\nx,direct,,\n")[1].cells == ("x", "direct")


def test_a_cell_of_a_megabyte_is_read():
    long = "x" * 1_000_000
    assert cells(f"text,form\n{long},direct\n".encode())[1] == (long, "direct")


def test_a_byte_that_is_not_utf_8_is_told_by_line_and_cell():
    [(number, (cell, reason))] = faults("text,form\nok,direct\nx,caf\xe9\n".encode("latin-1"))
    assert (number, cell) == (3, 1)
    assert "UTF-8" in reason


@pytest.mark.parametrize(("row", "n"), [(b"x,direct,more", 3), (b"x", 1)])
def test_a_ragged_row_is_told_by_its_line(row, n):
    [(number, (cell, reason))] = faults(b"text,form\nok,direct\n" + row + b"\n")
    assert (number, cell) == (3, None)
    assert reason == f"has {n} cells, and the first row has 2"


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_opens():
    with pytest.raises(NotATable, match="never closed") as refused:
        read(b'text,form\nok,direct\n"x,direct\ny,direct\n')
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"MZ\x90\x00\x03", "a program"),
        (b"\x7fELF\x02", "a program"),
        (b"PK\x03\x04\x14", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel file"),
        (b"\x1f\x8b\x08", "a packed file"),
        (b"%PDF-1.7", "a PDF"),
        (b"text\x00form", "NUL"),
        ("text,form\n".encode("utf-16-le"), "NUL"),
    ],
)
def test_what_is_no_csv_is_refused_whatever_its_name(beginning, kind):
    with pytest.raises(NotATable, match=kind):
        read(beginning)


def test_utf_16_that_breaks_off_is_refused():
    with pytest.raises(NotATable, match="UTF-16"):
        read("text,form\nx,direct\n".encode("utf-16")[:-1])
