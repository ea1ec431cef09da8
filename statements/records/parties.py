"""Who takes part in a statement or an event, and the events themselves."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, model_validator

from statements.vocabulary import Basis, Channel, EventKind, Form, PartyKind, Role

from .fields import (
    Code,
    Day,
    Defaulting,
    Derived,
    Line,
    NothingIfEmpty,
    OptionalAddress,
    OptionalName,
    OptionalNote,
    Slug,
)
from .parts import FieldError, Part, Record, check_order, each_once


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
    basis: Annotated[Basis, Defaulting(lambda: Basis.STATED)] = Basis.STATED
    form: Annotated[Form | None, NothingIfEmpty()] = None
    channel: Annotated[Channel | None, NothingIfEmpty()] = None
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
    kind: Annotated[EventKind, Defaulting(lambda: EventKind.OTHER)] = EventKind.OTHER
    started_on: Day | None = None
    ended_on: Day | None = None
    place: OptionalName = None
    countries: Annotated[list[Code], AfterValidator(each_once), Defaulting(list)] = []
    parties: Annotated[list[PartyRecord], Defaulting(list)] = []
    url: OptionalAddress = None
    is_seen: Annotated[StrictBool, Defaulting(bool)] = False
    description: OptionalNote = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order("ended_on", self.started_on, self.ended_on)
        return self

    @model_validator(mode="after")
    def _parties_have_no_article(self) -> Self:
        for number, party in enumerate(self.parties):
            if party.article:
                raise FieldError(f"parties[{number}].article", "an event's parties have none")
        return self
