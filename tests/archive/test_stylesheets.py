from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from archive.stylesheets import PARTS, SITE, StylesheetFinder


def test_the_parts_are_found_as_one_file():
    css = Path(finders.find(SITE)).read_text(encoding="utf-8")
    parts = [(settings.BASE_DIR / "static" / part).read_text(encoding="utf-8") for part in PARTS]
    assert css == "".join(parts)
    assert css.index("@font-face") < css.index("--paper:") < css.index(".masthead")
    assert finders.find(SITE, find_all=True) == [finders.find(SITE)]


def test_it_is_made_anew_when_a_part_has_changed(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    finder = StylesheetFinder()
    file = Path(finder.find(SITE))
    file.write_text("body { color: of yesterday }", encoding="utf-8")
    assert "of yesterday" not in Path(finder.find(SITE)).read_text(encoding="utf-8")


def test_it_is_not_written_again_when_none_has(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    finder = StylesheetFinder()
    written_at = Path(finder.find(SITE)).stat().st_mtime_ns
    assert [path for path, _storage in finder.list([])] == [SITE]
    assert Path(finder.find(SITE)).stat().st_mtime_ns == written_at


def test_other_files_are_left_to_others():
    assert StylesheetFinder().find("css/print.css") is None
