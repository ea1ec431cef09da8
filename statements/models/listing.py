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
        _give_parties(rows)
    return rows


def _give_parties(statements: Iterable[Statement]) -> None:
    by_id = {statement.pk: statement for statement in statements}
    parties = list(Party.objects.filter(statement__in=by_id))
    members: dict[int, list[Party]] = defaultdict(list)
    for party in parties:
        party.statement = by_id[party.statement_id]
        members[party.statement_id].append(party)
    _give_actors(parties)
    every_party = Party.objects.all()
    for pk, statement in by_id.items():
        _give(statement, "parties", every_party, members[pk])


def _give_actors(parties: Iterable[Party]) -> None:
    """Gives each party its actors; its side only where that is who speaks."""
    officials = _load(Official.objects.only("slug", "name"), _ids(parties, "official"))
    tenures = list(Tenure.objects.filter(official__in=officials)) if officials else []
    posts = _load(Post.objects.all(), _ids([*parties, *tenures], "post"))
    named = [*parties, *posts.values()]
    organizations = _load(Organization.objects.all(), _ids(named, "organization"))
    states = [party for party in parties if party.kind == PartyKind.COUNTRY]
    belonging = [*states, *posts.values(), *organizations.values()]
    countries = _load(Country.objects.only("code", "name"), _ids(belonging, "country"))
    _join(belonging, "country", countries)
    _join(named, "organization", organizations)
    _join([*tenures, *parties], "post", posts)
    _join(parties, "official", officials)
    held: dict[int, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        held[tenure.official_id].append(tenure)
    every_tenure = Tenure.objects.all()
    for pk, official in officials.items():
        _give(official, "tenures", every_tenure, held[pk])


def _ids(rows: Iterable[Any], column: str) -> set[int]:
    ids = {getattr(row, f"{column}_id") for row in rows}
    return ids - {None}


def _load(rows: QuerySet[Row], ids: set[int]) -> dict[int, Row]:
    return {row.pk: row for row in rows.filter(pk__in=ids).order_by()} if ids else {}


def _join(rows: Iterable[Any], column: str, targets: dict[int, Any]) -> None:
    """Sets a foreign key to the object that it names, for all to share."""
    for row in rows:
        pk = getattr(row, f"{column}_id")
        if pk is not None:
            setattr(row, column, targets[pk])


def _give(row: Model, relation: str, every: QuerySet[Any], found: list[Any]) -> None:
    """Makes `row.relation.all()` what was found, as `prefetch_related` does.

    The query of all these rows is shared: whatever narrows it copies it first.
    """
    given: Any = type(every)(every.model, every.query)
    given._result_cache = found
    given._prefetch_done = True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = given
