"""Whether the words that citations quote still stand in the stored texts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Func, IntegerField, Q, QuerySet
from django.utils import timezone

from statements.models import Article, Citation
from statements.quoting import Check, Finding, surroundings

N_IN_A_BATCH = 500
# As long as the longest text may be, in an alphabet of two bytes a letter.
N_BYTES_AT_ONCE = 2_000_000
SIZE = IntegerField()
CHECKED_FIELDS = ["check_result", "checked_at", "start", "prefix", "suffix"]

OnProgress = Callable[[int], None]


def check_citation(citation: Citation, *, at: datetime) -> Finding:
    """Checks the words, fills in where they stand when nobody said it, and saves nothing.

    Returns the result, and where the words stand now (None when they do not).
    """
    finding = citation.recheck(at=at)
    is_bare = not (citation.prefix or citation.suffix)
    if citation.is_verified and is_bare and citation.start is not None:
        body, length = citation.article.body, len(citation.quote)
        citation.prefix, citation.suffix = surroundings(body, citation.start, length)
    return finding


def check_article(*, article: Article) -> Counter[str]:
    """Checks every citation of an article anew, and counts the results."""
    return _check(article.citations.all(), lambda n_done: None)


def check_citations(
    *, is_all: bool = False, on_progress: OnProgress = lambda n_done: None
) -> Counter[str]:
    """Checks citations anew, and counts the results.

    Without `is_all`, those that are not known to be verified. Works in batches, each kept by
    itself; holds one batch of citations in memory, and texts of `N_BYTES_AT_ONCE` or one longer.
    """
    return _check(citations_due(is_all=is_all), on_progress)


def citations_due(*, is_all: bool = False) -> QuerySet[Citation]:
    """The citations that a check looks at: all, or those not known to be verified."""
    due = Citation.objects.all()
    return due if is_all else due.filter(~Q(check_result=Check.VERIFIED) | Q(checked_at=None))


def lock_articles(pks: Iterable[int]) -> dict[int, int]:
    """Holds the stored texts as they are until the end of the transaction.

    Taken before any citation is locked, as a change of a text does, so that the two never wait
    for each other. Returns how many bytes each text is long, which PostgreSQL knows unread.
    """
    articles = Article.objects.filter(pk__in=set(pks)).order_by("pk")
    sizes = articles.annotate(n_bytes=Func("body", function="octet_length", output_field=SIZE))
    return dict(sizes.select_for_update(no_key=True).values_list("pk", "n_bytes"))


def _check(due: QuerySet[Citation], on_progress: OnProgress) -> Counter[str]:
    """Walks by article and number, so that nothing is kept open between two batches."""
    results: Counter[str] = Counter()
    places = due.order_by("article_id", "pk").values_list("article_id", "pk")
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
    """Checks some citations against their articles' texts, which it reads a few at a time."""
    now = timezone.now()
    sizes = lock_articles(of_article for of_article, _ in batch)
    rows = Citation.objects.select_for_update().filter(pk__in=[pk for _, pk in batch])
    results: Counter[str] = Counter()
    changed: list[Citation] = []
    same: list[Citation] = []
    for citation in _with_texts(rows.order_by("article_id", "pk"), sizes):
        before = _told(citation)
        check_citation(citation, at=now)
        (same if _told(citation) == before else changed).append(citation)
        results[str(citation.check_result)] += 1
    Citation.objects.filter(pk__in=[citation.pk for citation in same]).update(checked_at=now)
    Citation.objects.bulk_update(changed, CHECKED_FIELDS)
    return results


def _with_texts(citations: Iterable[Citation], sizes: dict[int, int]) -> Iterator[Citation]:
    """Gives each its article with the text; the citations come in the order of their articles."""
    portions = _portions(sizes)
    articles: dict[int, Article] = {}
    for citation in citations:
        while citation.article_id not in articles:
            articles = Article.objects.only("body").in_bulk(next(portions))
        citation.article = articles[citation.article_id]
        yield citation


def _portions(sizes: dict[int, int]) -> Iterator[list[int]]:
    """The articles in their order, as many at a time as have short enough texts."""
    portion: list[int] = []
    n_bytes = 0
    for pk, size in sorted(sizes.items()):
        if portion and n_bytes + size > N_BYTES_AT_ONCE:
            yield portion
            portion, n_bytes = [], 0
        portion.append(pk)
        n_bytes += size
    yield portion


def _told(citation: Citation) -> tuple[object, ...]:
    return citation.check_result, citation.start, citation.prefix, citation.suffix
