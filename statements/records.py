"""The archive format, declared once: what a statement, an official, an article is to the outside.

Import, export, the JSON pages and the published JSON Schema all use these records. A field marked
`Derived` may be written out for readers and is ignored on the way in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    StrictInt,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import core_schema

from statements import texts
from statements.dates import PartialDate, Qualifier, parse_said_at, span
from statements.quoting import Check
from statements.vocabulary import (
    Account,
    Act,
    ArticleKind,
    Basis,
    Channel,
    EventKind,
    Form,
    LinkKind,
    OrganizationKind,
    PartyKind,
    Role,
    Standing,
    Status,
    TextStatus,
)

VERSION = 1
N_TEXT_CHARACTERS = 100_000
N_BODY_CHARACTERS = 1_000_000

# --- What fields hold ----------------------------------------------------------------------------


def _nothing(value: Any) -> Any:
    return None if value == "" else value


def _day(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise ValueError("write a day as a text: 2024-01-19, 2024-01 or 2024")
    return PartialDate.parse(value)


def _said_at(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise ValueError("write an instant as a text with its zone: 2024-01-19T14:30:00+05:00")
    return parse_said_at(value)


def _utc(value: Any) -> datetime:
    return _said_at(value).astimezone(UTC)


def _iso(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


def _web_address(address: str) -> str:
    scheme, separator, rest = address.partition("://")
    host = rest.replace("?", "/").replace("#", "/").split("/")[0]
    if not separator or scheme.lower() not in ("http", "https") or not host:
        raise ValueError("is not an http or https address")
    if "@" in host or "\\" in host or any(character.isspace() for character in address):
        raise ValueError("must not carry a user name, a password or a space")
    try:
        has_host = bool(urlsplit(address).hostname) and urlsplit(address).port != 0
    except ValueError as error:
        raise ValueError(f"is not an address: {error}") from error
    if not has_host:
        raise ValueError("is not an http or https address")
    return address


def _once(values: list[Any]) -> list[Any]:
    seen: list[Any] = []
    for value in values:
        if value in seen:
            what = "the same entry" if isinstance(value, Part) else value
            raise ValueError(f"names {what} twice")
        seen.append(value)
    return values


_SLUG = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
_CODE = r"^(?:[a-z]{2}|[a-z]{4}|x-[a-z0-9]+(?:-[a-z0-9]+)*)$"

Line = Annotated[str, AfterValidator(texts.line)]
Name = Annotated[Line, Field(min_length=1, max_length=300)]
Title = Annotated[Line, Field(min_length=1, max_length=1000)]
# Lengths of running text are those of what is kept, which Unicode's composition may make longer.
Prose = Annotated[str, AfterValidator(texts.prose), Field(max_length=N_TEXT_CHARACTERS)]
Note = Annotated[str, AfterValidator(texts.prose), Field(max_length=10_000)]
Evidence = Annotated[str, Field(max_length=N_TEXT_CHARACTERS), AfterValidator(texts.evidence)]
Body = Annotated[str, Field(max_length=N_BODY_CHARACTERS), AfterValidator(texts.evidence)]
Surroundings = Annotated[str, Field(max_length=1000), AfterValidator(texts.evidence)]
Slug = Annotated[str, Field(pattern=_SLUG, max_length=200)]
Key = Annotated[str, Field(pattern=_SLUG, max_length=250)]
Code = Annotated[str, Field(pattern=_CODE, max_length=60)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$", max_length=35)]
WebAddress = Annotated[Line, Field(max_length=2000), AfterValidator(_web_address)]
Degrees = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Count = Annotated[StrictInt, Field(ge=0, le=2_147_483_647)]
Day = Annotated[
    PartialDate,
    PlainValidator(_day),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
Moment = Annotated[
    datetime,
    PlainValidator(_said_at),
    PlainSerializer(_iso),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Instant = Annotated[
    datetime,
    PlainValidator(_utc),
    PlainSerializer(_iso),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Derived = Annotated[Any, Field(description="Derived; ignored on the way in.")]


@dataclass(frozen=True, slots=True)
class _Defaulting:
    """Reads null as the default, since on creation absent and null mean the same."""

    default: Callable[[], Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Nothing is told as null that is read so."""
        own = handler(schema)
        return own if handler.mode == "serialization" else {"anyOf": [own, {"type": "null"}]}

    def _read(self, value: Any) -> Any:
        return self.default() if value is None else value


OptionalName = Annotated[Name | None, BeforeValidator(_nothing)]
OptionalLine = Annotated[Annotated[Line, Field(max_length=1000)] | None, BeforeValidator(_nothing)]
OptionalShort = Annotated[Annotated[Line, Field(max_length=100)] | None, BeforeValidator(_nothing)]
OptionalLabel = Annotated[Annotated[Line, Field(max_length=200)] | None, BeforeValidator(_nothing)]
OptionalNote = Annotated[Note | None, BeforeValidator(_nothing)]
OptionalAddress = Annotated[WebAddress | None, BeforeValidator(_nothing)]
OptionalLanguage = Annotated[Language | None, BeforeValidator(_nothing)]
OptionalEvidence = Annotated[Evidence | None, BeforeValidator(_nothing)]
OptionalSurroundings = Annotated[Surroundings | None, BeforeValidator(_nothing)]


class Reference(NamedTuple):
    """What a record names elsewhere: the field that does it, and the kind and slug it names."""

    field: str
    kind: str
    slug: str


class Part(BaseModel):
    """A record, or a piece of one; a field it does not know is refused by name."""

    model_config = ConfigDict(extra="forbid", validate_default=False)

    references: ClassVar[dict[str, str]] = {}
    derived: ClassVar[frozenset[str]] = frozenset()

    def references_made(self, prefix: str = "") -> Iterator[Reference]:
        """Walks over all that this record names, in the order of its fields."""
        naming = _naming_fields(type(self))
        for (field, kind), value in zip(self.references.items(), naming(self), strict=True):
            if value is None:
                continue
            for slug in value if isinstance(value, list) else [value]:
                yield Reference(prefix + field, kind, slug)
        for field in _naming_parts(type(self)):
            for number, part in enumerate(getattr(self, field)):
                yield from part.references_made(f"{prefix}{field}[{number}].")


@cache
def _naming_fields(kind: type[Part]) -> Callable[[Part], tuple[Any, ...]]:
    """Takes the values of the fields that name something, always as a tuple."""
    if len(kind.references) > 1:
        return attrgetter(*kind.references)
    return lambda part: tuple([getattr(part, field) for field in kind.references])


@cache
def _naming_parts(kind: type[Part]) -> tuple[str, ...]:
    """The fields that list parts which name something themselves."""
    return tuple(
        name
        for name, field in kind.model_fields.items()
        for part in get_args(field.annotation)[:1]
        if isinstance(part, type) and issubclass(part, Part) and part.references
    )


class Record(Part):
    """One object of the archive format; `key` names it among its kind."""

    key_field: ClassVar[str] = "slug"
    type: str

    @property
    def identity(self) -> tuple[str, str]:
        return self.type, getattr(self, self.key_field)


# --- Actors --------------------------------------------------------------------------------------


class CountryRecord(Record):
    key_field: ClassVar[str] = "code"

    type: Literal["country"]
    code: Code
    name: Name
    alpha3: Annotated[
        Annotated[str, Field(pattern="^[A-Z]{3}$")] | None, BeforeValidator(_nothing)
    ] = None
    official_name: OptionalName = None
    demonym: OptionalShort = None
    aliases: Annotated[list[Name], AfterValidator(_once), _Defaulting(list)] = []
    existed_from: Day | None = None
    existed_until: Day | None = None
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] | None = None


class OrganizationRecord(Record):
    references: ClassVar[dict[str, str]] = {"country": "country"}

    type: Literal["organization"]
    slug: Slug
    name: Name
    kind: Annotated[OrganizationKind | None, BeforeValidator(_nothing)] = None
    country: Code | None = None
    aliases: Annotated[list[Name], AfterValidator(_once), _Defaulting(list)] = []
    website: OptionalAddress = None


class PostRecord(Record):
    references: ClassVar[dict[str, str]] = {"organization": "organization", "country": "country"}

    type: Literal["post"]
    slug: Slug
    title: Name
    organization: Slug | None = None
    country: Code | None = None


class NameRecord(Part):
    """Another name of an official, with its language where that is known."""

    name: Name
    language: OptionalLanguage = None


def _as_name(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class TenureRecord(Part):
    references: ClassVar[dict[str, str]] = {"post": "post"}

    post: Slug
    started_on: Day | None = None
    ended_on: Day | None = None
    acting: Annotated[StrictBool, _Defaulting(bool)] = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_order("ended_on", self.started_on, self.ended_on)
        return self


class OfficialRecord(Record):
    references: ClassVar[dict[str, str]] = {"country": "country"}

    type: Literal["official"]
    slug: Slug
    name: Name
    sort_name: OptionalName = None
    country: Code | None = None
    aliases: Annotated[
        list[
            Annotated[
                NameRecord, BeforeValidator(_as_name, json_schema_input_type=Name | NameRecord)
            ]
        ],
        AfterValidator(_once),
        _Defaulting(list),
    ] = []
    identifiers: Annotated[
        dict[
            Annotated[str, Field(pattern="^[a-z0-9_]{1,40}$")],
            Annotated[Line, Field(min_length=1, max_length=300)],
        ],
        _Defaulting(dict),
    ] = {}
    tenures: Annotated[list[TenureRecord], AfterValidator(_once), _Defaulting(list)] = []
    note: OptionalNote = None


# --- Sources and subjects ------------------------------------------------------------------------


class OutletRecord(Record):
    references: ClassVar[dict[str, str]] = {"country": "country"}

    type: Literal["outlet"]
    slug: Slug
    name: Name
    country: Code | None = None
    website: OptionalAddress = None
    language: OptionalLanguage = None


class ArticleRecord(Record):
    references: ClassVar[dict[str, str]] = {"outlet": "outlet", "based_on": "article"}

    type: Literal["article"]
    slug: Slug
    outlet: Slug
    title: Title
    url: OptionalAddress = None
    archived_url: OptionalAddress = None
    published_on: Day | None = None
    language: OptionalLanguage = None
    kind: Annotated[ArticleKind, _Defaulting(lambda: ArticleKind.NEWS_REPORT)] = (
        ArticleKind.NEWS_REPORT
    )
    based_on: Slug | None = None
    agency: OptionalName = None
    byline: Annotated[Annotated[Line, Field(max_length=500)] | None, BeforeValidator(_nothing)] = (
        None
    )
    body: Annotated[Body | None, BeforeValidator(_nothing)] = None
    repository: OptionalName = None
    collection: OptionalName = None
    box: OptionalShort = None
    folder: OptionalName = None
    document_number: OptionalShort = None

    @model_validator(mode="after")
    def _names_its_report(self) -> Self:
        if self.kind == ArticleKind.RECONSTRUCTION and self.based_on is None:
            raise FieldError("based_on", "a reconstruction says which report it is based on")
        if self.based_on == self.slug:
            raise FieldError("based_on", "an article cannot be based on itself")
        return self


class TopicRecord(Record):
    type: Literal["topic"]
    slug: Slug
    name: Name
    description: OptionalNote = None


class RedirectRecord(Record):
    key_field: ClassVar[str] = "from_"

    type: Literal["redirect"]
    kind: Literal[
        "official", "country", "organization", "post", "outlet", "article", "event", "topic"
    ]
    from_: Annotated[str, Field(pattern=_SLUG, max_length=200, alias="from")]
    to: Slug

    @model_validator(mode="after")
    def _leads_on(self) -> Self:
        if self.from_ == self.to:
            raise FieldError("to", "leads back to itself")
        return self

    @property
    def identity(self) -> tuple[str, str]:
        return self.type, f"{self.kind} {self.from_}"

    def references_made(self, prefix: str = "") -> Iterator[Reference]:
        yield Reference(f"{prefix}to", self.kind, self.to)


# --- Parties -------------------------------------------------------------------------------------


class PartyRecord(Part):
    """Who takes part, in which role; the order in the list is the order of the chain."""

    references: ClassVar[dict[str, str]] = {
        "official": "official",
        "post": "post",
        "organization": "organization",
        "country": "country",
        "article": "article",
    }
    derived: ClassVar[frozenset[str]] = frozenset({"name"})

    role: Role
    official: Slug | None = None
    post: Slug | None = None
    organization: Slug | None = None
    country: Code | None = None
    kind: PartyKind | None = None
    name: Derived = None
    capacity: OptionalName = None
    name_as_printed: OptionalName = None
    basis: Annotated[Basis, _Defaulting(lambda: Basis.STATED)] = Basis.STATED
    form: Annotated[Form | None, BeforeValidator(_nothing)] = None
    channel: Annotated[Channel | None, BeforeValidator(_nothing)] = None
    article: Slug | None = None

    @model_validator(mode="after")
    def _has_an_actor(self) -> Self:
        if self.kind is None:
            self.kind = self._kind_named()
        if self.kind == PartyKind.UNNAMED and not self.name_as_printed:
            raise FieldError("name_as_printed", "someone unnamed is told by the words printed")
        is_free = self.kind in (PartyKind.PUBLIC, PartyKind.UNNAMED)
        if not is_free and self.kind != self._kind_named():
            raise FieldError("kind", f"is {self.kind.value}, but the actor named is another")
        if is_free and self.official:
            raise FieldError("kind", f"is {self.kind.value}, but an official is named")
        if self.kind == PartyKind.PUBLIC and (self.post or self.organization):
            raise FieldError("kind", "the public has no post and no organization")
        return self

    @model_validator(mode="after")
    def _only_relayers_have_form(self) -> Self:
        if self.role == Role.RELAYER:
            return self
        for field in ("form", "channel", "article"):
            if getattr(self, field) is not None:
                raise FieldError(field, "only a relayer has one of its own")
        return self

    def _kind_named(self) -> PartyKind:
        for field, kind in (
            (self.official, PartyKind.OFFICIAL),
            (self.organization, PartyKind.ORGANIZATION),
            (self.post, PartyKind.POST),
            (self.country, PartyKind.COUNTRY),
            (self.name_as_printed, PartyKind.UNNAMED),
        ):
            if field:
                return kind
        raise FieldError("kind", "names nobody: no official, post, organization or country")


class EventRecord(Record):
    references: ClassVar[dict[str, str]] = {"countries": "country"}

    type: Literal["event"]
    slug: Slug
    title: Annotated[Line, Field(min_length=1, max_length=500)]
    kind: Annotated[EventKind, _Defaulting(lambda: EventKind.OTHER)] = EventKind.OTHER
    started_on: Day | None = None
    ended_on: Day | None = None
    place: OptionalName = None
    countries: Annotated[list[Code], AfterValidator(_once), _Defaulting(list)] = []
    parties: Annotated[list[PartyRecord], _Defaulting(list)] = []
    url: OptionalAddress = None
    is_seen: Annotated[StrictBool, _Defaulting(bool)] = False
    description: OptionalNote = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_order("ended_on", self.started_on, self.ended_on)
        return self

    @model_validator(mode="after")
    def _parties_have_no_article(self) -> Self:
        for number, party in enumerate(self.parties):
            if party.article:
                raise FieldError(f"parties[{number}].article", "an event's parties have none")
        return self


# --- Statements ----------------------------------------------------------------------------------


class CitationRecord(Part):
    """Where an article reports the statement; `start` counts code points of the stored text."""

    references: ClassVar[dict[str, str]] = {"article": "article"}
    derived: ClassVar[frozenset[str]] = frozenset(
        {"outlet", "title", "article_url", "published_on"}
    )

    article: Slug
    outlet: Derived = None
    title: Derived = None
    article_url: Derived = None
    published_on: Derived = None
    locator: OptionalLabel = None
    form: Annotated[Form | None, BeforeValidator(_nothing)] = None
    text_status: Annotated[TextStatus | None, BeforeValidator(_nothing)] = None
    quote: OptionalEvidence = None
    prefix: OptionalSurroundings = None
    suffix: OptionalSurroundings = None
    start: Count | None = None
    check: Annotated[Check | None, BeforeValidator(_nothing)] = None
    checked_at: Instant | None = None


class LinkRecord(Part):
    references: ClassVar[dict[str, str]] = {"statement": "statement"}

    kind: LinkKind
    statement: Key


class StatementRecord(Record):
    key_field: ClassVar[str] = "key"
    references: ClassVar[dict[str, str]] = {
        "topics": "topic",
        "event": "event",
        "about_events": "event",
    }
    derived: ClassVar[frozenset[str]] = frozenset({"account"})

    type: Literal["statement"]
    key: Key
    text: Annotated[Prose, Field(min_length=1)]
    language: Annotated[Language, _Defaulting(lambda: "en")] = "en"
    form: Form
    text_status: Annotated[TextStatus, _Defaulting(lambda: TextStatus.UNKNOWN)] = TextStatus.UNKNOWN
    original_text: Annotated[Prose | None, BeforeValidator(_nothing)] = None
    original_language: OptionalLanguage = None
    translator: OptionalName = None
    said_on: Day | None = None
    said_on_qualifier: Annotated[Qualifier | None, BeforeValidator(_nothing)] = None
    said_on_until: Day | None = None
    said_on_basis: Annotated[Basis, _Defaulting(lambda: Basis.STATED)] = Basis.STATED
    said_at: Moment | None = None
    channel: Annotated[Channel, _Defaulting(lambda: Channel.UNKNOWN)] = Channel.UNKNOWN
    channel_basis: Annotated[Basis, _Defaulting(lambda: Basis.STATED)] = Basis.STATED
    platform: OptionalShort = None
    account: Annotated[Account | None, BeforeValidator(lambda value: None)] = None
    basis_note: OptionalNote = None
    acts: Annotated[list[Act], AfterValidator(_once), _Defaulting(list)] = []
    topics: Annotated[list[Slug], AfterValidator(_once), _Defaulting(list)] = []
    event: Slug | None = None
    event_order: Count | None = None
    about_events: Annotated[list[Slug], AfterValidator(_once), _Defaulting(list)] = []
    standing: Annotated[Standing, _Defaulting(lambda: Standing.UNDISPUTED)] = Standing.UNDISPUTED
    standing_note: OptionalNote = None
    status: Annotated[Status, _Defaulting(lambda: Status.DRAFT)] = Status.DRAFT
    withdrawal_reason: OptionalNote = None
    undated_reason: OptionalLine = None
    parties: list[PartyRecord]
    citations: Annotated[list[CitationRecord], Field(min_length=1)]
    links: Annotated[list[LinkRecord], AfterValidator(_once), _Defaulting(list)] = []
    note: OptionalNote = None
    published_at: Instant | None = None
    updated_at: Instant | None = None

    @model_validator(mode="after")
    def _days_fit(self) -> Self:
        if self.said_on is None:
            for field in ("said_on_qualifier", "said_on_until"):
                if getattr(self, field) is not None:
                    raise FieldError(field, "needs the day that it qualifies (said_on)")
            return self
        if self.undated_reason:
            raise FieldError("undated_reason", "a statement with a day needs no reason for none")
        try:
            span(self.said_on, self.said_on_qualifier or Qualifier.ON, self.said_on_until)
        except ValueError as error:
            raise FieldError("said_on_until", str(error)) from error
        return self

    @model_validator(mode="after")
    def _instant_fits_the_day(self) -> Self:
        """An instant lies on the day, give or take one: its zone need not be the place's own."""
        if self.said_at is None:
            return self
        days = span(self.said_on, self.said_on_qualifier or Qualifier.ON, self.said_on_until)
        if days is None:
            return self
        first, last = (day.toordinal() for day in days)
        if not first - 1 <= self.said_at.date().toordinal() <= last + 1:
            raise FieldError("said_at", "does not lie on the day that said_on tells")
        return self

    @model_validator(mode="after")
    def _has_its_parts(self) -> Self:
        if not any(party.role == Role.SPEAKER for party in self.parties):
            raise FieldError("parties", "nobody speaks: one party at least is a speaker")
        if self.event_order is not None and self.event is None:
            raise FieldError("event_order", "needs the event it counts in")
        if self.standing != Standing.UNDISPUTED and not self.standing_note:
            raise FieldError(
                "standing_note", "say who disputes the attribution, since when, and on what ground"
            )
        if self.status == Status.WITHDRAWN and not self.withdrawal_reason:
            raise FieldError("withdrawal_reason", "say why the statement is withdrawn")
        return self

    @model_validator(mode="after")
    def _names_nobody_twice(self) -> Self:
        seen: set[tuple[str | None, ...]] = set()
        for number, party in enumerate(self.parties):
            place = (party.role, party.official, party.article)
            if party.official and place in seen:
                raise FieldError(f"parties[{number}].official", "stands twice in the same role")
            seen.add(place)
        if any(link.statement == self.key for link in self.links):
            raise FieldError("links", "a statement cannot be linked to itself")
        return self


class ArchiveRecord(Part):
    """The first line of a file, which says what it is."""

    type: Literal["archive"]
    version: Literal[1] = 1


AnyRecord = Annotated[
    CountryRecord
    | OrganizationRecord
    | PostRecord
    | OfficialRecord
    | OutletRecord
    | ArticleRecord
    | TopicRecord
    | RedirectRecord
    | EventRecord
    | StatementRecord,
    Field(discriminator="type"),
]

# In the order in which an export writes them and an import creates them.
RECORD_TYPES: dict[str, type[Record]] = {
    "country": CountryRecord,
    "organization": OrganizationRecord,
    "post": PostRecord,
    "official": OfficialRecord,
    "outlet": OutletRecord,
    "article": ArticleRecord,
    "topic": TopicRecord,
    "event": EventRecord,
    "statement": StatementRecord,
    "redirect": RedirectRecord,
}


class FieldError(ValueError):
    """A rule over several fields that is broken; `field` is where a reader should look."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def _check_order(field: str, first: PartialDate | None, last: PartialDate | None) -> None:
    if first and last and last.latest < first.earliest:
        raise FieldError(field, f"{last} lies before {first}")


@cache
def archive_schema() -> dict[str, Any]:
    """The JSON Schema of one line of the archive format, draft 2020-12."""
    schema = TypeAdapter(AnyRecord | ArchiveRecord).json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of a Demarche archive",
        **schema,
    }
