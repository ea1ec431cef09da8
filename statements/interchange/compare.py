"""Whether what a file tells of an object differs from what the archive holds."""

from typing import Any

from statements.dates import Qualifier
from statements.records import (
    CitationRecord,
    EventRecord,
    OfficialRecord,
    Part,
    Record,
    StatementRecord,
)

from .dump import party_record
from .parties import party_to
from .references import References
from .rows import default_sort_name

# Null says nothing about these: they are kept as given when given, else set by the archive.
SET_BY_THE_ARCHIVE = ("published_at", "updated_at")


def normalized(record: Any, present: Any, references: References) -> Any:
    """The record as the archive would keep it: sides, order and defaults filled in."""
    if isinstance(record, OfficialRecord):
        return record.model_copy(
            update={"sort_name": record.sort_name or default_sort_name(record.name)}
            if "sort_name" in record.model_fields_set
            else {}
        )
    if isinstance(record, EventRecord):
        started_on = record.started_on or present.started_on
        whole = record.model_copy(update={"started_on": started_on})
        return _copy(
            record,
            countries=sorted(record.countries),
            parties=[party_record(party_to(whole, told, references)) for told in record.parties],
        )
    if isinstance(record, StatementRecord):
        return _normalized_statement(record, present, references)
    return record


def _normalized_statement(
    record: StatementRecord, present: StatementRecord, references: References
) -> Any:
    day = record if "said_on" in record.model_fields_set else present
    return _copy(
        record,
        said_on_qualifier=record.said_on_qualifier or (Qualifier.ON if day.said_on else None),
        topics=sorted(record.topics),
        about_events=sorted(record.about_events),
        parties=[party_record(party_to(day, told, references)) for told in record.parties],
        citations=[
            _anchored(citation, number, present) for number, citation in enumerate(record.citations)
        ],
    )


def _copy(record: Any, **values: Any) -> Any:
    """A copy with values for fields that the record told, and no others."""
    return record.model_copy(
        update={name: value for name, value in values.items() if name in record.model_fields_set}
    )


def _anchored(citation: CitationRecord, number: int, present: StatementRecord) -> CitationRecord:
    """Takes over from the citation in the archive what the file leaves to the archive."""
    if number >= len(present.citations):
        return citation
    kept = present.citations[number]
    if (kept.article, kept.quote) != (citation.article, citation.quote):
        return citation
    own = {"prefix", "suffix", "start", "check", "checked_at"}
    return citation.model_copy(
        update={name: getattr(kept, name) for name in own if getattr(citation, name) is None}
    )


def changed_fields(told: Record, present: Record) -> list[str]:
    """The fields that the record tells and that are otherwise in the archive."""
    return [
        field
        for field in type(told).model_fields
        if field in told.model_fields_set
        and field not in told.derived
        and not (field in SET_BY_THE_ARCHIVE and getattr(told, field) is None)
        and not _is_same(getattr(told, field), getattr(present, field))
    ]


def _is_same(told: Any, present: Any) -> bool:
    if isinstance(told, Part):
        fields = [name for name in type(told).model_fields if name not in told.derived]
        return all(_is_same(getattr(told, name), getattr(present, name)) for name in fields)
    if isinstance(told, list):
        return len(told) == len(present) and all(map(_is_same, told, present))
    return bool(told == present)


def merged(told: Record, present: Record, fields: list[str]) -> Record:
    """The object as it will be: what the archive holds, with these fields from the file.

    Raises ValidationError when the two together break a rule of the format.
    """
    values = {name: getattr(present, name) for name in type(present).model_fields}
    values |= {name: getattr(told, name) for name in fields}
    if "updated_at" in values and "updated_at" not in fields:
        values["updated_at"] = None
    if "said_on" in fields and values["said_on"] is None:
        _drop_plain_qualifier(values)
    names = {name: field.alias or name for name, field in type(present).model_fields.items()}
    return type(told).model_validate({names[name]: _plain(value) for name, value in values.items()})


def _drop_plain_qualifier(values: dict[str, Any]) -> None:
    """A day that is cleared takes along the qualifier that says nothing of its own."""
    if values["said_on_qualifier"] == Qualifier.ON:
        values["said_on_qualifier"] = None


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.model_dump(warnings=False)
    return [_plain(item) for item in value] if isinstance(value, list) else value
