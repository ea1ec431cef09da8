"""The data dictionary: every field of every record, made of the records themselves.

Which values a field takes is read from its type; only what it means is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from statements.records import (
    RECORD_TYPES,
    CitationRecord,
    LinkRecord,
    NameRecord,
    Part,
    PartyRecord,
    TenureRecord,
)

from .meanings import MEANINGS

PARTS: dict[str, type[Part]] = {
    "party": PartyRecord,
    "citation": CitationRecord,
    "link": LinkRecord,
    "tenure": TenureRecord,
    "name": NameRecord,
}
KINDS: dict[str, type[Part]] = {**RECORD_TYPES, **PARTS}


def _(text: str) -> str:
    """Marks a text for gettext; whoever shows it translates it."""
    return text


SCALARS: dict[str, str] = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "boolean": _("true or false"),
    "date-time": _("instant"),
    "day": _("day, month or year"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: what it means and what it holds.

    `holds` is a message for gettext, of one value where there are several; `names` is the kind of
    record that it names, `part` the kind of part that it lists; `codes` is its closed list.
    """

    name: str
    meaning: str
    holds: str = ""
    names: str = ""
    part: str = ""
    codes: tuple[str, ...] = ()
    is_list: bool = False
    is_mapping: bool = False
    is_required: bool = False
    is_derived: bool = False


@cache
def fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of record or part, in their order."""
    record = KINDS[kind]
    return tuple(_field(kind, record, name) for name in record.model_fields if name != "type")


def _field(kind: str, record: type[Part], name: str) -> Field:
    told = record.model_fields[name]
    types = list(_types(told.annotation))
    part = next((p for p, part in PARTS.items() if part in types), "")
    terms = next((t for t in types if isinstance(t, type) and issubclass(t, StrEnum)), None)
    shown = told.alias or name
    return Field(
        name=shown,
        meaning=MEANINGS[f"{kind}.{shown}"],
        holds="" if part or terms else _holds(record, shown),
        names=record.references.get(name, ""),
        part=part,
        codes=tuple(term.value for term in terms) if terms else (),
        is_list=list in types,
        is_mapping=dict in types,
        is_required=told.is_required(),
        is_derived=name in record.derived,
    )


def _types(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is put together of."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _types(get_args(annotation)[0])
        return
    yield origin or annotation
    for argument in get_args(annotation):
        yield from _types(argument)


def _holds(record: type[Part], name: str) -> str:
    """What one value is, as the JSON Schema of the record has it."""
    schema = record.model_json_schema(by_alias=True)["properties"][name]
    for option in _options(schema):
        if "pattern" in option and option["pattern"].startswith(r"^\d{4}"):
            return SCALARS["day"]
        known = SCALARS.get(option.get("format", ""), SCALARS.get(option.get("type", "")))
        if known:
            return known
    return SCALARS["string"]


def _options(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "items" in schema:
        yield from _options(schema["items"])
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from _options(schema["additionalProperties"])
    else:
        yield schema
    for option in schema.get("anyOf", []):
        yield from _options(option)
