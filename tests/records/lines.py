"""The least of each kind of line, and what is read of it or refused."""

import pytest
from pydantic import ValidationError

from statements.interchange.lines import problem
from statements.records import RECORD_TYPES

LEAST = {
    "country": {"code": "x-hawaii", "name": "Hawaii"},
    "organization": {"slug": "foreign-office", "name": "Foreign Office"},
    "post": {"slug": "foreign-minister", "title": "Foreign Minister"},
    "official": {"slug": "jilani", "name": "Jalil Abbas Jilani"},
    "outlet": {"slug": "ndtv", "name": "NDTV"},
    "article": {"slug": "ndtv-1", "outlet": "ndtv", "title": "Ministers speak"},
    "topic": {"slug": "security", "name": "Security"},
    "event": {"slug": "call", "title": "A telephone call"},
    "redirect": {"kind": "official", "from": "j-jilani", "to": "jilani"},
    "statement": {
        "key": "2024-01-19-jilani",
        "text": "Pakistan is ready to work with Iran on all issues.",
        "form": "indirect",
        "parties": [{"role": "speaker", "official": "jilani"}],
        "citations": [{"article": "ndtv-1"}],
    },
}
# Every field of the contract, in its order: required first.
CONTRACT = {
    "country": (
        "code name alpha3 official_name demonym aliases existed_from existed_until latitude "
        "longitude"
    ),
    "organization": "slug name kind country aliases website",
    "post": "slug title organization country",
    "official": "slug name sort_name country aliases identifiers tenures note",
    "outlet": "slug name country website language",
    "article": (
        "slug outlet title url archived_url published_on language kind based_on agency byline "
        "body repository collection box folder document_number"
    ),
    "topic": "slug name description",
    "redirect": "kind from to",
    "event": (
        "slug title kind started_on ended_on place countries parties url is_seen description"
    ),
    "statement": (
        "key text language form text_status original_text original_language translator said_on "
        "said_on_qualifier said_on_until said_on_basis said_at channel channel_basis platform "
        "account basis_note acts topics event event_order about_events standing standing_note "
        "status withdrawal_reason undated_reason parties citations links note published_at "
        "updated_at"
    ),
}
REQUIRED = [(kind, field) for kind, told in LEAST.items() for field in told]


def told(kind, /, **fields):
    return {"type": kind, **LEAST[kind], **fields}


def read(kind, /, **fields):
    return RECORD_TYPES[kind].model_validate(told(kind, **fields))


def party(**fields):
    return read("statement", parties=[{"role": "speaker", **fields}]).parties[0]


def citation(**fields):
    return read("statement", citations=[{"article": "ndtv-1", **fields}]).citations[0]


def refusals(kind, /, **fields):
    """The faults found, as pairs of a field and a reason."""
    with pytest.raises(ValidationError) as caught:
        read(kind, **fields)
    return [problem(error) for error in caught.value.errors()]


def refusal(kind, /, **fields):
    [found] = refusals(kind, **fields)
    return found
