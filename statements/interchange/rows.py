"""Records -> values of rows: what each kind of object becomes in the tables of the database.

Values are as psycopg takes them. What belongs to an object, a party or a citation, is a part: a row
of a table of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Model
from psycopg.types.json import Jsonb

from statements.dates import PartialDate, Qualifier
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
from statements.records import (
    EventRecord,
    OfficialRecord,
    RedirectRecord,
    StatementRecord,
)
from statements.vocabulary import Status

from .columns import CITATION, PLAIN
from .parties import PARTY_COLUMNS, party_values
from .references import References

Values = list[Any]
PartValues = Callable[[Any, int, References], Iterator[Values]]


@dataclass(frozen=True)
class Table:
    """A table, and the columns that an import writes; the database fills in the others."""

    model: type[Model]
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True)
class Part(Table):
    """The rows of one field of an object; `values` makes them for an owner of that number."""

    field: str
    owner: str
    values: PartValues

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The columns that say something; of the position only the order does."""
        return tuple(name for name in self.columns if name not in (self.owner, "position"))

    @cached_property
    def tell(self) -> Callable[[Values], tuple[Any, ...]]:
        """Takes their values out of those of all columns."""
        places = [self.columns.index(name) for name in self.telling]
        return lambda values: tuple([values[place] for place in places])


def nothing(record: Any, now: datetime) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True)
class Kind:
    """How one kind of record becomes a row.

    `plain` columns have the name of the field that tells them, `foreign` fields name one other
    object. `own` makes the values of the further columns `own_columns`, from the record and the
    instant of the import. Parts are written in their order, before the row itself.
    """

    model: type[Model]
    key: str
    plain: tuple[str, ...]
    foreign: tuple[tuple[str, str], ...] = ()
    own_columns: tuple[str, ...] = ()
    own: Callable[[Any, datetime], tuple[Any, ...]] = nothing
    parts: tuple[Part, ...] = ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        foreign = (f"{field}_id" for field, _kind in self.foreign)
        return (*self.plain, *foreign, *self.own_columns)

    @cached_property
    def table(self) -> Table:
        return Table(self.model, ("id", *self.columns))

    @cached_property
    def _told(self) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[str | None, ...]]:
        fields = [self.model._meta.get_field(name) for name in self.plain]
        return _taking(self.plain), tuple(None if field.null else "" for field in fields)

    def values(self, record: Any, references: References, now: datetime) -> Values:
        """The values of the columns; nothing told is "" in a text column and NULL elsewhere."""
        told, empty = self._told
        return [
            *[
                without if value is None else str(value) if type(value) is PartialDate else value
                for value, without in zip(told(record), empty, strict=True)
            ],
            *(references.id(kind, getattr(record, field)) for field, kind in self.foreign),
            *self.own(record, now),
        ]


def _taking(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Like attrgetter, and a tuple also of one name alone."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple([getattr(record, name) for name in names])


def kept(value: Any, empty: Any = None) -> Any:
    if value is None:
        return empty
    return str(value) if isinstance(value, PartialDate) else value


# --- Parts ---------------------------------------------------------------------------------------


def _aliases(owner: str) -> Part:
    def values(record: Any, owner_id: int, references: References) -> Iterator[Values]:
        for position, name in enumerate(record.aliases):
            told = (name, "") if isinstance(name, str) else (name.name, name.language or "")
            yield [owner_id, position, *told]

    columns = (f"{owner}_id", "position", "name", "language")
    return Part(Alias, columns, "aliases", f"{owner}_id", values)


def _tenures(record: OfficialRecord, owner: int, references: References) -> Iterator[Values]:
    for tenure in record.tenures:
        post = references.id("post", tenure.post)
        yield [owner, post, kept(tenure.started_on), kept(tenure.ended_on), tenure.acting]


def _many(model: type[Model], owner: str, field: str, kind: str) -> Part:
    """The rows between an object and those of another kind that one of its fields lists."""

    def values(record: Any, owner_id: int, references: References) -> Iterator[Values]:
        for slug in getattr(record, field):
            yield [owner_id, references.id(kind, slug)]

    return Part(model, (f"{owner}_id", f"{kind}_id"), field, f"{owner}_id", values)


def _event_parties(record: EventRecord, owner: int, references: References) -> Iterator[Values]:
    for position, told in enumerate(record.parties):
        yield [owner, position, *party_values(told, record, references)]


def _parties(record: StatementRecord, owner: int, references: References) -> Iterator[Values]:
    for position, told in enumerate(record.parties):
        article = references.id("article", told.article)
        yield [owner, position, article, *party_values(told, record, references)]


_citation = attrgetter(*CITATION)


def _citations(record: StatementRecord, owner: int, references: References) -> Iterator[Values]:
    """A citation without a check has been checked before (see `checking`)."""
    for position, told in enumerate(record.citations):
        yield [
            owner,
            references.id("article", told.article),
            position,
            told.start,
            told.check,
            told.checked_at,
            *(value or "" for value in _citation(told)),
        ]


LINK_TABLE = Table(Link, ("statement_id", "kind", "target_id", "position"))


# --- Columns that are more than a field ----------------------------------------------------------


def default_sort_name(name: str) -> str:
    """The last word of a name, for want of a better one."""
    return name.split()[-1]


def _official(record: OfficialRecord, now: datetime) -> tuple[Any, ...]:
    return record.sort_name or default_sort_name(record.name), Jsonb(record.identifiers)


def _redirect(record: RedirectRecord, now: datetime) -> tuple[Any, ...]:
    return record.from_, record.to


STATEMENT_OWN = (
    "said_on_qualifier",
    "said_at",
    "said_at_offset",
    "updated_at",
    "published_at",
)


def _statement(record: StatementRecord, now: datetime) -> tuple[Any, ...]:
    is_out = record.status in (Status.PUBLISHED, Status.WITHDRAWN)
    offset = record.said_at.utcoffset() if record.said_at else None
    return (
        record.said_on_qualifier or Qualifier.ON,
        record.said_at,
        offset // timedelta(minutes=1) if offset else 0,
        record.updated_at or now,
        record.published_at or (now if is_out else None),
    )


_COUNTRY = (("country", "country"),)
KINDS: dict[str, Kind] = {
    "country": Kind(Country, "code", PLAIN["country"], parts=(_aliases("country"),)),
    "organization": Kind(
        Organization, "slug", PLAIN["organization"], _COUNTRY, parts=(_aliases("organization"),)
    ),
    "post": Kind(Post, "slug", PLAIN["post"], (("organization", "organization"), *_COUNTRY)),
    "official": Kind(
        Official,
        "slug",
        PLAIN["official"],
        _COUNTRY,
        ("sort_name", "identifiers"),
        _official,
        (
            _aliases("official"),
            Part(
                Tenure,
                ("official_id", "post_id", "started_on", "ended_on", "acting"),
                "tenures",
                "official_id",
                _tenures,
            ),
        ),
    ),
    "outlet": Kind(Outlet, "slug", PLAIN["outlet"], _COUNTRY),
    "article": Kind(
        Article, "slug", PLAIN["article"], (("outlet", "outlet"), ("based_on", "article"))
    ),
    "topic": Kind(Topic, "slug", PLAIN["topic"]),
    "event": Kind(
        Event,
        "slug",
        PLAIN["event"],
        parts=(
            _many(Event.countries.through, "event", "countries", "country"),
            Part(
                EventParty,
                ("event_id", "position", *PARTY_COLUMNS),
                "parties",
                "event_id",
                _event_parties,
            ),
        ),
    ),
    "statement": Kind(
        Statement,
        "key",
        PLAIN["statement"],
        (("event", "event"),),
        STATEMENT_OWN,
        _statement,
        (
            Part(
                Party,
                ("statement_id", "position", "article_id", *PARTY_COLUMNS),
                "parties",
                "statement_id",
                _parties,
            ),
            Part(
                Citation,
                (
                    "statement_id",
                    "article_id",
                    "position",
                    "start",
                    "check_result",
                    "checked_at",
                    *CITATION,
                ),
                "citations",
                "statement_id",
                _citations,
            ),
            _many(Statement.topics.through, "statement", "topics", "topic"),
            _many(Statement.about_events.through, "statement", "about_events", "event"),
        ),
    ),
    "redirect": Kind(
        Redirect, "old_slug", PLAIN["redirect"], (), ("old_slug", "new_slug"), _redirect
    ),
}
