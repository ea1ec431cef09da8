"""The colours of the style sheet can be told apart, in every scheme."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from statements.design import (
    MARKS,
    PAIRS,
    SCHEMES,
    SIDES,
    STEPS,
    colours,
    contrast,
    contrasts,
    in_scheme,
    tokens,
)

CSS = Path(__file__).resolve().parents[1] / "static" / "css"
TOKENS = tokens((CSS / "tokens.css").read_text(encoding="utf-8"))
FORCED = "(forced-colors: active)"


def test_tokens_are_read_by_their_medium():
    css = (
        "/* --no: 1; */ :root { --ink: #000; --gap: 1em; } @media print { :root { --ink: #111; } }"
    )
    assert tokens(css) == {"": {"ink": "#000", "gap": "1em"}, "print": {"ink": "#111"}}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#ffffff", 21), ("#fff", "#fff", 1), ("#767676", "#fff", 4.54)],
)
def test_contrast_is_reckoned_as_the_guidelines_have_it(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == ratio


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_is_told_from_what_it_stands_on(scheme):
    measured = contrasts(in_scheme(TOKENS, scheme))
    assert [told for told in measured if not told.is_enough] == []
    assert len(measured) == len(PAIRS)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_step_that_counts_for_more_stands_out_more(scheme):
    seen = in_scheme(TOKENS, scheme)
    ratios = [contrast(seen[step], seen["paper"]) for step in STEPS]
    assert ratios == sorted(ratios)
    assert ratios[0] >= MARKS
    assert min(more / less for less, more in pairwise(ratios)) > 1.25


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_two_sides_differ_in_lightness_too(scheme):
    seen = in_scheme(TOKENS, scheme)
    assert contrast(*(seen[side] for side in SIDES)) > 1.3


def test_each_colour_has_its_own_in_the_dark():
    plain, dark = colours(TOKENS[""]), colours(TOKENS["(prefers-color-scheme: dark)"])
    assert plain.keys() == dark.keys()


def test_each_colour_gives_way_to_the_readers_own():
    assert TOKENS[FORCED].keys() == colours(TOKENS[""]).keys()
    assert colours(TOKENS[FORCED]) == {}


def test_every_token_that_is_used_is_there():
    defined = {name for named in TOKENS.values() for name in named}
    used = {
        (path.name, name)
        for path in CSS.rglob("*.css")
        for name in re.findall(r"var\(--([\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert {(file, name) for file, name in used if name not in defined} == set()
    assert len(used) > 200


def test_colours_stand_in_the_tokens_alone():
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgb|hsl|oklch)\(")
    found = {
        path.name: hits
        for path in CSS.rglob("*.css")
        if path.name != "tokens.css"
        and (
            hits := colour.findall(
                re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text("utf-8"), flags=re.S)
            )
        )
    }
    assert found == {}
