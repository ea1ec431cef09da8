"""Fonts for pictures: those that come as packages, and for other scripts those of the system."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
# The package, the file in it, the family and the weight; every machine has these.
PACKAGED = (
    ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf"),
)
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
SUFFIXES = {".ttf", ".otf", ".ttc"}
# Files that may hold letters of a script, by parts of their names; those of many scripts last.
OF_SCRIPTS = {
    "CJK": ("CJK", "wqy", "DroidSansFallback", "Hiragino", "PingFang"),
    "HIRAGANA": ("CJK", "ipag", "Hiragino"),
    "KATAKANA": ("CJK", "ipag", "Hiragino"),
    "HANGUL": ("CJK", "Nanum", "AppleSDGothic"),
}
OF_MANY = ("DejaVuSans", "NotoSans-Regular", "FreeSans", "Unifont")
N_TRIED = 8  # files looked into for one script
N_FILES = 5_000
WIDE, NARROW = 1.0, 0.62  # of the size, where a font's own widths were not read


@dataclass(frozen=True)
class Font:
    """A file, the letters it has, and how wide each is, in parts of the size."""

    path: str
    widths: dict[int, float]

    def has(self, character: str) -> bool:
        return ord(character) in self.widths


@lru_cache(maxsize=1)
def packaged() -> tuple[Font, ...]:
    """The fonts that were installed with the archive."""
    return tuple(_read(in_package(package, name)) for package, name in PACKAGED)


def in_package(package: str, name: str) -> Path:
    """A font's file in its package."""
    # Found, not imported: the packages need not run for their files to be read.
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise FileNotFoundError(f"the package {package} is not installed")
    return Path(folders[0], "files", name)


def fonts_for(text: str) -> tuple[list[Font], set[str]]:
    """The fonts that a text is drawn with, and the characters that none of them has.

    Fonts of the system are looked for by letters alone: for the sake of one sign the renderer
    would take all of a line from another font.
    """
    fonts = list(packaged())
    by_script = {_script(c): c for c in sorted(_lacking(text, fonts)) if is_letter(c)}
    found = (_of_script(script, letter) for script, letter in sorted(by_script.items()))
    fonts.extend(font for font in found if font is not None)
    return fonts, _lacking(text, fonts)


def is_letter(character: str) -> bool:
    """Whether a character is part of a word: a letter, or a mark or numeral of its script."""
    return unicodedata.category(character)[0] in "LMN"


def _lacking(text: str, fonts: Iterable[Font]) -> set[str]:
    return {
        character
        for character in set(text)
        if not (_is_invisible(character) or any(font.has(character) for font in fonts))
    }


def _is_invisible(character: str) -> bool:
    is_selector = "\ufe00" <= character <= "\ufe0f"  # of a variant, where a font has one
    return is_selector or unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")


def width(character: str, fonts: Iterable[Font]) -> float:
    """How wide a character is in the first of the fonts that has it; estimated in none."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    for font in fonts:
        if font.has(character):
            return font.widths[ord(character)]
    return WIDE if unicodedata.east_asian_width(character) in "WF" else NARROW


def _script(character: str) -> str:
    """The script as the Unicode name begins with it: `CJK`, `DEVANAGARI`, `THAI`."""
    return unicodedata.name(character, "UNKNOWN").split()[0]


@lru_cache(maxsize=200)
def _of_script(script: str, character: str) -> Font | None:
    """A font of the system that has a character, looked for where the names promise it."""
    for path in _candidates(script):
        try:
            font = _read(path, is_measured=False)
        except (TTLibError, OSError, ValueError):  # somebody else's file
            continue
        if font.has(character):
            return font
    return None


def _candidates(script: str) -> list[Path]:
    promising = OF_SCRIPTS.get(script, (script.title(),))
    named = (path for path in installed() if any(part in path.name for part in promising))
    of_many = (path for path in installed() if path.stem in OF_MANY)
    return [*sorted(named, key=_plainness), *of_many][:N_TRIED]


def _plainness(path: Path) -> tuple[bool, bool, str]:
    """Letters without serifs, upright and of ordinary weight, come first."""
    return "Sans" not in path.name, "Regular" not in path.name, path.name


@lru_cache(maxsize=1)
def installed() -> tuple[Path, ...]:
    """The files of fonts that the system has; looked for once in the life of a process."""
    return tuple(sorted(_files()))


def _files() -> Iterator[Path]:
    n_found = 0
    for folder in FOLDERS:
        for path in Path(folder).rglob("*"):
            n_found += 1
            if n_found > N_FILES:
                return
            if path.suffix.lower() in SUFFIXES:
                yield path


def _read(path: Path, *, is_measured: bool = True) -> Font:
    """Reads which letters a file has; their widths take longer, and are estimated without."""
    with TTFont(path, fontNumber=0, lazy=True) as file:
        letters = file.getBestCmap() or {}
        if not is_measured:
            return Font(str(path), {code: _estimated(code) for code in letters})
        advances, units = file["hmtx"].metrics, file["head"].unitsPerEm
        return Font(str(path), {code: advances[name][0] / units for code, name in letters.items()})


def _estimated(code: int) -> float:
    return WIDE if unicodedata.east_asian_width(chr(code)) in "WF" else NARROW
