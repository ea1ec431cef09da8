"""Database -> records: each kind of row as the archive format tells it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Model, Prefetch, QuerySet
from django.db.models.functions import Collate

from statements.models import (
    Article,
    Citation,
    Country,
    Event,
    EventParty,
    Official,
    Organization,
    Outlet,
    Party,
    Post,
    Redirect,
    Statement,
    Topic,
)
from statements.models.parties import PARTY_RELATIONS, PartyBase
from statements.records import (
    ArticleRecord,
    CitationRecord,
    CountryRecord,
    EventRecord,
    LinkRecord,
    NameRecord,
    OfficialRecord,
    OrganizationRecord,
    OutletRecord,
    PartyRecord,
    PostRecord,
    Record,
    RedirectRecord,
    StatementRecord,
    TenureRecord,
    TopicRecord,
)

from .columns import CITATION, PLAIN

N_ROWS_AT_ONCE = 500


def _fields(row: Model, *names: str) -> dict[str, Any]:
    """The named columns, with nothing told as None."""
    return {name: None if getattr(row, name) == "" else getattr(row, name) for name in names}


def _slug(row: Any) -> str | None:
    """The name of another row: its slug, code or key."""
    if row is None:
        return None
    return str(getattr(row, "slug", None) or getattr(row, "code", None) or row.key)


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC) if instant else None


def country_record(country: Country) -> CountryRecord:
    return CountryRecord.model_construct(
        type="country",
        aliases=[alias.name for alias in country.aliases.all()],
        **_fields(country, *PLAIN["country"]),
    )


def organization_record(organization: Organization) -> OrganizationRecord:
    return OrganizationRecord.model_construct(
        type="organization",
        country=_slug(organization.country),
        aliases=[alias.name for alias in organization.aliases.all()],
        **_fields(organization, *PLAIN["organization"]),
    )


def post_record(post: Post) -> PostRecord:
    return PostRecord.model_construct(
        type="post",
        organization=_slug(post.organization),
        country=_slug(post.country),
        **_fields(post, *PLAIN["post"]),
    )


def official_record(official: Official) -> OfficialRecord:
    return OfficialRecord.model_construct(
        type="official",
        country=_slug(official.country),
        aliases=[
            NameRecord.model_construct(**_fields(alias, "name", "language"))
            for alias in official.aliases.all()
        ],
        identifiers=dict(sorted(official.identifiers.items())),
        tenures=[
            TenureRecord.model_construct(
                post=tenure.post.slug, **_fields(tenure, "started_on", "ended_on", "acting")
            )
            for tenure in official.tenures.all()
        ],
        **_fields(official, *PLAIN["official"], "sort_name"),
    )


def outlet_record(outlet: Outlet) -> OutletRecord:
    return OutletRecord.model_construct(
        type="outlet",
        country=_slug(outlet.country),
        **_fields(outlet, *PLAIN["outlet"]),
    )


def article_record(article: Article) -> ArticleRecord:
    """Includes the stored text, which only an export of the whole archive may carry."""
    return _article_with(article, *PLAIN["article"])


def described_article(article: Article) -> ArticleRecord:
    """An article without its stored text, which need not be loaded."""
    return _article_with(article, *(name for name in PLAIN["article"] if name != "body"))


def _article_with(article: Article, *columns: str) -> ArticleRecord:
    return ArticleRecord.model_construct(
        type="article",
        outlet=article.outlet.slug,
        based_on=_slug(article.based_on),
        **_fields(article, *columns),
    )


def topic_record(topic: Topic) -> TopicRecord:
    return TopicRecord.model_construct(type="topic", **_fields(topic, *PLAIN["topic"]))


def event_record(event: Event) -> EventRecord:
    return EventRecord.model_construct(
        type="event",
        countries=sorted(country.code for country in event.countries.all()),
        parties=[party_record(party) for party in event.parties.all()],
        **_fields(event, *PLAIN["event"]),
    )


def redirect_record(redirect: Redirect) -> RedirectRecord:
    return RedirectRecord.model_construct(
        type="redirect", kind=redirect.kind, from_=redirect.old_slug, to=redirect.new_slug
    )


def party_record(party: PartyBase) -> PartyRecord:
    """A party as it is kept: its capacity only where one was chosen."""
    return PartyRecord.model_construct(
        role=party.role,
        official=_slug(party.official),
        post=_slug(party.post),
        organization=_slug(party.organization),
        country=_slug(party.country),
        kind=party.kind,
        name=None,
        capacity=_chosen_capacity(party),
        article=_slug(party.article) if isinstance(party, Party) else None,
        **_fields(party, "name_as_printed", "basis", "form", "channel"),
    )


def _chosen_capacity(party: PartyBase) -> str | None:
    """A capacity that says more than the archive would by itself; an import keeps no other."""
    chosen = party.chosen_capacity
    return chosen if chosen and chosen != party.derived_capacity else None


def citation_record(citation: Citation) -> CitationRecord:
    return CitationRecord.model_construct(
        article=citation.article.slug,
        check=citation.check_result,
        checked_at=_utc(citation.checked_at),
        **_fields(citation, *CITATION, "start"),
    )


def statement_record(statement: Statement) -> StatementRecord:
    """A statement as it is kept; load it `with_links()`, or this costs queries."""
    return StatementRecord.model_construct(
        type="statement",
        said_on_qualifier=statement.said_on_qualifier if statement.said_on else None,
        said_at=statement.said_at_local,
        account=statement.account or None,
        topics=sorted(topic.slug for topic in statement.topics.all()),
        event=_slug(statement.event),
        about_events=sorted(event.slug for event in statement.about_events.all()),
        parties=[party_record(party) for party in statement.parties.all()],
        citations=[citation_record(citation) for citation in statement.citations.all()],
        links=[
            LinkRecord.model_construct(kind=link.kind, statement=link.target.key)
            for link in statement.links.all()
        ],
        published_at=_utc(statement.published_at),
        updated_at=_utc(statement.updated_at),
        **_fields(statement, *PLAIN["statement"]),
    )


def stored_articles() -> QuerySet[Article]:
    return Article.objects.select_related("outlet", "based_on").defer("based_on__body")


def stored_events() -> QuerySet[Event]:
    parties = EventParty.objects.select_related("official", *PARTY_RELATIONS)
    return Event.objects.prefetch_related("countries", Prefetch("parties", queryset=parties))


ROWS: dict[str, tuple[QuerySet[Any], Callable[[Any], Record]]] = {
    "country": (Country.objects.prefetch_related("aliases"), country_record),
    "organization": (
        Organization.objects.select_related("country").prefetch_related("aliases"),
        organization_record,
    ),
    "post": (Post.objects.select_related("organization", "country"), post_record),
    "official": (Official.objects.with_tenures().prefetch_related("aliases"), official_record),
    "outlet": (Outlet.objects.select_related("country"), outlet_record),
    "article": (stored_articles(), article_record),
    "topic": (Topic.objects.all(), topic_record),
    "event": (stored_events(), event_record),
    "statement": (Statement.objects.with_links(), statement_record),
    "redirect": (Redirect.objects.all(), redirect_record),
}
KEYS = {"country": "code", "statement": "key", "redirect": "old_slug"}


def records() -> Iterator[Record]:
    """Yields the whole archive, a kind after the other, each in the order of its keys.

    Memory is constant: rows come from server-side cursors, which need a transaction around them.
    """
    for kind, (rows, record) in ROWS.items():
        key = Collate(F(KEYS.get(kind, "slug")), "C")
        order = [F("kind"), key] if kind == "redirect" else [key]
        for row in rows.order_by(*order).iterator(chunk_size=N_ROWS_AT_ONCE):
            yield record(row)


def _excluded(kind: type[Record]) -> dict[str, Any]:
    excluded: dict[str, Any] = dict.fromkeys(sorted(kind.derived), True)
    for field, part in (("parties", PartyRecord), ("citations", CitationRecord)):
        if field in kind.model_fields:
            excluded[field] = {"__all__": set(part.derived)}
    return excluded


_EXCLUDED: dict[type[Record], dict[str, Any]] = {
    kind: _excluded(kind) for kind in (StatementRecord, EventRecord)
}


def archive_line(record: Record) -> str:
    """One line of the archive format, without what is derived."""
    excluded = _EXCLUDED.get(type(record))
    return record.model_dump_json(by_alias=True, exclude=excluded, warnings=False) + "\n"


HEADER = '{"type":"archive","version":1}\n'


def archive_lines() -> Iterator[str]:
    """The whole archive as lines of its own format, in an order that imports in one pass."""
    yield HEADER
    yield from map(archive_line, records())
