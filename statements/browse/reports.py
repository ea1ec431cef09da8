"""Where a statement is reported: each article once, with its citations and a way to the words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from statements.attribution import attribution
from statements.formats.text_fragment import at_the_words
from statements.models import Article, Citation, Statement


@dataclass(frozen=True)
class Report:
    """An article that reports the statement."""

    article: Article
    attribution: SafeString
    citations: list[Citation]
    opens_at: str
    archived_at: str

    @property
    def source_id(self) -> int:
        """What it goes back to: a version of another report is no second witness."""
        return self.article.based_on_id or self.article.pk


def reports_of(statement: Statement) -> list[Report]:
    """Groups the citations by article, in their order; needs with_related()."""
    by_article: dict[int, list[Citation]] = {}
    for citation in statement.citations.all():
        by_article.setdefault(citation.article_id, []).append(citation)
    return [_report(statement, citations) for citations in by_article.values()]


def n_sources(reports: Iterable[Report]) -> tuple[int, int]:
    """Counts the independent articles and their outlets."""
    sources = {report.source_id: report.article.based_on or report.article for report in reports}
    return len(sources), len({article.outlet_id for article in sources.values()})


def _report(statement: Statement, citations: list[Citation]) -> Report:
    first = citations[0]
    return Report(
        article=first.article,
        attribution=attribution(statement, first),
        citations=citations,
        opens_at=_at_the_words(first.article.url, first),
        archived_at=_at_the_words(first.article.archived_url, first),
    )


def _at_the_words(url: str, citation: Citation) -> str:
    """The address of a report, or of its copy, opened at the words that are cited."""
    return at_the_words(url, citation.quote, prefix=citation.prefix, suffix=citation.suffix)
