"""Whether the words that citations quote still stand in the stored texts."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from statements.models import Article, Citation
from statements.quoting import Check, Finding, check_quotation, surroundings

N_IN_A_BATCH = 500
CHECKED_FIELDS = ["check_result", "checked_at", "start", "prefix", "suffix"]


def check_citation(citation: Citation, *, at: datetime) -> Finding:
    """Checks the words, fills in where they stand when nobody said it, and saves nothing.

    Returns the result, and where the words stand now (None when they do not).
    """
    citation.recheck(at=at)
    body, quote = citation.article.body, citation.quote
    if not (body and quote):
        return Finding(Check.NO_TEXT, None)
    is_bare = not (citation.prefix or citation.suffix)
    if citation.is_verified and is_bare and citation.start is not None:
        citation.prefix, citation.suffix = surroundings(body, citation.start, len(quote))
    return check_quotation(
        body, quote, start=citation.start, prefix=citation.prefix, suffix=citation.suffix
    )


def check_article(*, article: Article) -> Counter[str]:
    """Checks every citation of an article anew, and counts the results."""
    return _check(article.citations.order_by("pk"), lambda n_done: None)


def check_citations(
    *, is_all: bool = False, on_progress: Callable[[int], None] = lambda n_done: None
) -> Counter[str]:
    """Checks citations anew, and counts the results.

    Without `is_all`, those that are not known to be verified. Works in batches, each kept by
    itself; holds one batch of citations and one article's text in memory.
    """
    due = Citation.objects.order_by("article", "pk")
    if not is_all:
        due = due.filter(~Q(check_result=Check.VERIFIED) | Q(checked_at=None))
    return _check(due, on_progress)


def _check(due: QuerySet[Citation], on_progress: Callable[[int], None]) -> Counter[str]:
    results: Counter[str] = Counter()
    article: Article | None = None
    for pks in _batches(due.values_list("pk", flat=True).iterator(chunk_size=N_IN_A_BATCH)):
        article = _check_batch(pks, article, results)
        on_progress(results.total())
    return results


@transaction.atomic
def _check_batch(pks: list[int], article: Article | None, results: Counter[str]) -> Article | None:
    """Checks some citations, and returns the last article read, for the next batch to use."""
    now = timezone.now()
    batch = list(Citation.objects.select_for_update().filter(pk__in=pks).order_by("article", "pk"))
    for citation in batch:
        if article is None or article.pk != citation.article_id:
            article = Article.objects.only("body").get(pk=citation.article_id)
        citation.article = article
        check_citation(citation, at=now)
        results[str(citation.check_result)] += 1
    Citation.objects.bulk_update(batch, CHECKED_FIELDS)
    return article


def _batches(pks: Iterator[int]) -> Iterator[list[int]]:
    while batch := list(islice(pks, N_IN_A_BATCH)):
        yield batch
