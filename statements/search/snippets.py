"""Where the words of a search stand in the texts of one page of results.

PostgreSQL says which words of a text match, each read in the dictionary of its language as the
index reads it. It is given the text folded, so that "Fidan" finds him spelled "Fidán"; what it
marks is traced back to the text as written. Its marks are private characters, and none reaches a
page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from statements.models import Statement
from statements.models.fulltext import dictionary_of

from .folding import Folded, folded

Span = tuple[int, int]

# To look for marks in so much text takes a hundredth of a second, however many rows share it.
N_CHARACTERS_A_PAGE = 100_000
# A text up to this length is shown whole; of a longer one so many parts, each so long at most.
N_CHARACTERS_WHOLE = 480
N_PARTS, N_CHARACTERS_A_PART, N_CHARACTERS_AROUND = 3, 240, 90

OPEN, CLOSE = "\ue000", "\ue001"
_UNMARKED = str.maketrans("", "", OPEN + CLOSE)
_MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
_QUOTES = re.compile('["“”«»„「」]')  # own words begin and end here: no mark reaches across
HEADLINES = """
SELECT ts_headline(dictionary::regconfig, words, query::tsquery, %s)
FROM unnest(%s::text[], %s::text[], %s::text[])
    WITH ORDINALITY AS asked (dictionary, query, words, place)
ORDER BY place
"""
OPTIONS = f"HighlightAll=true, StartSel={OPEN}, StopSel={CLOSE}"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text in which words were found, the parts of it worth showing, and where the words are."""

    text: str
    parts: list[Span]
    marks: list[Span]


@dataclass(frozen=True, slots=True)
class Snippet:
    """Where words were found in a statement: in its text, in its original, or in both."""

    text: Excerpt | None
    original: Excerpt | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text to be marked: its place on the page, and its beginning, folded."""

    place: int
    dictionary: str
    query: str
    words: Folded


def snippets(rows: Sequence[Statement], queries: Mapping[str, str]) -> dict[int, Snippet]:
    """Finds the words of a search in a page of statements, by their ids; one query.

    `queries` are tsqueries of the words by the dictionary that reads them. A statement that has
    the words in a name alone has no snippet.
    """
    texts = [(row.text, row.language) for row in rows]
    originals = [(row.original_text, row.original_language) for row in rows]
    found = _excerpts([*texts, *originals], queries)
    pairs = zip(rows, found[: len(rows)], found[len(rows) :], strict=True)
    return {row.pk: Snippet(text, original) for row, text, original in pairs if text or original}


def _excerpts(texts: Sequence[tuple[str, str]], queries: Mapping[str, str]) -> list[Excerpt | None]:
    clean = [text.translate(_UNMARKED) for text, _language in texts]
    longest = _share([len(text) for text in clean])
    asked = [
        _Asked(place, dictionary, query, folded(clean[place][:longest]))
        for place, (_text, language) in enumerate(texts)
        if clean[place] and (query := queries.get(dictionary := dictionary_of(language)))
    ]
    found: list[Excerpt | None] = [None] * len(texts)
    for each, headline in zip(asked, _headlines(asked), strict=True):
        spans = _spans(headline, each.words.text)
        marks = [(each.words.origin(start), each.words.origin(end)) for start, end in spans]
        found[each.place] = _excerpt(clean[each.place], marks)
    return found


def _share(lengths: Sequence[int]) -> int:
    """How much of each text is looked through, so that all of them together are not too much.

    What the short ones leave goes to the long ones.
    """
    left = N_CHARACTERS_A_PAGE
    for place, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - place)
        if length > share:
            return share
        left -= length
    return N_CHARACTERS_A_PAGE


def _headlines(asked: Sequence[_Asked]) -> list[str]:
    if not asked:
        return []
    values = (
        OPTIONS,
        [each.dictionary for each in asked],
        [each.query for each in asked],
        [each.words.text for each in asked],
    )
    with connection.cursor() as cursor:
        cursor.execute(HEADLINES, values)
        return [headline for (headline,) in cursor.fetchall()]


def _spans(headline: str, words: str) -> list[Span]:
    """Where the marks stand in the words without them.

    Nowhere if PostgreSQL gave back other words than it was asked about, as it drops those that
    are too long for it.
    """
    if headline.translate(_UNMARKED) != words:
        return []
    found = enumerate(_MARKED.finditer(headline))
    starts = [(match.start() - 2 * place, len(match[1])) for place, match in found]
    return [(start, start + length) for start, length in starts]


def _excerpt(text: str, marks: Iterable[Span]) -> Excerpt | None:
    plain: list[Span] = []
    for start, end in marks:
        # Two halves of one letter, such as a fraction's, are marked once.
        is_new = start < end and (not plain or start >= plain[-1][1])
        if is_new and not _QUOTES.search(text, start, end):
            plain.append((start, end))
    return Excerpt(text, _parts(text, plain), plain) if plain else None


def _parts(text: str, marks: Sequence[Span]) -> list[Span]:
    """The parts of a long text that hold the most different words found, in their order."""
    if len(text) <= N_CHARACTERS_WHOLE:
        return [(0, len(text))]
    parts: list[tuple[Span, set[str]]] = []
    for start, end in marks:
        word = text[start:end].casefold()
        first, last = max(0, start - N_CHARACTERS_AROUND), end + N_CHARACTERS_AROUND
        if parts and start < parts[-1][0][1]:
            (first, bound), words = parts.pop()
            parts.append(((first, max(bound, min(last, first + N_CHARACTERS_A_PART))), words))
            words.add(word)
        else:
            first = max(first, parts[-1][0][1] if parts else 0)
            parts.append(((first, last), {word}))
    best = sorted(parts, key=lambda part: (-len(part[1]), part[0]))[:N_PARTS]
    return _joined(_at_words(text, part) for part, _words in sorted(best, key=lambda part: part[0]))


def _at_words(text: str, part: Span) -> Span:
    """The part from the beginning of a word to the end of one."""
    start, end = part
    if start > 0:
        start = text.find(" ", start, start + N_CHARACTERS_AROUND // 2) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", end - N_CHARACTERS_AROUND // 2, end), -1)
        end = part[1] if end < 0 else end
    return start, min(end, len(text))


def _joined(parts: Iterable[Span]) -> list[Span]:
    """Parts between which nothing is left out are one."""
    joined: list[Span] = []
    for start, end in parts:
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
