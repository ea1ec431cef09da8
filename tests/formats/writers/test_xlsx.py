"""XLSX, read back by openpyxl."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from statements.formats.writers import xlsx
from statements.formats.writers.statement_table import STATEMENTS
from statements.formats.writers.tables import Column, Table

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
)


def table(*names):
    columns = [Column(name, f"the {name}", lambda record, name=name: record[name])
               for name in names]  # fmt: skip
    return Table("things", tuple(columns), lambda record: [record])


def book(*records, names=("key", "text")):
    written = b"".join(xlsx.pieces(table(*names), [list(records)]))
    return load_workbook(io.BytesIO(written))


def rows(*records, names=("key", "text")):
    return [list(row) for row in book(*records, names=names)["things"].values]


def test_it_works():
    assert rows({"key": "a", "text": "One & <two>"}, {"key": "b", "text": None}) == [
        ["key", "text"], ["a", "One & <two>"], ["b", None],
    ]  # fmt: skip


def test_a_number_is_one():
    assert rows({"key": "a", "text": 7})[1] == ["a", 7]


def test_the_columns_are_explained_on_a_sheet_of_their_own():
    assert [list(row) for row in book()["columns"].values] == [
        ["column", "says", "codes"], ["key", "the key", None], ["text", "the text", None],
    ]  # fmt: skip


def test_the_headings_stay_in_sight():
    sheet = book()["things"]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize("told", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_nothing_runs_as_a_formula(told):
    cell = book({"key": told, "text": "b"})["things"]["A2"]
    assert cell.data_type != "f"
    assert cell.value.strip() == told.strip()


@given(TEXTS)
def test_every_text_comes_back(told):
    [_head, [back, _]] = rows({"key": told, "text": "b"})
    assert back.replace("_x005F_", "_") == told.replace("_x005F_", "_")


def test_what_looks_like_an_escape_is_escaped():
    """ECMA-376, 22.9.2.19: `_x0041_` would be read as A."""
    assert xlsx.text("_x0041_ and _x") == "_x005F_x0041_ and _x"


def test_what_xml_has_no_sign_for_is_left_out():
    assert rows({"key": "a\x01b\x0bc\ufffe", "text": "b"})[1][0] == "abc"


@pytest.mark.parametrize("told", ["a" * 40_000, "🕊" * 20_000])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(told):
    back = rows({"key": told, "text": "b"})[1][0]
    assert back.endswith(xlsx.CUT)
    assert len(back.encode("utf-16-le")) // 2 <= xlsx.N_CELL_CHARACTERS
    assert told.startswith(back.removesuffix(xlsx.CUT))


def test_a_text_that_just_fits_is_whole():
    told = "a" * xlsx.N_CELL_CHARACTERS
    assert rows({"key": told, "text": "b"})[1][0] == told


def test_columns_beyond_z_have_names_of_two_letters():
    names = [f"c{n}" for n in range(30)]
    assert rows({name: name for name in names}, names=names)[1] == names


def test_a_full_sheet_breaks_the_file_off(monkeypatch):
    monkeypatch.setattr(xlsx, "MAX_ROWS", 2)
    with pytest.raises(xlsx.TooManyRows):
        rows(*[{"key": "a", "text": "b"}] * 3)


def test_a_large_sheet_has_the_larger_form_of_zip():
    made = [b"".join(xlsx.pieces(table("key"), [[{"key": "a"}]], n_rows=n))
            for n in (1, xlsx.N_ROWS_FOR_LARGE + 1)]  # fmt: skip
    for written in made:
        with zipfile.ZipFile(io.BytesIO(written)) as opened:
            assert opened.testzip() is None
    assert len(made[1]) > len(made[0])


def test_pieces_come_as_rows_do():
    """What is not asked for yet is not made yet."""
    asked = []

    def batches():
        for number in range(200):
            asked.append(number)
            yield [{"key": f"{number}{n}", "text": str(hash((number, n)))} for n in range(200)]

    made = xlsx.pieces(table("key", "text"), batches())
    next(made)
    assert len(asked) < 50


def test_every_column_has_a_name_of_its_own():
    assert len(set(STATEMENTS.headings)) == len(STATEMENTS.headings)
    assert all(re.fullmatch("[a-z_]+", name) for name in STATEMENTS.headings)
