"""What the fields of records hold, each kind of value declared once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StrictInt,
    WithJsonSchema,
)
from pydantic_core import core_schema

from statements import texts
from statements.dates import N_REMEMBERED, PartialDate, parse_said_at

N_TEXT_CHARACTERS = 100_000
N_BODY_CHARACTERS = 1_000_000


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
    return _utc_of(value) if isinstance(value, str) else _said_at(value).astimezone(UTC)


@lru_cache(N_REMEMBERED)
def _utc_of(text: str) -> datetime:
    return parse_said_at(text).astimezone(UTC)


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


SLUG = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
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
Slug = Annotated[str, Field(pattern=SLUG, max_length=200)]
Key = Annotated[str, Field(pattern=SLUG, max_length=250)]
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
class NothingIfEmpty:
    """Reads an empty text as null; what is null already costs no call of Python."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.nullable_schema(
            core_schema.no_info_before_validator_function(self._read, handler(source))
        )

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Says null once, as the type does."""
        return handler(schema["schema"])

    @staticmethod
    def _read(value: Any) -> Any:
        return None if value == "" else value


@dataclass(frozen=True, slots=True)
class Defaulting:
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


OptionalName = Annotated[Name | None, NothingIfEmpty()]
OptionalLine = Annotated[Annotated[Line, Field(max_length=1000)] | None, NothingIfEmpty()]
OptionalShort = Annotated[Annotated[Line, Field(max_length=100)] | None, NothingIfEmpty()]
OptionalLabel = Annotated[Annotated[Line, Field(max_length=200)] | None, NothingIfEmpty()]
OptionalNote = Annotated[Note | None, NothingIfEmpty()]
OptionalAddress = Annotated[WebAddress | None, NothingIfEmpty()]
OptionalLanguage = Annotated[Language | None, NothingIfEmpty()]
OptionalEvidence = Annotated[Evidence | None, NothingIfEmpty()]
OptionalSurroundings = Annotated[Surroundings | None, NothingIfEmpty()]
