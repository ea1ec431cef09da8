"""Where statements are reported and what they are about; and where old addresses lead."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from statements.vocabulary import ArticleKind

from .fields import (
    SLUG,
    Body,
    Code,
    Day,
    Defaulting,
    Line,
    Name,
    NothingIfEmpty,
    OptionalAddress,
    OptionalLanguage,
    OptionalName,
    OptionalNote,
    OptionalShort,
    Slug,
    Title,
)
from .parts import FieldError, Record, Reference


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
    kind: Annotated[ArticleKind, Defaulting(lambda: ArticleKind.NEWS_REPORT)] = (
        ArticleKind.NEWS_REPORT
    )
    based_on: Slug | None = None
    agency: OptionalName = None
    byline: Annotated[Annotated[Line, Field(max_length=500)] | None, NothingIfEmpty()] = None
    body: Annotated[Body | None, NothingIfEmpty()] = None
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
    from_: Annotated[str, Field(pattern=SLUG, max_length=200, alias="from")]
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

    def add_named(self, named: dict[str, set[str]]) -> None:
        named[self.kind].add(self.to)
