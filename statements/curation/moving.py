"""Statements given to another speaker."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from statements.models import Official, Party, Rearrangement, Rearranging, Statement, Tenure
from statements.vocabulary import PartyKind, Role

from .changes import Columns, rows_of
from .errors import RefusedError
from .merging import locked, refuse_other
from .rearranging import Plan, bounded, carry_out
from .relations import Relation, repoint, rows_among
from .sides import TENURES, parties_of, seated

SPEAKING = Relation(Party, "official_id")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes part, by the columns that tell it: an official, a post, someone unnamed."""

    kind: str
    pk: int | None
    name: str
    n_statements: int

    @property
    def code(self) -> str:
        """Names the actor in a form."""
        return f"{self.kind}:{self.pk or self.name}"


def actors_in(statements: Iterable[int], role: str) -> list[Actor]:
    """Who is in this role in any of the statements, the most often first; the public is nobody."""
    parties = (
        Party.objects.filter(statement__in=list(statements), role=role)
        .exclude(kind=PartyKind.PUBLIC)
        .select_related("official", "organization", "post", "country")
        .order_by("pk")
    )
    found: dict[tuple[str, Any], tuple[str, set[int]]] = {}
    for party in parties:
        told = (party.kind, party.actor.pk if party.actor else party.name)
        found.setdefault(told, (party.name, set()))[1].add(party.statement_id)
    actors = [
        Actor(kind, of if isinstance(of, int) else None, name, len(told))
        for (kind, of), (name, told) in found.items()
    ]
    return sorted(actors, key=lambda actor: (-actor.n_statements, actor.name))


def plan_move(*, statements: Iterable[int], role: Role, of: str, to: Official) -> Plan:
    """Works out what changes when an official takes an actor's part in statements.

    `of` is the actor's `code`. The printed name, the basis and a post named in the statement
    stay, since the source says them. Raises RefusedError where nothing would move.
    """
    chosen = sorted(statements)
    actor = next((actor for actor in actors_in(chosen, role) if actor.code == of), None)
    if actor is None:
        raise RefusedError([_("Nobody of that name is in these statements any more.")])
    if (actor.kind, actor.pk) == (PartyKind.OFFICIAL, to.pk):
        raise RefusedError([_("These are theirs already: choose somebody else.")])
    rows = _rows(chosen, role, actor)
    tenures = list(TENURES.filter(official=to))
    moved = repoint(
        SPEAKING,
        rows,
        to=to.pk,
        among=rows_among(SPEAKING, to.pk, rows),
        besides=besides(rows, to, tenures),
    )
    return Plan(
        act=Rearranging.MOVE,
        kind=Official,
        row_id=to.pk,
        summary=f"{actor.name} → {to.name}: {len({row['statement_id'] for row in rows})}",
        changes=bounded(moved.changes),
        collisions=moved.collisions,
    )


@transaction.atomic
def move(
    *,
    statements: Iterable[int],
    role: Role,
    of: str,
    to: Official,
    by: AbstractBaseUser,
    as_shown: str | None = None,
) -> Rearrangement:
    """Moves statements to another speaker, or to another in the role asked for.

    Their keys stay: a key is a name, and no evidence of who spoke. `as_shown` is as for `merge`.
    """
    chosen = sorted(statements)
    list(Statement.objects.select_for_update().filter(pk__in=chosen).order_by("pk").values("pk"))
    found = locked(Official, to.pk)
    if not found:
        raise RefusedError([_("The official is no longer there.")])
    plan = plan_move(statements=chosen, role=role, of=of, to=found[0])
    refuse_other(plan, as_shown)
    return carry_out(plan, by=by)


def besides(
    rows: list[Columns],
    to: Official,
    tenures: list[Tenure],
    *,
    kind: str = PartyKind.OFFICIAL.value,
) -> dict[int, Columns]:
    """What else changes in parties that an official takes over: their kind and their side."""
    seats = seated(parties_of(row["id"] for row in rows), tenures, official=to, kind=kind)
    return {
        seat.before.pk: {
            name: value
            for name, value, before in (
                ("kind", kind, seat.before.kind),
                ("country_id", seat.side_id, seat.before.country_id),
            )
            if value != before
        }
        for seat in seats
    }


def _rows(statements: list[int], role: Role, actor: Actor) -> list[Columns]:
    rows = rows_of(
        Party,
        "t.statement_id = ANY(%s) AND t.role = %s AND t.kind = %s",
        [statements, role.value, actor.kind],
    )
    column = "name_as_printed" if actor.pk is None else f"{actor.kind}_id"
    told = actor.name if actor.pk is None else actor.pk
    return [row for row in rows if row[column] == told]
