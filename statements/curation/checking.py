"""Whether the words that citations quote still stand in the stored texts."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from statements.models import Article, Citation
from statements.quoting import Check, Finding, check_quotation, surroundings

N_IN_A_BATCH = 500
CHECKED_FIELDS = ["check_result", "checked_at", "start", "prefix", "suffix"]

OnProgress = Callable[[int], None]


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
    return _check(article.citations.all(), lambda n_done: None)


def check_citations(
    *, is_all: bool = False, on_progress: OnProgress = lambda n_done: None
) -> Counter[str]:
    """Checks citations anew, and counts the results.

    Without `is_all`, those that are not known to be verified. Works in batches, each kept by
    itself; holds one batch of citations and one article's text in memory.
    """
    return _check(citations_due(is_all=is_all), on_progress)


def citations_due(*, is_all: bool = False) -> QuerySet[Citation]:
    """The citations that a check looks at: all, or those not known to be verified."""
    due = Citation.objects.all()
    return due if is_all else due.filter(~Q(check_result=Check.VERIFIED) | Q(checked_at=None))


def lock_articles(pks: Iterable[int]) -> None:
    """Holds the stored texts as they are until the end of the transaction.

    Taken before any citation is locked, as a change of a text does, so that the two never wait
    for each other.
    """
    articles = Article.objects.filter(pk__in=set(pks)).order_by("pk")
    list(articles.select_for_update(no_key=True).values_list("pk"))


def _check(due: QuerySet[Citation], on_progress: OnProgress) -> Counter[str]:
    """Walks by article and number, so that nothing is kept open between two batches."""
    results: Counter[str] = Counter()
    places = due.order_by("article", "pk").values_list("article", "pk")
    batch = list(places[:N_IN_A_BATCH])
    while batch:
        results += _check_batch(batch)
        on_progress(results.total())
        of_article, pk = batch[-1]
        further = Q(article__gt=of_article) | Q(article=of_article, pk__gt=pk)
        batch = list(places.filter(further, article__gte=of_article)[:N_IN_A_BATCH])
    return results


@transaction.atomic
def _check_batch(batch: list[tuple[int, int]]) -> Counter[str]:
    """Checks some citations against their articles' texts, which it reads one at a time."""
    now = timezone.now()
    lock_articles(of_article for of_article, _ in batch)
    rows = Citation.objects.select_for_update().filter(pk__in=[pk for _, pk in batch])
    results: Counter[str] = Counter()
    changed: list[Citation] = []
    same: list[Citation] = []
    article: Article | None = None
    for citation in rows.order_by("article", "pk"):
        if article is None or article.pk != citation.article_id:
            article = Article.objects.only("body").get(pk=citation.article_id)
        citation.article = article
        before = _told(citation)
        check_citation(citation, at=now)
        (same if _told(citation) == before else changed).append(citation)
        results[str(citation.check_result)] += 1
    Citation.objects.filter(pk__in=[citation.pk for citation in same]).update(checked_at=now)
    Citation.objects.bulk_update(changed, CHECKED_FIELDS)
    return results


def _told(citation: Citation) -> tuple[object, ...]:
    return citation.check_result, citation.start, citation.prefix, citation.suffix
