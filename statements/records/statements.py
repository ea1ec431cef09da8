"""What was said, where it is reported, and what it answers."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from statements.dates import Qualifier, span
from statements.quoting import Check
from statements.vocabulary import (
    Account,
    Act,
    Basis,
    Channel,
    Form,
    LinkKind,
    Role,
    Standing,
    Status,
    TextStatus,
)

from .fields import (
    Count,
    Day,
    Defaulting,
    Derived,
    Instant,
    Key,
    Language,
    Moment,
    NothingIfEmpty,
    OptionalEvidence,
    OptionalLabel,
    OptionalLanguage,
    OptionalLine,
    OptionalName,
    OptionalNote,
    OptionalShort,
    OptionalSurroundings,
    Prose,
    Slug,
)
from .parties import PartyRecord
from .parts import FieldError, Part, Record, each_once


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
    form: Annotated[Form | None, NothingIfEmpty()] = None
    text_status: Annotated[TextStatus | None, NothingIfEmpty()] = None
    quote: OptionalEvidence = None
    prefix: OptionalSurroundings = None
    suffix: OptionalSurroundings = None
    start: Count | None = None
    check: Annotated[Check | None, NothingIfEmpty()] = None
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
    language: Annotated[Language, Defaulting(lambda: "en")] = "en"
    form: Form
    text_status: Annotated[TextStatus, Defaulting(lambda: TextStatus.UNKNOWN)] = TextStatus.UNKNOWN
    original_text: Annotated[Prose | None, NothingIfEmpty()] = None
    original_language: OptionalLanguage = None
    translator: OptionalName = None
    said_on: Day | None = None
    said_on_qualifier: Annotated[Qualifier | None, NothingIfEmpty()] = None
    said_on_until: Day | None = None
    said_on_basis: Annotated[Basis, Defaulting(lambda: Basis.STATED)] = Basis.STATED
    said_at: Moment | None = None
    channel: Annotated[Channel, Defaulting(lambda: Channel.UNKNOWN)] = Channel.UNKNOWN
    channel_basis: Annotated[Basis, Defaulting(lambda: Basis.STATED)] = Basis.STATED
    platform: OptionalShort = None
    account: Annotated[Account | None, BeforeValidator(lambda value: None)] = None
    basis_note: OptionalNote = None
    acts: Annotated[list[Act], AfterValidator(each_once), Defaulting(list)] = []
    topics: Annotated[list[Slug], AfterValidator(each_once), Defaulting(list)] = []
    event: Slug | None = None
    event_order: Count | None = None
    about_events: Annotated[list[Slug], AfterValidator(each_once), Defaulting(list)] = []
    standing: Annotated[Standing, Defaulting(lambda: Standing.UNDISPUTED)] = Standing.UNDISPUTED
    standing_note: OptionalNote = None
    status: Annotated[Status, Defaulting(lambda: Status.DRAFT)] = Status.DRAFT
    withdrawal_reason: OptionalNote = None
    undated_reason: OptionalLine = None
    parties: list[PartyRecord]
    citations: Annotated[list[CitationRecord], Field(min_length=1)]
    links: Annotated[list[LinkRecord], AfterValidator(each_once), Defaulting(list)] = []
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
