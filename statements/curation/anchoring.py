"""Citations whose words no longer stand where they were cited, and how they are anchored anew."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.models import Article, Citation, Statement
from statements.quoting import Check, Finding, check_quotation, surroundings

from .checking import lock_articles
from .entry import amend
from .errors import RefusedError
from .work import failed_checks

N_AROUND = 160
N_NEAR = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Words with what stands around them; `start` counts characters, None where unknown."""

    start: int | None
    line: int | None
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Displaced:
    """A citation beside its article's text: as it was cited, and as it could be cited now."""

    citation: Citation
    check: Check
    cited: Place
    standing_there: Place | None  # what now stands at the place that was cited
    found: Place | None


def to_look_at() -> QuerySet[Citation]:
    """Citations moved or missing, by article; those of withdrawn statements left out."""
    return failed_checks().order_by("article_id", "pk")


def displaced(citations: Iterable[Citation]) -> list[Displaced]:
    """Looks for the words of citations, whose articles come with their bodies; saves nothing."""
    return [_displaced(citation) for citation in citations]


@transaction.atomic
def reanchor(*, citation: Citation, start: int, by: AbstractBaseUser) -> Citation:
    """Cites the words where they were found, as a curator saw them found there.

    Where they stand there with other quotation marks or spaces, they are cited as they stand.
    Raises RefusedError when they are no longer found there and nowhere better.
    """
    kept = _locked(citation)
    finding = _find(kept)
    if finding.check != Check.MOVED or finding.start != start:
        message = _("The text or the citation was changed meanwhile: look at the places again.")
        raise RefusedError([message])
    body, length = kept.article.body, len(kept.quote)
    kept.start, kept.quote = start, body[start : start + length]
    kept.prefix, kept.suffix = surroundings(body, start, length)
    kept.recheck(at=timezone.now())
    _save(kept)
    amend(statement=kept.statement, by=by)
    _log(kept, by)
    return kept


def _displaced(citation: Citation) -> Displaced:
    finding = _find(citation)
    body, start, length = citation.article.body, citation.start, len(citation.quote)
    return Displaced(
        citation=citation,
        check=finding.check,
        cited=Place(start, None, citation.prefix, citation.quote, citation.suffix),
        standing_there=None if start is None else _place(body, start, length, n_around=N_NEAR),
        found=None if finding.start is None else _place(body, finding.start, length),
    )


def _find(citation: Citation) -> Finding:
    if not (citation.article.body and citation.quote):
        return Finding(Check.NO_TEXT, None)
    return check_quotation(
        citation.article.body,
        citation.quote,
        start=citation.start,
        prefix=citation.prefix,
        suffix=citation.suffix,
    )


def _place(body: str, start: int, length: int, *, n_around: int = N_AROUND) -> Place | None:
    """The words at a place of the text, None beyond its end."""
    if start >= len(body):
        return None
    before, after = surroundings(body, start, min(length, len(body) - start), n_characters=n_around)
    words = body[start : start + length]
    return Place(start, body.count("\n", 0, start) + 1, before, words, after)


def _locked(citation: Citation) -> Citation:
    """The citation as it is kept, held with its statement and its article's text."""
    rows = Statement.objects.without_vectors().select_for_update()
    statement = rows.filter(pk=citation.statement_id).first()
    lock_articles([citation.article_id])
    kept = Citation.objects.select_for_update().filter(pk=citation.pk).first()
    if statement is None or kept is None:
        raise RefusedError([_("It is no longer there.")])
    kept.statement = statement
    kept.article = Article.objects.get(pk=kept.article_id)
    return kept


def _save(citation: Citation) -> None:
    try:
        citation.full_clean()
    except ValidationError as error:
        raise RefusedError(error.messages) from error
    citation.save()


def _log(citation: Citation, by: AbstractBaseUser) -> None:
    told = _("Anchored the words of “%(article)s” anew, at character %(start)s.")
    message = told % {"article": citation.article.title[:80], "start": citation.start}
    LogEntry.objects.log_actions(
        by.pk, [citation.statement], CHANGE, change_message=message, single_object=True
    )


def with_places(rows: QuerySet[Citation]) -> QuerySet[Citation]:
    """Loads what a list of them shows, the articles' texts among it."""
    return rows.select_related("article__outlet", "statement").defer(
        "statement__search_vector", "statement__facets", "statement__original_text"
    )


def beginning_with(rows: QuerySet[Citation], *, article: int, pk: int) -> QuerySet[Citation]:
    """A citation and those that follow it in the order of the list."""
    return rows.filter(Q(article__gt=article) | Q(article=article, pk__gte=pk))
