"""What may be in the archive twice: statements in the same words, people of the same name.

Pairs are found when something is saved and by the command `find_duplicates`, and kept in tables
of their own, so that a list of them costs what its page costs, however large the archive is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
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
    Statement,
    StatementLikeness,
)
from statements.models.statements import UNDATED
from statements.vocabulary import LinkKind, Role, Status

from .entry import amend
from .errors import RefusedError

DAYS_APART = timedelta(days=7)
N_CANDIDATES = 300
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
    found = {} if statement.status == Status.WITHDRAWN else _alike(statement)
    return keep_pairs(StatementLikeness, statement.pk, found)


def find_duplicates(
    statements: Iterable[Statement], *, on_progress: Callable[[int], None] = lambda n: None
) -> None:
    """Does for each of many statements what is done on saving."""
    for n_done, statement in enumerate(statements, 1):
        note_statement(statement=statement)
        on_progress(n_done)


def candidates(statement: Statement) -> QuerySet[Statement]:
    """Statements of a speaker of this one whose day is within a week, at most `N_CANDIDATES`.

    Of those dated by the month or the year, where that holds the day; of the undated, the
    undated.
    """
    tokens = _speakers(statement)
    if not tokens:
        return Statement.objects.none()
    said_by = Func(
        F("search_vector"),
        Cast(Value(" | ".join(tokens)), SearchQueryField()),
        template="%(expressions)s",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )
    rows = Statement.objects.filter(_near(statement), said_by).exclude(pk=statement.pk)
    return rows.exclude(status=Status.WITHDRAWN).order_by("-sort_on", "-pk")[:N_CANDIDATES]


def _speakers(statement: Statement) -> list[str]:
    """The tokens of the search vector by which other statements of the speakers are found."""
    parties = statement.parties.filter(role=Role.SPEAKER).order_by("position", "pk")
    tokens = []
    for party in parties:
        for letter, pk in (
            ("s", party.official_id),
            ("S", None if party.official_id else party.organization_id),
            ("p", None if party.official_id else party.post_id),
        ):
            if pk:
                tokens.append(f"'@{letter}{pk}'")
        if party.kind == "country":
            tokens.append(f"'@f{party.country_id}'")
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


def _alike(statement: Statement) -> dict[int, float]:
    words = words_of(statement.text)
    original = words_of(statement.original_text)
    found = {}
    rows = candidates(statement).values_list(
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


def keep_pairs(model: type[L], pk: int, found: dict[int, float]) -> list[L]:
    """Keeps the pairs of one row as they were found now; what was decided stays decided."""
    pairs = model.objects.filter(Q(first=pk) | Q(second=pk))
    known = {pair.first_id if pair.second_id == pk else pair.second_id: pair for pair in pairs}
    gone = [pair.pk for of, pair in known.items() if of not in found and not pair.is_decided]
    if gone:
        model.objects.filter(pk__in=gone).delete()
    now = timezone.now()
    fresh = [
        model(first_id=pk, second_id=of, score=score, found_at=now)
        for of, score in found.items()
        if of not in known
    ]
    model.objects.bulk_create(fresh, ignore_conflicts=True)
    kept = model.objects.filter(Q(first=pk) | Q(second=pk), decided_at=None)
    return list(kept.select_related("first", "second").order_by("-score", "pk"))
