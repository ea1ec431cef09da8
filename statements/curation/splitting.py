"""One official parted into two: which statements, tenures and names are the other's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from statements.models import (
    Alias,
    EventParty,
    Official,
    Party,
    Rearrangement,
    Rearranging,
    Tenure,
)

from .changes import Change, rows_of
from .errors import RefusedError
from .merging import locked, refuse_other
from .moving import besides
from .rearranging import NEW, Plan, bounded, carry_out
from .relations import Collision, Relation, repoint, rows_among
from .sides import TENURES

PARTS: Mapping[str, type[models.Model]] = {
    "tenures": Tenure,
    "aliases": Alias,
    "parties": Party,
    "event_parties": EventParty,
}


@dataclass(frozen=True, slots=True)
class Share:
    """The rows of an official that are given to another, by their ids."""

    tenures: frozenset[int] = field(default_factory=frozenset)
    aliases: frozenset[int] = field(default_factory=frozenset)
    parties: frozenset[int] = field(default_factory=frozenset)
    event_parties: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of(cls, **pks: Iterable[int]) -> "Share":
        return cls(**{name: frozenset(chosen) for name, chosen in pks.items()})


def plan_split(*, official: Official, to: Official, share: Share) -> Plan:
    """Works out what changes when rows of an official are given to another.

    `to` may be new: it is then entered first. Raises RefusedError where nothing was chosen, or
    the new one cannot be entered as it is.
    """
    _refuse_itself(official, to)
    is_new = to.pk is None
    if is_new:
        _refuse_unsound(to)
    tenures = list(TENURES.filter(official=to)) if not is_new else []
    tenures += TENURES.filter(official=official, pk__in=share.tenures)
    changes: list[Change] = []
    collisions: list[Collision] = []
    for name, model in PARTS.items():
        relation = Relation(model, "official_id")
        pks = sorted(getattr(share, name))
        rows = rows_of(model, "t.official_id = %s AND t.id = ANY(%s)", [official.pk, pks])
        moved = repoint(
            relation,
            rows,
            to=NEW if is_new else to.pk,
            among=[] if is_new else rows_among(relation, to.pk, rows),
            besides=besides(rows, to, tenures) if model is Party else None,
        )
        changes += moved.changes
        collisions += moved.collisions
    if not changes:
        raise RefusedError([_("Choose what is the other's: a statement, a tenure or a name.")])
    return Plan(
        act=Rearranging.SPLIT,
        kind=Official,
        row_id=NEW if is_new else to.pk,
        summary=f"{official.name} ({official.slug}) ⇉ {to.name} ({to.slug})",
        changes=bounded(changes),
        collisions=tuple(collisions),
        made=to if is_new else None,
    )


@transaction.atomic
def split(
    *,
    official: Official,
    to: Official,
    share: Share,
    by: AbstractBaseUser,
    as_shown: str | None = None,
) -> Rearrangement:
    """Gives rows of an official to another, new or existing. `as_shown` is as for `merge`."""
    _refuse_itself(official, to)
    pks = [pk for pk in (official.pk, to.pk) if pk is not None]
    rows = {row.pk: row for row in locked(Official, *pks)}
    if len(rows) < len(pks):
        raise RefusedError([_("One of the two is no longer there.")])
    plan = plan_split(official=rows[official.pk], to=rows[to.pk] if to.pk else to, share=share)
    refuse_other(plan, as_shown)
    return carry_out(plan, by=by)


def _refuse_itself(official: Official, to: Official) -> None:
    if official.pk == to.pk:
        raise RefusedError([_("Choose two different ones of one kind.")])


def _refuse_unsound(official: Official) -> None:
    try:
        official.full_clean()
    except ValidationError as error:
        raise RefusedError(error.messages) from error
