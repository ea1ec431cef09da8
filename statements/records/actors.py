"""Who speaks and is spoken to: countries, organizations, posts and officials."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, model_validator

from statements.vocabulary import OrganizationKind

from .fields import (
    Code,
    Day,
    Defaulting,
    Degrees,
    Line,
    Name,
    NothingIfEmpty,
    OptionalAddress,
    OptionalLanguage,
    OptionalName,
    OptionalNote,
    OptionalShort,
    Slug,
)
from .parts import Part, Record, check_order, each_once


class CountryRecord(Record):
    key_field: ClassVar[str] = "code"

    type: Literal["country"]
    code: Code
    name: Name
    alpha3: Annotated[Annotated[str, Field(pattern="^[A-Z]{3}$")] | None, NothingIfEmpty()] = None
    official_name: OptionalName = None
    demonym: OptionalShort = None
    aliases: Annotated[list[Name], AfterValidator(each_once), Defaulting(list)] = []
    existed_from: Day | None = None
    existed_until: Day | None = None
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] | None = None


class OrganizationRecord(Record):
    references: ClassVar[dict[str, str]] = {"country": "country"}

    type: Literal["organization"]
    slug: Slug
    name: Name
    kind: Annotated[OrganizationKind | None, NothingIfEmpty()] = None
    country: Code | None = None
    aliases: Annotated[list[Name], AfterValidator(each_once), Defaulting(list)] = []
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
    acting: Annotated[StrictBool, Defaulting(bool)] = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        check_order("ended_on", self.started_on, self.ended_on)
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
        AfterValidator(each_once),
        Defaulting(list),
    ] = []
    identifiers: Annotated[
        dict[
            Annotated[str, Field(pattern="^[a-z0-9_]{1,40}$")],
            Annotated[Line, Field(min_length=1, max_length=300)],
        ],
        Defaulting(dict),
    ] = {}
    tenures: Annotated[list[TenureRecord], AfterValidator(each_once), Defaulting(list)] = []
    note: OptionalNote = None
