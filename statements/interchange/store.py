"""Records -> rows: how each kind of object is created, and how it is changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import connection, models
from django.utils import timezone

from statements.dates import Qualifier
from statements.models import (
    Alias,
    Article,
    Citation,
    Country,
    Event,
    EventParty,
    Link,
    Official,
    Organization,
    Outlet,
    Party,
    Post,
    Redirect,
    Statement,
    Tenure,
    Topic,
)
from statements.models.parties import PartyBase
from statements.records import (
    ArticleRecord,
    CitationRecord,
    CountryRecord,
    EventRecord,
    NameRecord,
    OfficialRecord,
    OrganizationRecord,
    OutletRecord,
    PartyRecord,
    PostRecord,
    RedirectRecord,
    StatementRecord,
    TopicRecord,
)
from statements.vocabulary import Status

from .references import References

PLAIN = {
    "country": (
        "code",
        "name",
        "alpha3",
        "official_name",
        "demonym",
        "existed_from",
        "existed_until",
        "latitude",
        "longitude",
    ),
    "organization": ("slug", "name", "kind", "website"),
    "post": ("slug", "title"),
    "official": ("slug", "name", "sort_name", "identifiers", "note"),
    "outlet": ("slug", "name", "website", "language"),
    "article": (
        "slug",
        "title",
        "url",
        "archived_url",
        "published_on",
        "language",
        "kind",
        "agency",
        "byline",
        "body",
        "repository",
        "collection",
        "box",
        "folder",
        "document_number",
    ),
    "topic": ("slug", "name", "description"),
    "event": (
        "slug",
        "title",
        "kind",
        "started_on",
        "ended_on",
        "place",
        "url",
        "is_seen",
        "description",
    ),
    "statement": (
        "key",
        "text",
        "language",
        "form",
        "text_status",
        "original_text",
        "original_language",
        "translator",
        "said_on",
        "said_on_until",
        "said_on_basis",
        "undated_reason",
        "channel",
        "channel_basis",
        "platform",
        "basis_note",
        "acts",
        "event_order",
        "standing",
        "standing_note",
        "status",
        "withdrawal_reason",
        "note",
    ),
}


def _fill(row: models.Model, record: Any, names: Iterable[str]) -> None:
    """Copies plain fields; nothing told is "" in a text column and NULL elsewhere."""
    for name in names:
        value = getattr(record, name)
        if value is None and not row._meta.get_field(name).null:
            value = ""
        setattr(row, name, value)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of record becomes rows.

    `fill` sets the columns of a row; `add_parts` writes the parts of rows that have none yet, for
    a whole batch at once; `remove_parts` takes the parts of one row away before they are written
    anew.
    """

    model: type[models.Model]
    key: str
    fill: Callable[[Any, Any, References], None]
    add_parts: Callable[[Sequence[tuple[Any, Any]], References], None] | None = None
    remove_parts: Callable[[Any], None] | None = None


# --- Actors, sources, topics ---------------------------------------------------------------------


def _fill_country(row: Country, record: CountryRecord, references: References) -> None:
    _fill(row, record, PLAIN["country"])


def _fill_organization(
    row: Organization, record: OrganizationRecord, references: References
) -> None:
    _fill(row, record, PLAIN["organization"])
    row.country = references.get("country", record.country)


def _fill_post(row: Post, record: PostRecord, references: References) -> None:
    _fill(row, record, PLAIN["post"])
    row.organization = references.get("organization", record.organization)
    row.country = references.get("country", record.country)


def default_sort_name(name: str) -> str:
    """The last word of a name, for want of a better one."""
    return name.split()[-1]


def _fill_official(row: Official, record: OfficialRecord, references: References) -> None:
    _fill(row, record, PLAIN["official"])
    row.sort_name = record.sort_name or default_sort_name(record.name)
    row.country = references.get("country", record.country)


def _fill_outlet(row: Outlet, record: OutletRecord, references: References) -> None:
    _fill(row, record, PLAIN["outlet"])
    row.country = references.get("country", record.country)


def _fill_article(row: Article, record: ArticleRecord, references: References) -> None:
    _fill(row, record, PLAIN["article"])
    row.outlet = references.get("outlet", record.outlet)
    row.based_on = references.get("article", record.based_on)


def _fill_topic(row: Topic, record: TopicRecord, references: References) -> None:
    _fill(row, record, PLAIN["topic"])


def _fill_redirect(row: Redirect, record: RedirectRecord, references: References) -> None:
    row.kind, row.old_slug, row.new_slug = record.kind, record.from_, record.to


def _aliases(row: Any, names: Iterable[str | NameRecord], owner: str) -> list[Alias]:
    return [
        Alias(
            name=name if isinstance(name, str) else name.name,
            language="" if isinstance(name, str) else name.language or "",
            position=position,
            **{owner: row},
        )
        for position, name in enumerate(names)
    ]


def _alias_adder(owner: str) -> Callable[[Sequence[tuple[Any, Any]], References], None]:
    def add(pairs: Sequence[tuple[Any, Any]], references: References) -> None:
        Alias.objects.bulk_create(
            alias for row, record in pairs for alias in _aliases(row, record.aliases, owner)
        )

    return add


def _remove_aliases(row: Any) -> None:
    row.aliases.all().delete()


def _add_official_parts(
    pairs: Sequence[tuple[Official, OfficialRecord]], references: References
) -> None:
    _alias_adder("official")(pairs, references)
    Tenure.objects.bulk_create(
        Tenure(
            official=row,
            post=references.get("post", tenure.post),
            started_on=tenure.started_on,
            ended_on=tenure.ended_on,
            acting=tenure.acting,
        )
        for row, record in pairs
        for tenure in record.tenures
    )


def _remove_official_parts(row: Official) -> None:
    _remove_aliases(row)
    row.tenures.all().delete()


# --- Events --------------------------------------------------------------------------------------


def fill_party(party: PartyBase, record: PartyRecord, references: References) -> None:
    """Fills in a party whose statement or event is set; its side follows from its actor.

    A capacity that is just what the archive would show anyway is not kept as chosen.
    """
    party.role, party.basis = record.role, record.basis
    party.kind = record.kind or ""
    for name in ("official", "post", "organization", "country"):
        setattr(party, name, references.get(name, getattr(record, name)))
    party.name_as_printed = record.name_as_printed or ""
    party.form, party.channel = record.form or "", record.channel or ""
    if party.country is None:
        party.country = party.default_side
    if record.capacity and record.capacity != party.derived_capacity:
        party.chosen_capacity = record.capacity


def _fill_event(row: Event, record: EventRecord, references: References) -> None:
    _fill(row, record, PLAIN["event"])


def _add_event_parts(pairs: Sequence[tuple[Event, EventRecord]], references: References) -> None:
    through = Event.countries.through
    through.objects.bulk_create(
        through(event=row, country=references.get("country", code))
        for row, record in pairs
        for code in record.countries
    )
    parties = []
    for row, record in pairs:
        for position, told in enumerate(record.parties):
            party = EventParty(event=row, position=position)
            fill_party(party, told, references)
            parties.append(party)
    EventParty.objects.bulk_create(parties)


def _remove_event_parts(row: Event) -> None:
    row.countries.clear()
    row.parties.all().delete()


# --- Statements ----------------------------------------------------------------------------------


def _fill_statement(row: Statement, record: StatementRecord, references: References) -> None:
    _fill(row, record, PLAIN["statement"])
    row.said_on_qualifier = record.said_on_qualifier or Qualifier.ON
    row.say_at(record.said_at)
    row.event = references.get("event", record.event)
    now = timezone.now()
    row.updated_at = record.updated_at or now
    is_out = record.status in (Status.PUBLISHED, Status.WITHDRAWN)
    row.published_at = record.published_at or row.published_at or (now if is_out else None)


def parties_of(row: Statement, record: StatementRecord, references: References) -> list[Party]:
    parties = []
    for position, told in enumerate(record.parties):
        party = Party(
            statement=row, position=position, article=references.get("article", told.article)
        )
        fill_party(party, told, references)
        parties.append(party)
    return parties


def citation_of(
    row: Statement, record: CitationRecord, position: int, references: References, now: datetime
) -> Citation:
    """A citation with its check as told, else made here against the stored text."""
    citation = Citation(
        statement=row,
        article=references.get("article", record.article),
        position=position,
        start=record.start,
        checked_at=record.checked_at,
    )
    _fill(citation, record, ("locator", "form", "text_status", "quote", "prefix", "suffix"))
    if record.check:
        citation.check_result = record.check
    else:
        citation.recheck(at=now)
    return citation


def _add_statement_parts(
    pairs: Sequence[tuple[Statement, StatementRecord]], references: References
) -> None:
    now = timezone.now()
    Citation.objects.bulk_create(
        citation_of(row, citation, position, references, now)
        for row, record in pairs
        for position, citation in enumerate(record.citations)
    )
    topics, about = Statement.topics.through, Statement.about_events.through
    topics.objects.bulk_create(
        topics(statement=row, topic=references.get("topic", slug))
        for row, record in pairs
        for slug in record.topics
    )
    about.objects.bulk_create(
        about(statement=row, event=references.get("event", slug))
        for row, record in pairs
        for slug in record.about_events
    )


def _remove_statement_parts(row: Statement) -> None:
    row.parties.all().delete()
    row.citations.all().delete()
    row.topics.clear()
    row.about_events.clear()


def create_statements(
    pairs: Sequence[tuple[Statement, StatementRecord]], references: References
) -> None:
    """Writes new statements with their parties first.

    The trigger that derives account, basis and search tokens as a statement is written then
    finds the parties there, and no statement is written twice; the foreign key is checked at
    the end of the transaction.
    """
    for (row, _), pk in zip(pairs, next_ids(Statement, len(pairs)), strict=True):
        row.pk = pk
    Party.objects.bulk_create(
        party for row, record in pairs for party in parties_of(row, record, references)
    )
    Statement.objects.bulk_create([row for row, _ in pairs])
    _add_statement_parts(pairs, references)


def next_ids(model: type[models.Model], n: int) -> list[int]:
    """Takes `n` numbers from the sequence of the model's primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, n],
        )
        return [number for (number,) in cursor.fetchall()]


def add_links(row_id: int, record: StatementRecord, targets: dict[str, int]) -> list[Link]:
    """The links of one statement, once all statements of the run are there."""
    return [
        Link(
            statement_id=row_id, kind=link.kind, target_id=targets[link.statement], position=number
        )
        for number, link in enumerate(record.links)
    ]


KINDS: dict[str, Kind] = {
    "country": Kind(Country, "code", _fill_country, _alias_adder("country"), _remove_aliases),
    "organization": Kind(
        Organization, "slug", _fill_organization, _alias_adder("organization"), _remove_aliases
    ),
    "post": Kind(Post, "slug", _fill_post),
    "official": Kind(Official, "slug", _fill_official, _add_official_parts, _remove_official_parts),
    "outlet": Kind(Outlet, "slug", _fill_outlet),
    "article": Kind(Article, "slug", _fill_article),
    "topic": Kind(Topic, "slug", _fill_topic),
    "event": Kind(Event, "slug", _fill_event, _add_event_parts, _remove_event_parts),
    "statement": Kind(
        Statement, "key", _fill_statement, _add_statement_parts, _remove_statement_parts
    ),
    "redirect": Kind(Redirect, "old_slug", _fill_redirect),
}


def create(kind: str, records: Sequence[Any], references: References) -> None:
    """Writes rows that are not there yet, with their parts."""
    handler = KINDS[kind]
    pairs = [(handler.model(), record) for record in records]
    for row, record in pairs:
        handler.fill(row, record, references)
    if kind == "statement":
        create_statements(cast("list[tuple[Statement, StatementRecord]]", pairs), references)
        return
    handler.model._default_manager.bulk_create([row for row, _ in pairs])
    if handler.add_parts:
        handler.add_parts(pairs, references)


def change(kind: str, row: Any, record: Any, references: References) -> None:
    """Makes a row, and its parts, what the record says."""
    handler = KINDS[kind]
    handler.fill(row, record, references)
    row.save()
    if handler.remove_parts:
        handler.remove_parts(row)
    if kind == "statement":
        Party.objects.bulk_create(parties_of(row, record, references))
    if handler.add_parts:
        handler.add_parts([(row, record)], references)
