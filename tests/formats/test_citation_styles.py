"""References set by the processor of citation styles."""

import re
import warnings

import pytest
from hypothesis import given, settings

from statements.dates import PartialDate
from statements.formats import style_files
from statements.formats.citation_styles import ITALIC, STYLES, cite
from statements.formats.reference import Named
from tests.formats.references import CALL, JILANI, OFFICE, make_reference, texts

BY_NAME = {style.name: style for style in STYLES}
ADDRESS = "https://archive.example/statements/2024-01-19-jilani-amir-abdollahian/"
TOLD = (
    "Jalil Abbas Jilani (Foreign Minister, Pakistan) to Hossein Amir-Abdollahian (Foreign "
    "Minister, Iran): telephone call, paraphrase, relayed by Pakistan's Foreign Office (press "
    "statement), reported in {0}Pakistan, Iran agree to de-escalate{1} (NDTV, 19 January 2024)"
)
DOUBLE, SINGLE = TOLD.format("“", "”"), TOLD.format("‘", "’")


def plain(pieces):
    """The reference without its letters, as the clipboard has it."""
    return "".join(piece.text for piece in pieces)


def told(style, **fields):
    return plain(cite(make_reference(**fields), BY_NAME[style]))


@pytest.fixture(autouse=True)
def without_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_apa():
    assert told("APA") == (
        f"Jilani, J. A. (2024, January 19). {DOUBLE}. Demarche. "
        f"Retrieved November 24, 2026, from {ADDRESS}"
    )


def test_chicago():
    assert told("Chicago") == (
        f"Jilani, Jalil Abbas. “{SINGLE}.” Demarche, January 19, 2024. "
        f"Accessed November 24, 2026. {ADDRESS}."
    )


def test_mla():
    assert told("MLA") == (
        f"Jilani, Jalil Abbas. “{SINGLE}.” Demarche, 19 Jan. 2024, {ADDRESS}. "
        "Accessed 24 Nov. 2026."
    )


def test_oscola():
    assert told("OSCOLA") == (
        f"Jilani JA, ‘{DOUBLE}’ (Demarche, 19 January 2024) <{ADDRESS}> accessed 24 November 2026"
    )


def test_what_a_style_sets_in_italics():
    pieces = cite(CALL, BY_NAME["APA"])
    assert [piece.text for piece in pieces if piece.is_italic] == [DOUBLE]


@pytest.mark.parametrize("style", BY_NAME)
def test_the_day_of_access_is_told_of_the_undated_too(style):
    assert re.search(r"24 Nov|November 24", told(style, said_on=None))


@pytest.mark.parametrize("style", BY_NAME)
@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"said_on": PartialDate(2024, 1)}, "Jan"),
        ({"said_on": PartialDate(987)}, "987"),
        ({"said_on_qualifier": "about"}, "about 19 January 2024"),
        ({"said_on_qualifier": "not_after"}, "not after 19 January 2024"),
        ({"said_on_qualifier": "between", "said_on_until": PartialDate(2024, 2)},
         "between 19 January 2024 and February 2024"),
    ],
)  # fmt: skip
def test_a_day_is_as_exact_as_it_is_known(style, fields, day):
    reference = told(style, sources=(), **fields)
    assert reference.count(day) == 1


@pytest.mark.parametrize("style", BY_NAME)
def test_an_organization_keeps_its_name(style):
    assert "Foreign Office (Pakistan)" in told(style, speakers=(JILANI, OFFICE), relayers=())


@pytest.mark.parametrize("style", BY_NAME)
def test_markup_in_a_name_is_text(style):
    name = "</span><b>A & B</b>"
    pieces = cite(make_reference(speakers=(Named(name),)), BY_NAME[style])
    assert plain(pieces).count(name) == 2


@pytest.mark.parametrize("style", BY_NAME)
def test_our_marks_cannot_come_in_by_a_name(style):
    pieces = cite(make_reference(speakers=(Named(f"A{ITALIC}B"),)), BY_NAME[style])
    assert "AB" in plain(pieces)
    assert ITALIC not in plain(pieces)


@pytest.mark.parametrize("style", BY_NAME)
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"said_on": None},
        {"said_on_qualifier": "not_before"},
        {"said_on": PartialDate(1969, 7)},
        {"speakers": (JILANI, OFFICE, Named("Wang Yi", "Wang"))},
        {"speakers": (OFFICE,), "accessed_on": None},
    ],
)
def test_what_is_left_out_of_a_style_would_have_stayed_silent(monkeypatch, style, fields):
    made, pruned = make_reference(**fields), told(style, **fields)
    monkeypatch.setattr(style_files, "_answer_questions", lambda root, variables: None)
    style_files.read_style.cache_clear()
    cite.cache_clear()
    whole = plain(cite(made, BY_NAME[style]))
    style_files.read_style.cache_clear()
    cite.cache_clear()
    assert pruned == whole


@settings(max_examples=60)
@given(texts, texts, texts)
def test_no_name_is_too_odd(given_name, family, name):
    person = Named(f"{given_name} {family}", family)
    for style in STYLES:
        assert told(style.name, speakers=(person, Named(name)), addressees=(person,))
