"""Finds words of the interface that no translator would see: `python -m tests.interface_words`."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
SPOKEN_ATTRIBUTES = frozenset(
    ("title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription")
)
SILENT_ELEMENTS = frozenset(("script", "style", "code", "kbd"))
# Names of formats are the same in every language.
NAMES = frozenset(("JSON", "CSV", "XLSX", "JSONL", "Atom", "BibTeX", "RIS", "UTF"))
TRANSLATED = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL
)
MACHINE_LANGUAGE = frozenset(("robots.txt",))
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}|<!--.*?-->", re.DOTALL)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ENTITIES = re.compile(r"&(#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}")
LITERAL = re.compile(r"{%\s*(?:include|with)\b.*?%}", re.DOTALL)
LITERAL_WORDS = re.compile(
    r"\b(?:heading|kicker|lede|message|hint|url_label|title|label|here|section|note|empty)"
    r"=(\"[^\"]*\"|'[^']*')"
)


def untranslated(template: str) -> list[tuple[int, str]]:
    """Lists the line and the words of each piece of text that is not marked for translation."""
    text = _blanked(COMMENTS, template)
    found = list(_literals(text))
    text = _blanked(TAGS, _blanked(TRANSLATED, text))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return sorted([*found, *reader.found])


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Takes out what matches and keeps the lines, so that line numbers stay true."""
    return pattern.sub(lambda match: " " + "\n" * match[0].count("\n"), text)


def _literals(text: str) -> Iterator[tuple[int, str]]:
    """Words handed to a component as they stand: heading="Statements"."""
    for tag in LITERAL.finditer(text):
        for literal in LITERAL_WORDS.finditer(tag[0]):
            if _has_words(literal[1]):
                yield text.count("\n", 0, tag.start()) + 1, literal[0]


def _has_words(text: str) -> bool:
    words = WORD.findall(ENTITIES.sub(" ", text))
    return any(word not in NAMES for word in words)


class _Reader(HTMLParser):
    """Gathers text and spoken attributes; what templates put in is blanked before."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT_ELEMENTS
        self._attributes(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(attrs)

    def _attributes(self, attrs: list[tuple[str, str | None]]) -> None:
        for name, words in attrs:
            is_button = name == "value" and ("type", "submit") in attrs
            if (name in SPOKEN_ATTRIBUTES or is_button) and words and _has_words(words):
                self.found.append((self.getpos()[0], f'{name}="{words.strip()}"'))

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT_ELEMENTS))

    def handle_data(self, text: str) -> None:
        if not self.silent and _has_words(text):
            line = self.getpos()[0] + text[: len(text) - len(text.lstrip())].count("\n")
            self.found.append((line, " ".join(text.split())))


def templates() -> list[Path]:
    kinds = ("html", "svg", "txt", "xml")
    paths = (path for kind in kinds for path in TEMPLATES.rglob(f"*.{kind}"))
    return sorted(path for path in paths if path.name not in MACHINE_LANGUAGE)


def main() -> int:
    faults = [
        f"{path.relative_to(TEMPLATES.parent)}:{line}: {words}"
        for path in templates()
        for line, words in untranslated(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(faults) or f"{len(templates())} templates: every word is translatable")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
