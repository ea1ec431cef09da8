"""What waits for a curator, counted as far as it is worth counting."""

from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, QuerySet

from statements.models import Article, Citation, Statement
from statements.quoting import Check
from statements.vocabulary import Status

N_COUNTED = 100
N_ARTICLES_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class WorkToDo:
    """How much of each kind of work there is, counted to one past `N_COUNTED`."""

    n_drafts: int
    n_in_review: int
    n_failed_checks: int
    n_unused_articles: int
    drafts: tuple[Statement, ...]


def work_to_do(*, n_drafts: int = 5) -> WorkToDo:
    """Counts what waits, and names the drafts last worked on.

    Unused articles are looked for among the newest thousand alone.
    """
    drafts = Statement.objects.filter(status=Status.DRAFT)
    return WorkToDo(
        n_drafts=_capped(drafts),
        n_in_review=_capped(Statement.objects.filter(status=Status.IN_REVIEW)),
        n_failed_checks=_capped(failed_checks()),
        n_unused_articles=_capped(unused_articles()),
        drafts=tuple(drafts.only("key", "updated_at").order_by("-updated_at", "-pk")[:n_drafts]),
    )


def failed_checks() -> QuerySet[Citation]:
    """Citations whose words moved or are missing, in statements not withdrawn."""
    failed = Citation.objects.filter(check_result__in=[Check.MOVED, Check.MISSING])
    return failed.exclude(statement__status=Status.WITHDRAWN)


def unused_articles() -> QuerySet[Article]:
    """The newest articles that no statement is cited from, nor any reconstruction made of."""
    newest = Article.objects.order_by("-pk").values("pk")[:N_ARTICLES_LOOKED_AT]
    return Article.objects.filter(
        ~Exists(Citation.objects.filter(article=OuterRef("pk"))),
        ~Exists(Article.objects.filter(based_on=OuterRef("pk"))),
        pk__in=newest,
    )


def _capped(rows: QuerySet[Model]) -> int:
    return rows.order_by().values("pk")[: N_COUNTED + 1].count()
