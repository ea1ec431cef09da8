"""Citations of new statements, checked against the stored text of their articles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from statements.models import Article, Citation
from statements.quoting import Check
from statements.records import CitationRecord, StatementRecord

from .references import References

N_BODIES = 16  # of a million characters each at most


def check_citations(
    records: Iterable[StatementRecord], references: References, now: datetime
) -> None:
    """Fills in the check, and the position, of citations whose check the records do not tell."""
    quoting: dict[int, list[CitationRecord]] = defaultdict(list)
    for record in records:
        for citation in record.citations:
            if citation.check is None:
                citation.check, citation.checked_at = Check.NO_TEXT, now
                number = references.id("article", citation.article)
                if citation.quote and number:
                    quoting[number].append(citation)
    for article in _with_text(list(quoting)):
        for citation in quoting[article.pk]:
            _check(citation, article, now)


def _with_text(ids: Sequence[int]) -> Iterator[Article]:
    for start in range(0, len(ids), N_BODIES):
        some = Article.objects.filter(pk__in=ids[start : start + N_BODIES])
        yield from some.exclude(body="").only("body")


def _check(record: CitationRecord, article: Article, now: datetime) -> None:
    citation = Citation(
        article=article,
        quote=record.quote or "",
        start=record.start,
        prefix=record.prefix or "",
        suffix=record.suffix or "",
    )
    citation.recheck(at=now)
    record.check = Check(citation.check_result)
    record.start, record.prefix, record.suffix = citation.start, citation.prefix, citation.suffix
