"""Records of parties -> rows: who takes part, and for which side."""

from collections.abc import Iterable
from typing import Any

from statements.dates import Qualifier
from statements.models import Event, EventParty, Party, Statement
from statements.models.parties import PartyBase
from statements.records import EventRecord, PartyRecord, StatementRecord

from .references import References

PARTY_COLUMNS = (
    "role",
    "basis",
    "kind",
    "official_id",
    "post_id",
    "organization_id",
    "country_id",
    "name_as_printed",
    "form",
    "channel",
    "chosen_capacity",
)


def party_values(
    told: PartyRecord, whole: StatementRecord | EventRecord, references: References
) -> list[Any]:
    """The values of a party's columns; `whole` is what it takes part in.

    Most parties tell their side and leave their capacity to the archive, so that no row of an
    official or a post is needed.
    """
    country, capacity = references.id("country", told.country), ""
    if _needs_rows(told):
        party = party_to(whole, told, references)
        country, capacity = party.country_id, party.chosen_capacity
    return [
        told.role,
        told.basis,
        told.kind or "",
        references.id("official", told.official),
        references.id("post", told.post),
        references.id("organization", told.organization),
        country,
        told.name_as_printed or "",
        told.form or "",
        told.channel or "",
        capacity,
    ]


def _needs_rows(told: PartyRecord) -> bool:
    """Whether a side or a capacity has to be worked out from the actor."""
    if told.capacity is not None:
        return True
    return told.country is None and bool(told.official or told.post or told.organization)


def fetch_actors(wholes: Iterable[StatementRecord | EventRecord], references: References) -> None:
    """Fetches the rows that `party_values` needs, which cannot ask for them amid a COPY."""
    parties = [party for whole in wholes for party in whole.parties if _needs_rows(party)]
    for kind in PartyRecord.references if parties else ():
        named = {getattr(party, kind) for party in parties} - {None}
        references.fetch(kind, named)


def party_to(
    whole: StatementRecord | EventRecord, told: PartyRecord, references: References
) -> PartyBase:
    """A party to a statement or an event that need not be in the database, filled in."""
    party: PartyBase
    if isinstance(whole, EventRecord):
        party = EventParty(event=Event(started_on=whole.started_on))
    else:
        statement = Statement(
            said_on=whole.said_on,
            said_on_qualifier=whole.said_on_qualifier or Qualifier.ON,
            said_on_until=whole.said_on_until,
        )
        party = Party(statement=statement, article=references.row("article", told.article))
    fill_party(party, told, references)
    return party


def fill_party(party: PartyBase, record: PartyRecord, references: References) -> None:
    """Fills in a party whose statement or event is set; its side follows from its actor.

    A capacity that is just what the archive would show anyway is not kept as chosen.
    """
    party.role, party.basis = record.role, record.basis
    party.kind = record.kind or ""
    for name in ("official", "post", "organization", "country"):
        setattr(party, name, references.row(name, getattr(record, name)))
    party.name_as_printed = record.name_as_printed or ""
    party.form, party.channel = record.form or "", record.channel or ""
    if party.country is None:
        party.country = party.default_side
    if record.capacity and record.capacity != party.derived_capacity:
        party.chosen_capacity = record.capacity
