"""Rows as readers and programs see them: records with what is derived, without what is not public.

Load statements `with_links()`; each function then costs no query.
"""

from collections.abc import Callable
from typing import Any

from statements.models import Citation, Country, Event, Official, Statement
from statements.vocabulary import Status

from .dump import country_record, event_record, official_record, statement_record

Absolute = Callable[[str], str]

# Told of a statement in the archive format only.
NOT_PUBLIC = ("withdrawal_reason", "undated_reason")


def public_statement(statement: Statement, absolute: Absolute) -> dict[str, Any]:
    """A statement as the contract has it, every key always there.

    `absolute` makes a full address of a path. Links to statements that are not public are left
    out.
    """
    told = statement_record(statement).model_dump(mode="json", by_alias=True, warnings=False)
    for field in NOT_PUBLIC:
        del told[field]
    told["parties"] = [
        shown | {"name": party.name, "capacity": party.capacity or None}
        for party, shown in zip(statement.parties.all(), told["parties"], strict=True)
    ]
    told["citations"] = [
        _shown_citation(citation, shown)
        for citation, shown in zip(statement.citations.all(), told["citations"], strict=True)
    ]
    told["links"] = [
        {"kind": link.kind, "statement": link.target.key}
        for link in statement.links.all()
        if link.target.is_published
    ]
    told["note"] = statement.note  # the one text that is "" when there is none
    return {
        "type": told.pop("type"),
        "key": told.pop("key"),
        "url": absolute(statement.get_absolute_url()),
        **told,
    }


def _shown_citation(citation: Citation, shown: dict[str, Any]) -> dict[str, Any]:
    article = citation.article
    return shown | {
        "outlet": article.outlet.slug,
        "title": article.title,
        "article_url": article.url or None,
        "published_on": str(article.published_on) if article.published_on else None,
    }


def tombstone(statement: Statement) -> dict[str, Any]:
    """What a copy of the archive is told of a statement that was withdrawn."""
    return {
        "type": "statement",
        "key": statement.key,
        "status": Status.WITHDRAWN.value,
        "reason": statement.withdrawal_reason,
    }


def public_official(official: Official, absolute: Absolute) -> dict[str, Any]:
    """An official as the archive format has it, with its address."""
    return _with_url(official_record(official).model_dump(mode="json"), official, absolute)


def public_country(country: Country, absolute: Absolute) -> dict[str, Any]:
    """A country as the archive format has it, with its address."""
    return _with_url(country_record(country).model_dump(mode="json"), country, absolute)


def public_event(event: Event, absolute: Absolute) -> dict[str, Any]:
    """An event as the archive format has it, with its address and the names of its parties."""
    told = event_record(event).model_dump(mode="json", warnings=False)
    told["parties"] = [
        shown | {"name": party.name}
        for party, shown in zip(event.parties.all(), told["parties"], strict=True)
    ]
    return _with_url(told, event, absolute)


def _with_url(
    told: dict[str, Any], row: Official | Country | Event, absolute: Absolute
) -> dict[str, Any]:
    return {"type": told.pop("type"), "url": absolute(row.get_absolute_url()), **told}
