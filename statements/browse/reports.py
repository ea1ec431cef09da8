"""Where a statement is reported: each article once, with its citations and a way to the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.safestring import SafeString

from statements.attribution import attribution
from statements.models import Article, Citation, Statement

N_WHOLE_WORDS = 12  # longer quotations are named by their beginning and end
N_EDGE_WORDS = 5


@dataclass(frozen=True)
class Report:
    """An article that reports the statement."""

    article: Article
    attribution: SafeString
    citations: list[Citation]
    opens_at: str

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
        opens_at=at_the_words(first.article.url, first.quote),
    )


def at_the_words(url: str, words: str) -> str:
    """The address with a text fragment, so that a browser opens it at the words.

    https://wicg.github.io/scroll-to-text-fragment/
    """
    if not url or not words.strip():
        return url
    page, _, fragment = url.partition("#")
    parts = words.split()
    if len(parts) > N_WHOLE_WORDS:
        ends = (parts[:N_EDGE_WORDS], parts[-N_EDGE_WORDS:])
        directive = ",".join(_escaped(" ".join(end)) for end in ends)
    else:
        directive = _escaped(" ".join(parts))
    return f"{page}#{fragment}:~:text={directive}"


def _escaped(words: str) -> str:
    # A hyphen separates a directive's parts, and `quote` leaves it alone.
    return quote(words, safe="").replace("-", "%2D")
