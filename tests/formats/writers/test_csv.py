"""CSV, read back by Python's own reader."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.formats.writers.csv import cell, line, pieces
from statements.formats.writers.tables import Column, Table

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def read(written):
    return list(csv.reader(io.StringIO(written, newline="")))


def table(*names):
    columns = [Column(name, name, lambda record, name=name: record[name]) for name in names]
    return Table("things", tuple(columns), lambda record: [record])


def test_it_works():
    batches = [[{"key": "a", "n": 1}], [{"key": "b", "n": None}]]
    written = b"".join(pieces(table("key", "n"), batches))
    assert written == '\ufeff"key","n"\r\n"a",1\r\n"b",\r\n'.encode()


def test_nothing_found_leaves_the_headings():
    assert b"".join(pieces(table("key"), [])) == '\ufeff"key"\r\n'.encode()


@given(st.lists(TEXTS, min_size=2, max_size=5))
def test_every_text_comes_back(cells):
    [row] = read(line(cells))
    assert [back if back == told else back.removeprefix("'") for back, told in
            zip(row, cells, strict=True)] == cells  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_would_run_as_a_formula_is_made_harmless(sign):
    told = sign + 'HYPERLINK("https://example.org","here")'
    [[back, other]] = read(line([told, "text"]))
    assert back == "'" + told
    assert other == "text"


@pytest.mark.parametrize("told", ["1-2", "a=b", " =1", "'quoted'", "me@example.org"])
def test_a_sign_that_does_not_stand_first_is_left_alone(told):
    assert read(line([told, ""])) == [[told, ""]]


def test_a_separator_of_another_locale_parts_nothing():
    assert cell("a;=1+1") == '"a;=1+1"'
