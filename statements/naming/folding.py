"""Forms in which spellings of a word meet: folded, by sound, as scripts without vowels have it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from anyascii import anyascii

from .words import PARTICLES, SERVANT

# Names are short; whatever is longer is no name, and would only cost time.
N_CHARACTERS = 200
N_WORDS = 16
# How many answers each function of a word keeps; few words make up most names.
N_REMEMBERED = 1 << 13

COMMA = ","
_COMMAS = re.compile("[\u060c\u061b\uff0c\uff1b\u3001]")
_BETWEEN = re.compile(r"[\s./]+|([,;])")
_NOT_WORD = re.compile(r"[^a-z0-9-]+")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_JOINERS = re.compile("[\u200b-\u200f\u2060\ufeff]")
_ARABIC_ARTICLE = re.compile(r"^\u0627\u0644(?=\w{2})")
_IDEOGRAPHS = re.compile("[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_SYLLABLE = re.compile("(?<=[a-z])(?=[A-Z])")
_UNVOWELLED = re.compile(
    "[\u0590-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"  # Hebrew, Arabic
)


def fold(name: str) -> str:
    """Returns a name in lower-case ASCII: words apart, no accents, no punctuation.

    Transliterated by anyascii; hyphens are closed ("Amir-Abdollahian" is one word), a hyphened
    article stands apart ("al-Hadi" is two), initials are single letters. Scripts that leave out
    vowels give few.
    """
    return joined(marked_words(name))


def joined(marked: Iterable[str]) -> str:
    """Returns folded words in one line, hyphens closed and commas left out."""
    return " ".join(word for word in marked if word != COMMA).replace("-", "")


def marked_words(text: str) -> list[str]:
    """Splits a text into folded words, and commas where they stand."""
    text = text[:N_CHARACTERS]
    if not text.isascii():
        text = _COMMAS.sub(COMMA, _JOINERS.sub("", _DASHES.sub("-", text)))
    found: list[str] = []
    for piece in text.split():
        found += _pieces(piece)
    return found[:N_WORDS]


@lru_cache(maxsize=N_REMEMBERED)
def _pieces(piece: str) -> tuple[str, ...]:
    if _IDEOGRAPHS.search(piece):
        piece = _SYLLABLE.sub(" ", anyascii(piece))
    elif not piece.isascii():
        piece = anyascii(_ARABIC_ARTICLE.sub("al-", piece))
    parts = _BETWEEN.split(piece.lower())
    return tuple(word for part in parts if part for word in _articles_apart(part))


def _articles_apart(part: str) -> Iterator[str]:
    if part in {COMMA, ";"}:
        yield COMMA
        return
    word = _NOT_WORD.sub("", part).strip("-")
    head, hyphen, tail = word.partition("-")
    while hyphen and len(head) > 1 and (head in PARTICLES or head in SERVANT):
        yield head
        word = tail
        head, hyphen, tail = word.partition("-")
    if word:
        yield word


def closed(word: str) -> str:
    """Returns a folded word without its hyphens."""
    return word.replace("-", "")


def is_unvowelled(text: str) -> bool:
    """Tells whether a text is in a script that leaves out vowels."""
    return not text.isascii() and _UNVOWELLED.search(text) is not None


def is_ideographic(text: str) -> bool:
    """Tells whether a text is in a script whose names begin with the surname."""
    return not text.isascii() and _IDEOGRAPHS.search(text) is not None


def _rules(*pairs: tuple[str, str]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), letters) for pattern, letters in pairs]


# Where the romanizations of Russian, Arabic, Persian, Greek, German and French differ.
_SOUNDS = _rules(
    ("abd[aeo]l", "abdul"),
    ("^mac(?=[a-z]{3})", "mc"),
    ("tsch|shch|tch|sch|ch|sh|cz|sz|zh", "\u0161"),
    ("tz|ts|z", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("kh|gh|ck|q|c|g|x", "k"),
    ("w", "v"),
    ("dj|dz", "j"),
    ("h", ""),
    ("ou|oe|oo|u", "o"),
    ("ei|ai|ay|ey|ae|ie|ee|e|y|j", "i"),
    (r"(.)\1+", r"\1"),
)
# Wade-Giles and pinyin, whose initials and finals answer each other one for one; what only an
# apostrophe tells apart in the first is merged. After the tables of the Library of Congress, Pinyin
# Conversion Project.
_MANDARIN = _rules(
    ("ung", "ong"),
    ("ie(?=n)", "ia"),
    ("hs|sh|x", "s"),
    ("ch|zh|q|j", "c"),
    ("ts|tz|z", "t"),
    ("g", "k"),
    ("b", "p"),
    ("d", "t"),
    ("eh", "e"),
    ("uo|ou", "o"),
    ("ih", "i"),
)
# What Arabic, Persian, Urdu and Hebrew write of a word: long vowels by w and y, or not at all.
# Persian reads as z what Arabic writes with d; Hebrew writes p as it does f.
_LETTERS = _rules(
    ("ch", "\u010d"),
    ("kh|gh|q|c|g|x", "k"),
    ("ph|p", "f"),
    ("th", "s"),
    ("dh|z", "d"),
    ("zh", "j"),
    ("ou|oo|o|u|v", "w"),
    ("ei|ai|ay|ey|ee|ie|i", "y"),
    ("[ae]", ""),
    (r"(.)\1+", r"\1"),
)

_VOWEL_LETTERS = str.maketrans("", "", "wyh")


def _apply(rules: list[tuple[re.Pattern[str], str]], word: str) -> str:
    for pattern, letters in rules:
        word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=N_REMEMBERED)
def sound(word: str) -> str:
    """Returns what the usual romanizations of one word share."""
    return _apply(_SOUNDS, word)


@lru_cache(maxsize=N_REMEMBERED)
def mandarin(word: str) -> str:
    """Returns what the Wade-Giles and pinyin spellings of a Chinese name share."""
    return _apply(_MANDARIN, word)


@lru_cache(maxsize=N_REMEMBERED)
def unvowelled(word: str) -> str:
    """Returns what Arabic, Persian, Urdu or Hebrew script would keep of a word."""
    return _apply(_LETTERS, word)


@lru_cache(maxsize=N_REMEMBERED)
def consonants(word: str) -> str:
    """Returns the same without the letters that may also be vowels, or mute."""
    return unvowelled(word).translate(_VOWEL_LETTERS)
