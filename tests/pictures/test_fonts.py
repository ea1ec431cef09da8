from pathlib import Path

import pytest

from statements.pictures import fonts
from statements.pictures.fonts import fonts_for, installed, packaged, width


def test_it_works():
    found, lacking = fonts_for("“We want calm.” Привет, سلام")
    assert found == list(packaged())
    assert lacking == set()


def test_all_come_with_the_archive():
    assert all(Path(font.path).is_file() for font in packaged())
    assert [Path(font.path).stem for font in packaged()][:2] == [
        "SourceSerifPro-Regular",
        "SourceSansPro-Regular",
    ]


def test_widths_are_those_of_the_font():
    [serif, *_] = packaged()
    assert width("i", [serif]) < width("m", [serif]) < 1.1
    assert width("\u0301", [serif]) == 0


def test_unknown_letters_are_estimated():
    assert width("中", packaged()) == 1.0


def test_fonts_of_the_system_serve_other_scripts(tmp_path, monkeypatch):
    *others, arabic = packaged()
    named = tmp_path / "NotoSansArabic-Regular.ttf"
    named.write_bytes(Path(arabic.path).read_bytes())
    monkeypatch.setattr(fonts, "packaged", lambda: tuple(others))
    monkeypatch.setattr(fonts, "installed", lambda: (named,))
    fonts._of_script.cache_clear()
    found, lacking = fonts_for("سلام")
    fonts._of_script.cache_clear()
    assert lacking == set()
    assert [Path(font.path) for font in found[3:]] == [named]


def test_the_system_is_looked_through_once():
    assert all(path.suffix.lower() in fonts.SUFFIXES for path in installed())
    assert installed() is installed()


def test_what_is_no_font_is_passed_over(tmp_path, monkeypatch):
    broken = tmp_path / "NotoSansThai-Regular.ttf"
    broken.write_bytes(b"no font at all")
    monkeypatch.setattr(fonts, "installed", lambda: (broken,))
    fonts._of_script.cache_clear()
    found, lacking = fonts_for("ไทย")
    fonts._of_script.cache_clear()
    assert found == list(packaged())
    assert lacking == set("ไทย")


def test_a_missing_package_is_named():
    with pytest.raises(FileNotFoundError, match="no_such_package"):
        fonts.in_package("no_such_package", "x.ttf")
