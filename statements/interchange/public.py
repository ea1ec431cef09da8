"""Rows as readers and programs see them: records with what is derived, without what is not public.

Load statements `with_links()`; each function then costs no query.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from statements.models import (
    Article,
    Citation,
    Country,
    Event,
    EventParty,
    Official,
    Organization,
    Outlet,
    Post,
    Statement,
    Topic,
)
from statements.models.parties import PARTY_RELATIONS, PartyBase
from statements.records import Record
from statements.vocabulary import Status

from .dump import (
    ROWS,
    country_record,
    described_article,
    event_record,
    official_record,
    organization_record,
    outlet_record,
    post_record,
    statement_record,
    stored_articles,
    topic_record,
)

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
    told["parties"] = _shown_parties(statement.parties.all(), told["parties"])
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


def _shown_parties(parties: Iterable[PartyBase], told: list[Any]) -> list[Any]:
    return [
        shown | {"name": party.name, "capacity": party.capacity or None}
        for party, shown in zip(parties, told, strict=True)
    ]


def _shown_citation(citation: Citation, shown: dict[str, Any]) -> dict[str, Any]:
    article = citation.article
    return shown | {
        "outlet": article.outlet.slug,
        "title": article.title,
        "article_url": article.url or None,
        "published_on": str(article.published_on) if article.published_on else None,
    }


def _tombstone(statement: Statement) -> dict[str, Any]:
    """What is left of a statement that was withdrawn: that it was, and why."""
    return {
        "type": "statement",
        "key": statement.key,
        "status": Status.WITHDRAWN.value,
        "reason": statement.withdrawal_reason,
    }


def copied_statement(statement: Statement, absolute: Absolute) -> dict[str, Any]:
    """What a copy of the archive is told: the statement, or that it was withdrawn."""
    if statement.is_published:
        return public_statement(statement, absolute)
    return _tombstone(statement)


def public_official(official: Official, absolute: Absolute) -> dict[str, Any]:
    """An official as the archive format has it, with its address."""
    return _with_url(official_record(official), official, absolute)


def public_country(country: Country, absolute: Absolute) -> dict[str, Any]:
    """A country as the archive format has it, with its address."""
    return _with_url(country_record(country), country, absolute)


def public_organization(organization: Organization, absolute: Absolute) -> dict[str, Any]:
    return _with_url(organization_record(organization), organization, absolute)


def public_post(post: Post, absolute: Absolute) -> dict[str, Any]:
    return _with_url(post_record(post), post, absolute)


def public_outlet(outlet: Outlet, absolute: Absolute) -> dict[str, Any]:
    return _with_url(outlet_record(outlet), outlet, absolute)


def public_article(article: Article, absolute: Absolute) -> dict[str, Any]:
    """An article without its stored text; `url` is the report's own address, `page_url` ours."""
    told = described_article(article).model_dump(mode="json", exclude={"body"}, warnings=False)
    return {"type": told.pop("type"), "page_url": absolute(article.get_absolute_url()), **told}


def public_event(event: Event, absolute: Absolute) -> dict[str, Any]:
    """An event, its parties told as a statement's; `url` is its own address, `page_url` ours."""
    told = event_record(event).model_dump(mode="json", warnings=False)
    told["parties"] = _shown_parties(event.parties.all(), told["parties"])
    return {"type": told.pop("type"), "page_url": absolute(event.get_absolute_url()), **told}


def public_topic(topic: Topic, absolute: Absolute) -> dict[str, Any]:
    return _with_url(topic_record(topic), topic, absolute)


def _with_url(record: Record, row: Any, absolute: Absolute) -> dict[str, Any]:
    told = record.model_dump(mode="json", warnings=False)
    return {"type": told.pop("type"), "url": absolute(row.get_absolute_url()), **told}


def _public_events() -> QuerySet[Event]:
    """Events with what the capacities of their parties are worked out from."""
    relations = (name for name in PARTY_RELATIONS if name != "official__country")
    return Event.objects.prefetch_related(
        "countries",
        Prefetch("parties", queryset=EventParty.objects.select_related(*relations)),
        Prefetch("parties__official", queryset=Official.objects.with_tenures()),
    )


# What each kind is loaded with, so that telling a row costs no query.
PUBLIC_ROWS: dict[str, QuerySet[Any]] = {
    kind: rows
    for kind, (rows, _record) in ROWS.items()
    if kind not in ("article", "event", "statement", "redirect")
} | {
    "article": stored_articles().defer("body", "body_sha256", "based_on__body"),
    "event": _public_events(),
}
