"""The words themselves: whose they are, where a search found them, and how much a list shows."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from statements.models import Statement
from statements.search.snippets import Excerpt, Snippet, Span
from statements.texts import QUOTED, within_outer_marks, without_outer_marks
from statements.vocabulary import Form

from .archive import direction

register = template.Library()

# Unicode CLDR, delimiters/quotationStart and quotationEnd; English marks serve all others.
MARKS = {
    "ar": ("”", "“"),
    "de": ("„", "“"),
    "fa": ("«", "»"),
    "fr": ("«\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}»"),
    "he": ("”", "”"),
    "ja": ("「", "」"),
    "ru": ("«", "»"),
    "uk": ("«", "»"),
    "zh": ("“", "”"),
}
OWN_WORDS = '<span class="own-words">%s</span>'
QUOTATION_MARK = '<span class="words__mark">%s</span>'
ORIGINAL = '<p class="statement-item__words words words--%s" lang="%s" dir="%s">%s</p>'
ELLIPSIS = "…"
N_WORDS_IN_LISTS, N_WORDS_IN_FRAMES = 70, 150
N_CHARACTERS_IN_LISTS = 4_000  # more than so many words hold, and little to look through


@register.filter
def words(statement: Statement) -> SafeString:
    """Sets the text so that only the speaker's own words look like a quotation."""
    return set_words(statement.text, statement.form, statement.language)


@register.filter
def original_words(statement: Statement) -> SafeString:
    return set_words(statement.original_text, statement.form, statement.original_language)


@register.filter
def words_in_brief(statement: Statement) -> SafeString:
    """Sets the beginning of the text, for lists."""
    return set_words(beginning(_bare(statement)), statement.form, statement.language)


@register.filter
def words_for_others(statement: Statement) -> SafeString:
    """Sets as much of the text as a frame in another page holds."""
    shown = beginning(_bare(statement), N_WORDS_IN_FRAMES)
    return set_words(shown, statement.form, statement.language)


def _bare(statement: Statement) -> str:
    """The text without marks that were pasted around it, of which a cut would leave one."""
    is_direct = statement.form == Form.DIRECT
    return without_outer_marks(statement.text) if is_direct else statement.text


def beginning(text: str, n_words: int = N_WORDS_IN_LISTS) -> str:
    """The first words of a text, of which a list shows no more."""
    if len(text) <= n_words:
        return text  # of one letter each
    return str(Truncator(text[:N_CHARACTERS_IN_LISTS]).words(n_words))


def words_in_list(statement: Statement, snippet: Snippet | None = None) -> SafeString:
    """Sets what a list shows of the text: where a search found its words, or the beginning."""
    if snippet is None or snippet.text is None:
        return words_in_brief(statement)
    return _set_excerpt(snippet.text, statement.form, statement.language)


def original_in_list(statement: Statement, snippet: Snippet | None = None) -> SafeString:
    """Sets where in the original a search found its words, if it found none in the translation."""
    if snippet is None or snippet.text or not snippet.original:
        return SafeString("")
    form, language = statement.form, statement.original_language
    told = _set_excerpt(snippet.original, form, language)
    return SafeString(ORIGINAL % (form, escape(language), direction(language), told))


def _set_excerpt(excerpt: Excerpt, form: str, language: str) -> SafeString:
    return set_words(excerpt.text, form, language, excerpt.parts, excerpt.marks)


def set_words(
    text: str, form: str, language: str, parts: Sequence[Span] = (), marks: Sequence[Span] = ()
) -> SafeString:
    """Marks a direct quotation as one, and in a mixed report the parts that are quoted.

    `parts` are shown alone, the rest being left out; `marks` were searched for. What is quoted is
    made out in the whole text, so that no cut turns a paraphrase into a quotation.
    """
    if form == Form.DIRECT:
        return _between_marks(text, language, parts, marks)
    quoted = [match.span() for match in QUOTED.finditer(text)] if form == Form.MIXED else []
    return SafeString(_set_parts(text, (0, len(text)), parts, marks, quoted))


def _between_marks(
    text: str, language: str, parts: Sequence[Span], marks: Sequence[Span]
) -> SafeString:
    opening, closing = MARKS.get(language.split("-")[0].lower(), ("“", "”"))
    whole = within_outer_marks(text)
    told = _set_parts(text, whole, parts, marks, [])
    return SafeString(f"{QUOTATION_MARK % opening}{told}{QUOTATION_MARK % closing}")


def _set_parts(
    text: str, whole: Span, parts: Sequence[Span], marks: Sequence[Span], quoted: Sequence[Span]
) -> str:
    shown = list(_within(whole, parts)) or [whole]
    told = f" {ELLIPSIS} ".join(_set_part(text, part, marks, quoted) for part in shown)
    before = f"{ELLIPSIS} " if shown[0][0] > whole[0] else ""
    after = f" {ELLIPSIS}" if shown[-1][1] < whole[1] else ""
    return f"{before}{told}{after}"


def _set_part(text: str, part: Span, marks: Sequence[Span], quoted: Sequence[Span]) -> str:
    told, place = "", part[0]
    for start, end in _within(part, quoted):
        told += _set_marks(text, (place, start), marks)
        told += OWN_WORDS % _set_marks(text, (start, end), marks)
        place = end
    return told + _set_marks(text, (place, part[1]), marks)


def _set_marks(text: str, part: Span, marks: Sequence[Span]) -> str:
    told, place = "", part[0]
    for start, end in _within(part, marks):
        told += f"{escape(text[place:start])}<mark>{escape(text[start:end])}</mark>"
        place = end
    return told + escape(text[place : part[1]])


def _within(part: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """What of the spans, which are in order, lies within a part."""
    for start, end in spans:
        if start < part[1] and end > part[0]:
            yield max(start, part[0]), min(end, part[1])
