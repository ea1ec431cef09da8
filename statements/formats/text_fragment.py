"""Addresses that open a page at given words.

https://wicg.github.io/scroll-to-text-fragment/ (URL Fragment Text Directives): the directive is
`text=[prefix-,]start[,end][,-suffix]`, each part percent-encoded.
"""

from urllib.parse import quote

N_WHOLE_WORDS = 12  # longer quotations are named by their beginning and end
N_EDGE_WORDS = 5
N_AROUND = 3  # words before and after, which tell the place from others of the same words
N_CHARACTERS = 1500  # more, as of a script without spaces, is too long for an address
DELIMITER = ":~:"


def at_the_words(url: str, words: str, *, prefix: str = "", suffix: str = "") -> str:
    """The address with a text directive, so that a browser opens it at the words.

    A directive that the address brings is replaced; its fragment stays.
    """
    lines = [line for line in words.splitlines() if line.strip()]
    if not url or not lines:
        return url
    page, _, fragment = url.partition("#")
    fragment = fragment.partition(DELIMITER)[0]
    before, after = _last_words(prefix), _first_words(suffix)
    parts = [
        *([f"{_escaped(before)}-"] if before else []),
        *_named(lines),
        *([f"-{_escaped(after)}"] if after else []),
    ]
    directive = ",".join(parts)
    return f"{page}#{fragment}{DELIMITER}text={directive}" if len(directive) < N_CHARACTERS else url


def _named(lines: list[str]) -> list[str]:
    """The words whole or by both ends: one term must not reach over paragraphs."""
    words = " ".join(lines).split()
    if len(lines) == 1 and len(words) <= N_WHOLE_WORDS:
        return [_escaped(" ".join(words))]
    ends = lines[0].split()[:N_EDGE_WORDS], lines[-1].split()[-N_EDGE_WORDS:]
    return [_escaped(" ".join(end)) for end in ends]


def _last_words(text: str) -> str:
    """What stands just before, as far as it is of the same paragraph."""
    lines = text.splitlines()
    if not lines or text.endswith(("\n", "\r")):
        return ""
    return " ".join(lines[-1].split()[-N_AROUND:])


def _first_words(text: str) -> str:
    lines = text.splitlines()
    return " ".join(lines[0].split()[:N_AROUND]) if lines else ""


def _escaped(words: str) -> str:
    # A hyphen separates a directive's parts, and `quote` leaves it alone.
    return quote(words, safe="").replace("-", "%2D")
