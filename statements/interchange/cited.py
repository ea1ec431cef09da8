"""Statements as references: what the writers of BibTeX, RIS and CSL are given."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext

from statements.formats.reference import Named, Reference, Source
from statements.models import Article, Citation, Official, Organization, Party, Statement
from statements.vocabulary import Basis, PartyKind

from .public import Absolute


def cited(statement: Statement, absolute: Absolute, *, accessed_on: date | None) -> Reference:
    """The statement as a reference; needs with_related(), and then costs no query."""
    return Reference(
        key=statement.key,
        url=absolute(statement.get_absolute_url()),
        archive=gettext("Demarche"),
        words=statement.text,
        language=statement.language,
        form=statement.form,
        channel=statement.channel,
        platform=statement.platform,
        text_status=statement.text_status,
        speakers=_named(statement.speakers),
        addressees=_named(statement.addressees),
        relayers=_named(statement.relayers),
        sources=_sources(statement.citations.all()),
        said_on=statement.said_on,
        said_on_qualifier=statement.said_on_qualifier,
        said_on_until=statement.said_on_until,
        is_day_inferred=statement.said_on_basis == Basis.INFERRED,
        standing=statement.standing,
        accessed_on=accessed_on,
    )


def _named(parties: Iterable[Party]) -> tuple[Named, ...]:
    return tuple(
        Named(
            name=_name(party),
            sort_name=party.actor.sort_name if isinstance(party.actor, Official) else "",
            told=_told(party),
            capacity=party.capacity,
            form=party.form,
            channel=party.channel,
        )
        for party in parties
    )


def _name(party: Party) -> str:
    """The party's name; a post's or an organization's with the side, which tells it apart."""
    if party.kind == PartyKind.POST:
        return party.capacity
    return str(party.actor) if _told(party) else party.name


def _told(party: Party) -> str:
    """The name of an organization within a sentence, where its country is to be said."""
    if not isinstance(party.actor, Organization):
        return ""
    told = party.actor.name_with_country
    return "" if told == party.name else told


def _sources(citations: Iterable[Citation]) -> tuple[Source, ...]:
    """Each article once, with the places of all its citations."""
    by_article: dict[int, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    return tuple(_source(group[0].article, group) for group in by_article.values())


def _source(article: Article, citations: Iterable[Citation] = ()) -> Source:
    kept = (
        article.repository,
        article.collection,
        article.box and gettext("box %(box)s") % {"box": article.box},
        article.folder and gettext("folder %(folder)s") % {"folder": article.folder},
        article.document_number
        and gettext("document %(number)s") % {"number": article.document_number},
    )
    locators = dict.fromkeys(citation.locator for citation in citations)
    return Source(
        title=article.title,
        outlet=article.outlet.name,
        published_on=article.published_on,
        place=", ".join(part for part in (*kept, *locators) if part),
        url=article.url,
        archived_url=article.archived_url,
        based_on=_source(article.based_on) if article.based_on else None,
    )
