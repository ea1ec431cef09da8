"""The archive format, declared once: what a statement, an official, an article is to the outside.

Import, export, the JSON pages and the published JSON Schema all use these records. A field marked
`Derived` may be written out for readers and is ignored on the way in.
"""

from .actors import (
    CountryRecord,
    NameRecord,
    OfficialRecord,
    OrganizationRecord,
    PostRecord,
    TenureRecord,
)
from .fields import N_BODY_CHARACTERS, N_TEXT_CHARACTERS, Day, Key, Slug
from .parties import EventRecord, PartyRecord
from .parts import FieldError, Part, Record, Reference
from .schema import RECORD_TYPES, VERSION, AnyRecord, ArchiveRecord, archive_schema
from .sources import ArticleRecord, OutletRecord, RedirectRecord, TopicRecord
from .statements import CitationRecord, LinkRecord, StatementRecord

__all__ = [
    "N_BODY_CHARACTERS",
    "N_TEXT_CHARACTERS",
    "RECORD_TYPES",
    "VERSION",
    "AnyRecord",
    "ArchiveRecord",
    "ArticleRecord",
    "CitationRecord",
    "CountryRecord",
    "Day",
    "EventRecord",
    "FieldError",
    "Key",
    "LinkRecord",
    "NameRecord",
    "OfficialRecord",
    "OrganizationRecord",
    "OutletRecord",
    "Part",
    "PartyRecord",
    "PostRecord",
    "Record",
    "RedirectRecord",
    "Reference",
    "Slug",
    "StatementRecord",
    "TenureRecord",
    "TopicRecord",
    "archive_schema",
]
