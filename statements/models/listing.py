"""What lists show of statements, loaded for a page at little cost.

A page names few actors many times. Django's own prefetching makes an object of each mention, and
of everything each is joined with; here every actor is one object, which all its parties share.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from statements.vocabulary import PartyKind

from .actors import Country, Official, Organization, Post, Tenure
from .parts import Party
from .statements import Statement, StatementQuerySet

SHOWN = (
    "key",
    "text",
    "language",
    "form",
    "original_text",
    "original_language",
    "said_on",
    "said_on_qualifier",
    "said_on_until",
    "said_on_basis",
    "sort_on",
    "channel",
    "platform",
    "account",
    "standing",
    "published_at",
    "updated_at",
)
Row = TypeVar("Row", bound=Model)


def listed(statements: StatementQuerySet) -> list[Statement]:
    """Loads statements with what a list shows of them and their parties; seven queries at most.

    What a list does not show costs a query each when it is asked for all the same.
    """
    rows = list(statements.only(*SHOWN))
    if rows:
        give_parties(rows)
    return rows


def give_parties(statements: Iterable[Statement]) -> list[Party]:
    """Gives statements their parties, with the actors that all of them share."""
    by_id = {statement.pk: statement for statement in statements}
    parties = list(Party.objects.filter(statement__in=by_id))
    members: dict[int, list[Party]] = defaultdict(list)
    for party in parties:
        party.statement = by_id[party.statement_id]
        members[party.statement_id].append(party)
    _give_actors(parties)
    every_party = Party.objects.all()
    for pk, statement in by_id.items():
        give(statement, "parties", every_party, members[pk])
    return parties


def _give_actors(parties: Iterable[Party]) -> None:
    """Gives each party its actors; its side only where that is who speaks."""
    officials = load(Official.objects.only("slug", "name", "sort_name"), ids(parties, "official"))
    tenures = list(Tenure.objects.filter(official__in=officials)) if officials else []
    posts = load(Post.objects.all(), ids([*parties, *tenures], "post"))
    named = [*parties, *posts.values()]
    organizations = load(Organization.objects.all(), ids(named, "organization"))
    states = [party for party in parties if party.kind == PartyKind.COUNTRY]
    belonging = [*states, *posts.values(), *organizations.values()]
    countries = load(Country.objects.only("code", "name"), ids(belonging, "country"))
    join(belonging, "country", countries)
    join(named, "organization", organizations)
    join([*tenures, *parties], "post", posts)
    join(parties, "official", officials)
    held: dict[int, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        held[tenure.official_id].append(tenure)
    every_tenure = Tenure.objects.all()
    for pk, official in officials.items():
        give(official, "tenures", every_tenure, held[pk])


def ids(rows: Iterable[Any], column: str) -> set[int]:
    """The ids that a foreign key names."""
    return {getattr(row, f"{column}_id") for row in rows} - {None}


def load(rows: QuerySet[Row], pks: set[int]) -> dict[int, Row]:
    """The rows of these ids, by their ids."""
    return {row.pk: row for row in rows.filter(pk__in=pks).order_by()} if pks else {}


def join(rows: Iterable[Any], column: str, targets: dict[int, Any]) -> None:
    """Sets a foreign key to the object that it names, for all to share."""
    for row in rows:
        pk = getattr(row, f"{column}_id")
        if pk is not None:
            setattr(row, column, targets[pk])


def give(row: Model, relation: str, every: QuerySet[Any], found: list[Any]) -> None:
    """Makes `row.relation.all()` what was found, as `prefetch_related` does.

    The query of all these rows is shared: whatever narrows it copies it first.
    """
    given: Any = type(every)(every.model, every.query)
    given._result_cache = found
    given._prefetch_done = True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = given
