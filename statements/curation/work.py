"""What waits for a curator, counted as far as it is worth counting."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.functions import Left

from statements.models import Article, Citation, Review, Statement
from statements.quoting import Check
from statements.vocabulary import ReviewStep, Status

from .duplicates import Waiting, waiting
from .review import Actor, may

N_COUNTED = 100
N_SHOWN = 5
N_CHANGES_SHOWN = 8
N_EXCERPT_CHARACTERS = 100
N_ARTICLES_LOOKED_AT = 1000
N_CHECKS_LOOKED_AT = 1000

Statements = QuerySet[Statement, Statement]


@dataclass(frozen=True, slots=True)
class Pile:
    """One kind of work: how much of it there is, to one past `N_COUNTED`, and its top."""

    n: int
    top: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SentBack:
    """A draft that came back, with what its reviewer said of it."""

    statement: Statement
    review: Review | None


@dataclass(frozen=True, slots=True)
class WorkToDo:
    """What waits for one account; every number is counted to one past `N_COUNTED`.

    `to_review` is None for an account that may not review. `likely` is what may be there twice.
    """

    drafts: Pile
    n_sent_back: int
    sent_back: tuple[SentBack, ...]
    to_review: Pile | None
    n_all_drafts: int
    n_failed_checks: int
    n_unused_articles: int
    likely: Waiting
    changes: tuple[Statement, ...]


def work_to_do(*, by: Actor) -> WorkToDo:
    """Counts and names what waits for an account: a dozen queries of indexed, bounded cost."""
    returned = _pile(sent_back_to(by))
    return WorkToDo(
        drafts=_pile(drafts_of(by)),
        n_sent_back=returned.n,
        sent_back=_with_notes(returned.top),
        to_review=_pile(to_review_by(by)) if may(by, "review") else None,
        n_all_drafts=_capped(Statement.objects.filter(status=Status.DRAFT)),
        n_failed_checks=_capped(newest_failed_checks()),
        n_unused_articles=_capped(unused_articles()),
        likely=waiting(N_SHOWN),
        changes=tuple(_named(Statement.objects.order_by("-updated_at", "-pk"))[:N_CHANGES_SHOWN]),
    )


def drafts_of(by: Actor) -> Statements:
    """The drafts that an account entered, the last worked on first."""
    drafts = Statement.objects.filter(status=Status.DRAFT, entered_by=_pk(by))
    return drafts.order_by("-updated_at", "-pk")


def sent_back_to(by: Actor) -> Statements:
    """The drafts that came back to an account from review, the last first."""
    return Statement.objects.filter(returned_to=_pk(by)).order_by("-updated_at", "-pk")


def to_review_by(by: Actor) -> Statements:
    """What is in review and not this account's own, the longest waiting first."""
    waiting = Statement.objects.filter(status=Status.IN_REVIEW)
    others = waiting.exclude(entered_by=_pk(by)).exclude(submitted_by=_pk(by))
    return others.order_by("updated_at", "pk")


def failed_checks() -> QuerySet[Citation]:
    """Citations whose words moved or are missing, in statements not withdrawn."""
    return _failed().exclude(statement__status=Status.WITHDRAWN)


def newest_failed_checks() -> QuerySet[Citation]:
    """The same, among the thousand of the newest statements: what is counted must have an end."""
    newest = _failed().order_by("-statement_id").values("pk")[:N_CHECKS_LOOKED_AT]
    return failed_checks().filter(pk__in=newest)


def unused_articles() -> QuerySet[Article]:
    """The newest articles that no statement is cited from, nor any reconstruction made of."""
    newest = Article.objects.order_by("-pk").values("pk")[:N_ARTICLES_LOOKED_AT]
    return Article.objects.filter(
        ~Exists(Citation.objects.filter(article=OuterRef("pk"))),
        ~Exists(Article.objects.filter(based_on=OuterRef("pk"))),
        pk__in=newest,
    )


def _failed() -> QuerySet[Citation]:
    return Citation.objects.filter(check_result__in=[Check.MOVED, Check.MISSING])


def _with_notes(statements: Iterable[Statement]) -> tuple[SentBack, ...]:
    """Adds to each the last note that it was sent back with."""
    returned = Review.objects.filter(statement__in=statements, step=ReviewStep.RETURNED)
    last = returned.order_by("statement_id", "-pk").distinct("statement_id").select_related("by")
    reviews = {review.statement_id: review for review in last}
    return tuple(SentBack(one, reviews.get(one.pk)) for one in statements)


def _pile(statements: Statements) -> Pile:
    return Pile(_capped(statements), tuple(_named(statements)[:N_SHOWN]))


def _named(statements: Statements) -> Statements:
    shown = statements.only("key", "status", "updated_at")
    return shown.annotate(excerpt=Left("text", N_EXCERPT_CHARACTERS + 1))


def _capped(rows: QuerySet[Any, Model]) -> int:
    return rows.order_by().values("pk")[: N_COUNTED + 1].count()


def _pk(by: Actor) -> int:
    """The number of an account; of nobody, one that no row has."""
    return int(by.pk) if by and by.pk else 0
