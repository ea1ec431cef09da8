"""All kinds of record together, and the JSON Schema that is published of them."""

from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from .actors import CountryRecord, OfficialRecord, OrganizationRecord, PostRecord
from .parties import EventRecord
from .parts import Part, Record
from .sources import ArticleRecord, OutletRecord, RedirectRecord, TopicRecord
from .statements import StatementRecord

VERSION = 1


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


@cache
def archive_schema() -> dict[str, Any]:
    """The JSON Schema of one line of the archive format, draft 2020-12."""
    schema = TypeAdapter(AnyRecord | ArchiveRecord).json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of a Demarche archive",
        **schema,
    }
