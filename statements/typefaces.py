"""The faces that pages are set in: parts of packaged fonts, as small as a browser may have them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from fontTools.subset import Options, Subsetter, load_font, save_font

from statements.pictures.fonts import in_package

# The letters of names in Latin script, with those of Vietnamese and of scholars' transcriptions,
# and the marks of print. static/css/typefaces.css tells browsers the same.
LATIN = (
    "U+20-7E, U+A0-17F, U+18F, U+192, U+1A0-1A1, U+1AF-1B0, U+1CD-1DC, U+218-21B, U+259, "
    "U+2BB-2BC, U+2BE-2BF, U+2C6-2C7, U+2D8-2DD, U+300-304, U+306-308, U+30A-30C, U+323, "
    "U+327-328, U+1E00-1EFF, U+2010-2015, U+2018-201E, U+2020-2022, U+2026, U+202F, U+2030, "
    "U+2032-2033, U+2039-203A, U+2044, U+20AC, U+2116, U+2122, U+2190-2193, U+2212"
)
CYRILLIC = "U+370-3FF, U+400-45F, U+462-463, U+472-475, U+490-4FF, U+1F00-1FFF"
# Kerning and marks, ligatures, figures of both kinds; small capitals where they are set in them.
FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "liga", "lnum", "onum", "pnum", "tnum")
SMALL_CAPITALS = ("smcp", "c2sc")
# What of the names in a font has to stay with every part of it: copyright and licence.
LICENCE_NAMES = (0, 13, 14)


@dataclass(frozen=True)
class Face:
    """A part of a font, under the name that pages know it by."""

    name: str
    family: str
    package: str
    file: str
    letters: str = LATIN
    features: tuple[str, ...] = FEATURES


def _serif(name: str, file: str, letters: str = LATIN, more: tuple[str, ...] = ()) -> Face:
    package = "font_source_serif_pro"
    return Face(name, "Demarche Serif", package, file, letters, (*FEATURES, *more))


def _sans(name: str, file: str, letters: str = LATIN) -> Face:
    return Face(name, "Demarche Sans", "font_source_sans_pro", file, letters)


FACES = (
    _serif("serif-regular", "SourceSerifPro-Regular.ttf"),
    _serif("serif-italic", "SourceSerifPro-It.ttf"),
    _serif("serif-semibold", "SourceSerifPro-Semibold.ttf", more=SMALL_CAPITALS),
    _sans("sans-regular", "SourceSansPro-Regular.ttf"),
    _sans("sans-semibold", "SourceSansPro-Semibold.ttf"),
    _serif("serif-regular-cyrillic", "SourceSerifPro-Regular.ttf", CYRILLIC),
    _sans("sans-regular-cyrillic", "SourceSansPro-Regular.ttf", CYRILLIC),
)


def code_points(ranges: str) -> list[int]:
    """The letters that ranges name as CSS writes them: `U+20-7E, U+2026`."""
    found: list[int] = []
    for told in ranges.split(","):
        first, _, last = told.strip().removeprefix("U+").partition("-")
        found.extend(range(int(first, 16), int(last or first, 16) + 1))
    return found


def woff2(face: Face) -> bytes:
    """Cuts a face out of its font: half a second each.

    It goes by our own name, since the licence (SIL Open Font License 1.1) reserves the font's for
    the whole.
    """
    options = Options(
        flavor="woff2",
        layout_features=list(face.features),
        name_IDs=list(LICENCE_NAMES),
        hinting=False,
        notdef_outline=True,
    )
    font = load_font(str(in_package(face.package, face.file)), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points(face.letters))
    subsetter.subset(font)
    for number, told in ((1, face.family), (4, face.family), (6, face.name)):
        font["name"].setName(told, number, 3, 1, 0x409)
    file = BytesIO()
    save_font(font, file, options)
    return file.getvalue()


def recipe(faces: Iterable[Face] = FACES) -> str:
    """Tells faces apart from what they were: the parts taken, and the fonts they are taken from."""
    told = sha256()
    for face in faces:
        size = in_package(face.package, face.file).stat().st_size
        told.update(f"{face!r} {size}\n".encode())
    return told.hexdigest()[:12]
