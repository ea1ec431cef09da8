"""The sides of parties that follow from an actor, worked out anew when the actor is replaced."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from statements.models import Official, Party, Statement, Tenure
from statements.models.parties import PARTY_RELATIONS
from statements.vocabulary import PartyKind

TENURES = Tenure.objects.select_related("post__country", "post__organization__country")
DAYS = ("said_on", "said_on_qualifier", "said_on_until", "key", "status")


@dataclass(frozen=True, slots=True)
class Seat:
    """A party as it is, and as it is with another actor."""

    before: Party
    after: Party

    @property
    def side_id(self) -> int | None:
        """The side it then stands for: its own, unless that followed from the actor before."""
        was_derived = self.before.country_id is None or (
            self.before.country == self.before.default_side
        )
        # The side of a country that speaks is the actor itself.
        if not was_derived or self.before.kind == PartyKind.COUNTRY:
            return self.before.country_id
        side = self.after.default_side
        return side.pk if side else None


def parties_of(pks: Iterable[int]) -> list[Party]:
    """Parties with what their sides and capacities are worked out from, in three queries."""
    statements = Statement.objects.only(*DAYS)
    officials = Official.objects.select_related("country").prefetch_related(
        Prefetch("tenures", queryset=TENURES)
    )
    relations = [name for name in PARTY_RELATIONS if not name.startswith("official")]
    return list(
        Party.objects.filter(pk__in=list(pks))
        .select_related(*relations)
        .prefetch_related(
            Prefetch("statement", queryset=statements), Prefetch("official", queryset=officials)
        )
        .order_by("statement__key", "position", "pk")
    )


def seated(parties: Iterable[Party], tenures: Sequence[Tenure], **actors: Any) -> list[Seat]:
    """Each party with other actors; `tenures` are what the official then holds."""
    return [Seat(party, _with(party, tenures, actors)) for party in parties]


def _with(party: Party, tenures: Sequence[Tenure], actors: Mapping[str, Any]) -> Party:
    after = copy(party)
    for derived in ("actor", "tenures_held"):
        after.__dict__.pop(derived, None)
    for name, actor in actors.items():
        setattr(after, name, actor)
    if "official" in actors and not after.post and after.days:
        after.__dict__["tenures_held"] = [t for t in tenures if t.covers(*after.days)]
    return after
