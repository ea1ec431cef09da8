"""The faces of the pages: small enough, whole enough, and as the style sheet tells browsers."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from statements.pictures.fonts import in_package
from statements.typefaces import FACES, code_points, recipe, woff2

CSS = Path(__file__).resolve().parents[1] / "static" / "css" / "typefaces.css"
BY_NAME = {face.name: face for face in FACES}
LETTER_FREQUENCIES = "aaabcdeeeefghiijklmnnoopqrrssttuvwxyz      "
# How wide letters of that frequency are in the faces that stand in, in parts of their size.
WIDTHS = {
    ("Demarche Serif as Times", "400"): 0.41719,
    ("Demarche Serif as Times", "600"): 0.44314,
    ("Demarche Serif as Noto", "400"): 0.49723,
    ("Demarche Serif as Noto", "600"): 0.52770,
    ("Demarche Serif as DejaVu", "400"): 0.52701,
    ("Demarche Serif as DejaVu", "600"): 0.57899,
    ("Demarche Sans as DejaVu", "400"): 0.52261,
    ("Demarche Sans as DejaVu", "600"): 0.58887,
    ("Demarche Sans as Arial", "400"): 0.45630,
    ("Demarche Sans as Arial", "600"): 0.49370,
    ("Demarche Sans as Noto", "400"): 0.48581,
    ("Demarche Sans as Noto", "600"): 0.51907,
}


def rules():
    """The @font-face rules, each as its descriptors."""
    css = re.sub(r"/\*.*?\*/", "", CSS.read_text(encoding="utf-8"), flags=re.S)
    for block in re.findall(r"@font-face\s*\{([^}]*)\}", css):
        yield dict(re.findall(r"([\w-]+):\s*([^;]+);", block))


def served():
    found = {}
    for rule in rules():
        if file := re.search(r'url\("\.\./fonts/([\w-]+)\.woff2"\)', rule["src"]):
            found[file[1]] = rule
    return found


@pytest.fixture(scope="module")
def semibold():
    return woff2(BY_NAME["sans-semibold"])


def test_a_face_is_small_and_holds_the_letters_of_names(semibold):
    assert semibold[:4] == b"wOF2"
    assert len(semibold) < 30_000
    letters = TTFont(BytesIO(semibold)).getBestCmap()
    assert [c for c in "Erdoğan Šefčovič Nguyễn Ḥusayn “—”" if ord(c) not in letters] == []
    assert ord("ж") not in letters


def test_a_face_keeps_its_licence_and_not_its_reserved_name(semibold):
    names = TTFont(BytesIO(semibold))["name"]
    assert "SIL Open Font License" in names.getDebugName(13)
    assert "Adobe" in names.getDebugName(0)
    assert names.getDebugName(1) == "Demarche Sans"
    assert all("Source" not in (names.getDebugName(number) or "") for number in (1, 4, 6))


def test_another_recipe_is_told_apart():
    assert recipe(FACES) == recipe(FACES) != recipe(FACES[:1])


def test_ranges_are_read_as_css_writes_them():
    assert code_points("U+41-43, U+2026") == [0x41, 0x42, 0x43, 0x2026]


def test_the_style_sheet_serves_each_face_for_its_letters():
    rules = served()
    assert rules.keys() == BY_NAME.keys()
    for name, rule in rules.items():
        assert rule["font-family"] == f'"{BY_NAME[name].family}"'
        assert rule["unicode-range"] == BY_NAME[name].letters, name
        assert rule["font-display"] == "swap"


def test_what_stands_in_is_as_wide_and_as_high():
    stand_ins = {
        (rule["font-family"].strip('"'), rule["font-weight"]): rule
        for rule in rules()
        if "local(" in rule["src"]
    }
    assert stand_ins.keys() == WIDTHS.keys()
    for (family, weight), rule in stand_ins.items():
        ours = "serif" if "Serif" in family else "sans"
        face = BY_NAME[f"{ours}-{'regular' if weight == '400' else 'semibold'}"]
        width, ascent, descent = measured(face)
        scale = width / WIDTHS[family, weight]
        assert float(rule["size-adjust"][:-1]) == pytest.approx(100 * scale, abs=0.05)
        assert float(rule["ascent-override"][:-1]) == pytest.approx(100 * ascent / scale, abs=0.05)
        assert float(rule["descent-override"][:-1]) == pytest.approx(
            100 * descent / scale, abs=0.05
        )


def measured(face):
    font = TTFont(in_package(face.package, face.file), lazy=True)
    letters, advances, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    widths = [advances[letters[ord(letter)]][0] for letter in LETTER_FREQUENCIES]
    line = font["hhea"]
    return sum(widths) / len(widths) / units, line.ascent / units, -line.descent / units
