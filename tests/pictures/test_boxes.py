import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.pictures.boxes import LEADING, box, legible
from statements.pictures.fonts import fonts_for, width

SIZES = [64, 48, 36]
FA = "رهبران هر دو کشور می‌دانند که تنها دشمنان سود می‌برند."


def set_text(text, *, wide=1040, high=300, sizes=SIZES, **how):
    return box(text, wide=wide, high=high, sizes=sizes, **how)


def plain(told):
    return [line.strip("\u202b\u202c") for line in told.lines]


def test_it_works():
    told = set_text("We want calm.")
    assert told.lines == ["We want calm."]
    assert told.size == 64
    assert told.is_legible
    assert not told.runs_from_the_right


def test_a_longer_text_is_set_smaller_and_is_whole():
    text = "Pakistan is ready to work with Iran on all issues. " * 6
    told = set_text(text)
    assert told.size < 64
    assert " ".join(told.lines) == text.strip()
    assert len(told.lines) * told.leading <= 300


def test_what_does_not_fit_ends_in_an_ellipsis():
    told = set_text("Pakistan is ready to work with Iran on all issues. " * 40)
    assert told.size == SIZES[-1]
    assert told.lines[-1].endswith("…")
    assert len(told.lines) == int(300 // round(36 * LEADING))


def test_a_quotation_that_is_cut_is_still_closed():
    told = set_text("“" + "Pakistan is ready. " * 80 + "”")
    assert told.lines[-1].endswith("…”")


def test_no_line_is_longer_than_the_box():
    told = set_text("Pakistan is ready to work with Iran on all issues. " * 6)
    fonts, _ = fonts_for("a")
    semibold = [fonts[2]]
    for line in told.lines:
        assert sum(width(c, semibold) for c in line) * told.size <= 1040


def test_a_word_that_no_line_holds_is_broken():
    told = set_text("x" * 120)
    assert len(told.lines) > 1
    assert "".join(told.lines) == "x" * 120


def test_a_line_may_end_after_a_hyphen():
    told = set_text("political-diplomatic " * 4, wide=600, sizes=[40])
    assert any(line.endswith("-") for line in told.lines)
    assert "".join(told.lines).replace(" ", "") == "political-diplomatic" * 4


def test_marks_stay_with_their_letter():
    told = set_text("e\u0301" * 120)
    assert all(line[0] == "e" for line in told.lines)


def test_ideographs_are_broken_between_but_not_before_what_closes():
    told = set_text("中方希望双方保持冷静，" * 8)
    assert len(told.lines) > 1
    assert all(line[0] != "，" for line in told.lines)


def test_a_text_from_the_right_is_told_to_run_so():
    told = set_text(FA)
    assert told.runs_from_the_right
    assert told.is_legible
    assert all(line[0] == "\u202b" and line[-1] == "\u202c" for line in told.lines)
    assert " ".join(plain(told)) == FA


def test_the_way_it_runs_can_be_given():
    assert not set_text(FA, from_the_right=False).runs_from_the_right


def test_signs_without_a_font_are_left_out():
    assert set_text("Peace 🤝 now").lines == ["Peace now"]


def test_letters_without_a_font_make_it_illegible(monkeypatch):
    monkeypatch.setattr("statements.pictures.fonts.installed", lambda: ())
    monkeypatch.setattr("statements.pictures.fonts._of_script", lambda script, letter: None)
    assert not set_text("中方希望双方保持冷静").is_legible
    assert legible("毛宁, Иванов") == "MaoNing, Иванов"


def test_controls_that_turn_a_line_are_left_out():
    assert set_text("a\u202eb\u2066c").lines == ["abc"]


@given(st.text(max_size=300))
def test_any_text_can_be_set_and_drawn(text):
    told = set_text(text, sizes=[64, 36])
    assert len(told.lines) <= 300
    ET.fromstring("<t>" + "".join(told.lines).translate({60: "&lt;", 38: "&amp;"}) + "</t>")


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_has_no_lines(text):
    assert set_text(text).lines == []
