"""What may be in the archive twice: statements in the same words, people of the same name.

Pairs are found when something is saved and by the command `find_duplicates`, and kept in tables
of their own, so that a list of them costs what its page costs, however large the archive is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.search import SearchQueryField
from django.db import transaction
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast, Left
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.likeness import N_CHARACTERS, likeness, words_of
from statements.models import (
    Link,
    OfficialLikeness,
    Party,
    Statement,
    StatementLikeness,
)
from statements.models.statements import UNDATED
from statements.vocabulary import LinkKind, PartyKind, Role, Status

from .entry import amend
from .errors import RefusedError

DAYS_APART = timedelta(days=7)
N_CANDIDATES = 300
N_AT_ONCE = 200
# From here on two texts are offered as one: what differs is a word in five.
LEAST_ALIKE = 0.8
N_COUNTED = 100

L = TypeVar("L", StatementLikeness, OfficialLikeness)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Pairs that nobody has decided about, counted to one past `N_COUNTED`."""

    n_statements: int
    n_officials: int
    statements: tuple[StatementLikeness, ...]
    officials: tuple[OfficialLikeness, ...]


def waiting(limit: int = 5) -> Waiting:
    """Counts the likely duplicates and names the newest of each kind; four small queries."""
    statements = StatementLikeness.objects.waiting()
    officials = OfficialLikeness.objects.waiting()
    return Waiting(
        n_statements=statements.order_by().values("pk")[: N_COUNTED + 1].count(),
        n_officials=officials.order_by().values("pk")[: N_COUNTED + 1].count(),
        statements=tuple(with_statements(statements)[:limit]),
        officials=tuple(officials.select_related("first", "second")[:limit]),
    )


def with_statements(pairs: QuerySet[Any]) -> QuerySet[Any]:
    """Loads both statements of each pair, without what only the database reads."""
    left_out = ("search_vector", "facets", "original_text", "note", "basis_note")
    names = [f"{side}__{name}" for side in ("first", "second") for name in left_out]
    loaded: QuerySet[Any] = pairs.select_related("first", "second").defer(*names)
    return loaded


# --- Statements --------------------------------------------------------------------------------


@transaction.atomic
def note_statement(*, statement: Statement) -> list[StatementLikeness]:
    """Compares a statement with its speaker's others of near days, and keeps the likely pairs.

    Pairs that were decided about are left alone, those no longer alike are forgotten. Reads at
    most `N_CANDIDATES` texts; returns the pairs that wait, the likest first.
    """
    keep_pairs(StatementLikeness, _found([statement]))
    return waiting_of(StatementLikeness, statement.pk)


def find_duplicates(
    statements: Iterable[Statement], *, on_progress: Callable[[int], None] = lambda n: None
) -> None:
    """Does for each of many statements what is done on saving, and keeps it batch by batch."""
    rows, n_done = iter(statements), 0
    while batch := list(islice(rows, N_AT_ONCE)):
        keep_pairs(StatementLikeness, _found(batch))
        n_done += len(batch)
        on_progress(n_done)


def _found(statements: list[Statement]) -> dict[int, dict[int, float]]:
    """What is like each of some statements; a query for all, and one for each."""
    compared = [one for one in statements if one.status != Status.WITHDRAWN]
    tokens = _speakers(one.pk for one in compared)
    alike = {one.pk: _alike(one, tokens[one.pk]) for one in compared if one.pk in tokens}
    return {one.pk: alike.get(one.pk, {}) for one in statements}


def _candidates(statement: Statement, tokens: Iterable[str]) -> QuerySet[Statement]:
    """Statements of a speaker of this one whose day is within a week, at most `N_CANDIDATES`.

    Of those dated by the month or the year, where that holds the day; of the undated, the
    undated.
    """
    said_by = Func(
        F("search_vector"),
        Cast(Value(" | ".join(tokens)), SearchQueryField()),
        template="%(expressions)s",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
    rows = Statement.objects.filter(_near(statement), said_by).exclude(pk=statement.pk)
    return rows.exclude(status=Status.WITHDRAWN).order_by("-sort_on", "-pk")[:N_CANDIDATES]


def _speakers(statements: Iterable[int]) -> dict[int, list[str]]:
    """The tokens of the search vector by which other statements of the speakers are found."""
    parties = Party.objects.filter(statement__in=list(statements), role=Role.SPEAKER)
    tokens: dict[int, list[str]] = {}
    for party in parties.order_by("statement", "position", "pk"):
        for letter, pk in (
            ("s", party.official_id),
            ("S", None if party.official_id else party.organization_id),
            ("p", None if party.official_id else party.post_id),
            ("f", party.country_id if party.kind == PartyKind.COUNTRY else None),
        ):
            if pk:
                tokens.setdefault(party.statement_id, []).append(f"'@{letter}{pk}'")
    return tokens


def _near(statement: Statement) -> Q:
    days = statement.named_days
    if days is None:
        return Q(sort_on=UNDATED)
    first, last = days
    vague = {first.replace(day=1), first.replace(month=1, day=1)}
    earliest = first - DAYS_APART if first > UNDATED + DAYS_APART else first
    latest = last + DAYS_APART if last.year < 9999 else last
    return Q(sort_on__range=(earliest, latest)) | Q(sort_on__in=vague, latest_on__gte=earliest)


def _alike(statement: Statement, tokens: list[str]) -> dict[int, float]:
    words = words_of(statement.text)
    original = words_of(statement.original_text)
    found = {}
    rows = _candidates(statement, tokens).values_list(
        "pk", Left("text", N_CHARACTERS), Left("original_text", N_CHARACTERS)
    )
    for pk, text, other_original in rows:
        score = max(likeness(words, words_of(text)), likeness(original, words_of(other_original)))
        if score >= LEAST_ALIKE:
            found[pk] = score
    return found


@transaction.atomic
def repeat(*, pair: StatementLikeness, by: AbstractBaseUser) -> Link:
    """Says that the later of two statements repeats the earlier, which decides about the pair.

    Raises NotAllowedError to an account that may not change the later where it now is.
    """
    rows = locked_statements(pair.first, pair.second)
    earlier, later = sorted(rows.values(), key=lambda row: (row.sort_on, row.pk))
    link, is_new = Link.objects.get_or_create(
        statement=later,
        kind=LinkKind.REPEATS,
        target=earlier,
        defaults={"position": later.links.count()},
    )
    if is_new:
        amend(statement=later, by=by)
    settle(pair=pair, by=by)
    return link


def locked_statements(*statements: Statement) -> dict[int, Statement]:
    pks = [statement.pk for statement in statements]
    rows = Statement.objects.without_vectors().select_for_update().filter(pk__in=pks)
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < len(set(pks)):
        raise RefusedError([_("One of the two is no longer there.")])
    return found


# --- Pairs -------------------------------------------------------------------------------------


@transaction.atomic
def settle(*, pair: StatementLikeness | OfficialLikeness, by: AbstractBaseUser) -> Any:
    """Remembers that two are different, so that they are not offered again."""
    pair.decided_at = timezone.now()
    pair.decided_by_id = by.pk
    pair.save(update_fields=["decided_at", "decided_by"])
    return pair


@transaction.atomic
def keep_pairs(model: type[L], found: Mapping[int, Mapping[int, float]]) -> None:
    """Keeps the pairs of some rows as they were found now; what was decided stays decided."""
    scores = {
        frozenset((pk, of)): score for pk, others in found.items() for of, score in others.items()
    }
    pairs = model.objects.filter(Q(first__in=found) | Q(second__in=found))
    known = {frozenset((pair.first_id, pair.second_id)): pair for pair in pairs}
    gone = [pair.pk for of, pair in known.items() if of not in scores and not pair.is_decided]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    now = timezone.now()
    fresh = {
        frozenset((pk, of)): model(first_id=pk, second_id=of, score=score, found_at=now)
        for pk, others in found.items()
        for of, score in others.items()
        if frozenset((pk, of)) not in known
    }
    model.objects.bulk_create(fresh.values(), ignore_conflicts=True)


def waiting_of(model: type[L], pk: int) -> list[L]:
    """The pairs of a row that nobody has decided about, the likest first."""
    pairs = model.objects.filter(Q(first=pk) | Q(second=pk), decided_at=None)
    return list(pairs.select_related("first", "second").order_by("-score", "pk"))
