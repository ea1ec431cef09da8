"""Text at the edge of the archive: what is refused, and what is made one way of writing."""

import re
import unicodedata

# Controls that only steer how a line is drawn; in a name they serve to disguise it. UAX #9.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


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
    text = evidence(text).replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROLS.search(text):
        raise ValueError("holds a control character")
    return unicodedata.normalize("NFC", text).strip()


def line(text: str) -> str:
    """Returns a name or title in one line, without the controls that could disguise it."""
    return " ".join(prose(_BIDI_CONTROLS.sub("", text)).split())
