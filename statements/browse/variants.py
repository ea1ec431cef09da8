"""The same words as several print them, each compared with the first, word by word."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from statements.likeness import words_of
from statements.models import Article, Statement
from statements.renderings import Comparison, Piece, compare
from statements.vocabulary import ArticleKind, LinkKind

from .links import Answer
from .reports import Report

N_VARIANTS = 10  # of either kind


@dataclass(frozen=True, slots=True)
class Variant:
    """A rendering of the words, and the articles that print it so or the statement that repeats it.

    `pieces` show how it differs from the first; none where it is that one, where too little is
    common to compare, or where it is too long.
    """

    text: str
    language: str
    articles: list[Article] = field(default_factory=list)
    statement: Statement | None = None
    pieces: list[Piece] | None = None


def printed(reports: Iterable[Report]) -> list[Variant]:
    """The quotations of a statement's articles, alike ones together; none where all are alike.

    The first citation of each article in the language of the first. A reconstruction is the
    archive's own text and prints nothing.
    """
    cited = [
        (report.article, citation.quote)
        for report in reports
        if report.article.kind != ArticleKind.RECONSTRUCTION
        for citation in report.citations[:1]
        if citation.quote
    ]
    found: dict[tuple[str, ...], Variant] = {}
    for article, quote in cited:
        if article.language != cited[0][0].language:
            continue
        variant = found.setdefault(words_of(quote), Variant(quote, article.language))
        variant.articles.append(article)
    return _compared(list(found.values()))


def repeated(statement: Statement, answers: Iterable[Answer]) -> list[Variant]:
    """The statement, and those that repeat it or that it repeats, in its own language."""
    others = [
        Variant(answer.statement.text, answer.statement.language, statement=answer.statement)
        for answer in answers
        if answer.kind == LinkKind.REPEATS and answer.statement.language == statement.language
    ]
    return _compared([Variant(statement.text, statement.language, statement=statement), *others])


def _compared(variants: list[Variant]) -> list[Variant]:
    if len(variants) < 2:
        return []
    first, *others = variants[:N_VARIANTS]
    return [first, *(_beside(first, other) for other in others)]


def _beside(first: Variant, other: Variant) -> Variant:
    compared: Comparison | None = compare(first.text, other.text)
    pieces = compared.pieces if compared and compared.is_legible else None
    return Variant(other.text, other.language, other.articles, other.statement, pieces)
