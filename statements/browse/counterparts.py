"""Whom an official, an organization or a country addresses, and who addresses it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, Value
from django.urls import reverse

from statements.models import Party, Statement
from statements.search.pairs import ROUTES
from statements.vocabulary import PartyKind, Role

from .tallies import Tally, recorded_last, statements_url, with_shares

N_COUNTERPARTS = 8
# What each kind of actor is found by, and the parameters of the list of statements.
KEYS = {"official": "slug", "organization": "slug", "country": "code"}
SPEAKER = {"official": "speaker", "organization": "speaker_organization", "country": "from"}
ADDRESSEE = {"official": "addressee", "organization": "addressee_organization", "country": "to"}


class Facing(NamedTuple):
    """A party on the other side of one statement, with the names of what it stands for."""

    statement: int
    role: str
    kind: str
    official: str | None
    official_name: str | None
    organization: str | None
    organization_name: str | None
    country: str | None
    country_name: str | None


@dataclass
class Counterparts:
    """Who is on the other side, by kind of actor, each kind with its most frequent first."""

    officials: list[Tally] = field(default_factory=list)
    organizations: list[Tally] = field(default_factory=list)
    countries: list[Tally] = field(default_factory=list)
    n_to_the_public: int = 0

    def __bool__(self) -> bool:
        return bool(self.officials or self.organizations or self.countries or self.n_to_the_public)


def counterparts(
    column: str, actor: Any, *, of: tuple[str, ...]
) -> tuple[Counterparts, Counterparts]:
    """Whom an actor addresses, and who addresses it, counted by statement.

    `column` is the one that the actor fills in a party, `of` are those of the counterparts asked
    for. Reads the last statements recorded of the actor in either role, in one query.
    """
    said = recorded_last(Role.SPEAKER, column, actor.pk)
    heard = recorded_last(Role.ADDRESSEE, column, actor.pk)
    rows = _facing(said, Role.ADDRESSEE, of).union(_facing(heard, Role.SPEAKER, of), all=True)
    facing = [Facing(*row) for row in rows]
    addressees = [party for party in facing if party.role == Role.ADDRESSEE]
    addressers = [party for party in facing if party.role == Role.SPEAKER]
    left_out = _own_side(column, actor)
    key = left_out[column]
    return (
        _counted(addressees, of, left_out, {SPEAKER[column]: key}, ADDRESSEE),
        _counted(addressers, of, left_out, {ADDRESSEE[column]: key}, SPEAKER),
    )


def _facing(
    statements: QuerySet[Statement], role: Role, of: tuple[str, ...]
) -> QuerySet[Party, Any]:
    """The parties in a role; nothing is told of actors that are not asked for."""
    parties = Party.objects.filter(statement__in=statements, role=role).order_by()
    named = [
        F(f"{column}__{name}") if column in of else Value(None, output_field=CharField())
        for column, key in KEYS.items()
        for name in (key, "name")
    ]
    as_role = Value(role.value, output_field=CharField())
    return parties.values_list("statement_id", as_role, "kind", *named)


def _own_side(column: str, actor: Any) -> dict[str, str]:
    """What is left out: in a statement to each other everyone would address his own side."""
    own = {column: getattr(actor, KEYS[column])}
    if column != "country" and actor.country:
        own["country"] = actor.country.code
    return own


def _counted(
    facing: Iterable[Facing],
    of: tuple[str, ...],
    left_out: dict[str, str],
    own: dict[str, str],
    parameters: dict[str, str],
) -> Counterparts:
    parties = list(facing)
    tallies = {
        column: _tallies(parties, column, left_out.get(column), own, parameters) for column in of
    }
    public = {party.statement for party in parties if party.kind == PartyKind.PUBLIC}
    return Counterparts(
        officials=tallies.get("official", []),
        organizations=tallies.get("organization", []),
        countries=tallies.get("country", []),
        n_to_the_public=len(public),
    )


def _tallies(
    parties: list[Facing],
    column: str,
    but: str | None,
    own: dict[str, str],
    parameters: dict[str, str],
) -> list[Tally]:
    """Counts each actor once a statement, and keeps the most frequent."""
    read = attrgetter("statement", column, f"{column}_name")
    pairs = {read(party) for party in parties}
    counts = Counter((key, name) for _, key, name in pairs if key and key != but)
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))[:N_COUNTERPARTS]
    return with_shares(
        Tally(
            name,
            statements_url(**own, **{parameters[column]: key}),
            n,
            both_url=_both_url(column, own, key),
        )
        for (key, name), n in most
    )


def _both_url(column: str, own: dict[str, str], key: str) -> str:
    """The page of what an actor and one of the same kind said to each other."""
    mine = own.get(SPEAKER[column]) or own.get(ADDRESSEE[column])
    route = {kind.value: name for kind, name in ROUTES.items()}.get(column)
    return reverse(route, args=[mine, key]) if mine and route else ""
