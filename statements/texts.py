"""Text at the edge of the archive: what is refused, and what is made one way of writing."""

import re
import unicodedata

# Controls that only steer how a line is drawn; in a name they serve to disguise it. UAX #9.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# What stands between quotation marks, with them.
QUOTED = re.compile(r"“[^“”]+”|\"[^\"]+\"|«[^«»]+»|„[^„“”]+[“”]")
# What closes what: a German quotation opens low, and closes with what opens an English one.
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "”": "“”", "「": "」", "『": "』"}
# Languages whose usual script runs from the right, by the subtag that names them. Unicode CLDR.
FROM_THE_RIGHT = (
    "ar arc azb bal ckb dv fa glk he ks ku-arab lrc mzn nqo pnb ps sd skr syr ug ur uz-arab yi"
).split()


def evidence(text: str) -> str:
    """Returns the text untouched, for words that are compared with a source.

    Raises ValueError for what PostgreSQL or UTF-8 cannot hold: NUL and lone surrogates.
    """
    if "\x00" in text:
        raise ValueError("holds a NUL character")
    if _SURROGATES.search(text):
        raise ValueError("holds half a character (a lone surrogate)")
    return text


def prose(text: str) -> str:
    """Returns running text in Unicode normal form C, line ends as ``\\n``, trimmed."""
    if text.isascii() and text.isprintable():
        return text.strip()  # most texts hold nothing to look for
    text = evidence(text).replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROLS.search(text):
        raise ValueError("holds a control character")
    return unicodedata.normalize("NFC", text).strip()


def without_outer_marks(text: str) -> str:
    """Takes away the quotation marks that enclose a text as a whole, however often.

    Marks that close before the end enclose a part: `“A” and “B”` stays as it is.
    """
    start, end = within_outer_marks(text)
    return text[start:end]


def within_outer_marks(text: str) -> tuple[int, int]:
    """Where the words begin and end, once marks around the whole are taken away."""
    start, end = _trimmed(text, 0, len(text))
    while end - start > 2 and _closes_at_the_end(text[start:end]):
        start, end = _trimmed(text, start + 1, end - 1)
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, start + len(inner.strip())


def _closes_at_the_end(text: str) -> bool:
    closing = _CLOSING.get(text[0], "")
    if not closing or text[-1] not in closing:
        return False
    if text[0] in closing:
        return text[0] not in text[1:-1]
    depth = 0
    for place, character in enumerate(text):
        depth += (character == text[0]) - (character in closing)
        if depth == 0:
            return place == len(text) - 1
    return False


def runs_from_the_right(language: str) -> bool:
    """Whether a language, named by its BCP 47 tag, is written from right to left."""
    tag = language.strip().lower()
    return any(tag == known or tag.startswith(f"{known}-") for known in FROM_THE_RIGHT)


def begins_from_the_right(text: str) -> bool:
    """Goes by the first letter with a direction of its own. UAX #9, rules P2 and P3."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in strong if each in ("L", "R", "AL")), "L") != "L"


def led(sentence: str, *, is_from_the_right: bool) -> str:
    """Returns a sentence that runs as its language does, whatever the script of its first word.

    A name at its head would else turn it, where it is isolated: who spoke would change places with
    who is addressed. A mark that is not seen goes before it then.
    """
    if begins_from_the_right(sentence) == is_from_the_right:
        return sentence
    mark = "\N{RIGHT-TO-LEFT MARK}" if is_from_the_right else "\N{LEFT-TO-RIGHT MARK}"
    return mark + sentence


def line(text: str) -> str:
    """Returns a name or title in one line, without the controls that could disguise it."""
    return " ".join(prose(_BIDI_CONTROLS.sub("", text)).split())
