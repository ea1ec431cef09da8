"""What all descriptions are made of: nodes, and what is named in many of them."""

from collections.abc import Callable
from typing import Any

from statements.dates import PartialDate
from statements.models import Article, Official, Outlet
from statements.vocabulary import ArticleKind

CONTEXT = "https://schema.org"

Node = dict[str, Any]
Absolute = Callable[[str], str]

# What schema.org calls each kind of report; it has no word of its own for the others.
ARTICLE_TYPES: dict[str, str] = {
    ArticleKind.NEWS_REPORT: "NewsArticle",
    ArticleKind.INTERVIEW: "NewsArticle",
    ArticleKind.SOCIAL_POST: "SocialMediaPosting",
    ArticleKind.ARCHIVAL_DOCUMENT: "ArchiveComponent",
    ArticleKind.BOOK: "Book",
}


def graph(*nodes: Node) -> Node:
    """Puts descriptions together into what one page holds."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def node(kind: str | list[str], **told: Any) -> Node:
    """A node of a type; what is empty is left out, and `id_` names it."""
    named = {"@id": told.pop("id_")} if told.get("id_") else {}
    told.pop("id_", None)
    filled = {name: value for name, value in told.items() if value not in (None, "", [], {})}
    return {"@type": kind, **named, **filled}


def iso(day: PartialDate | None) -> str:
    """A day, month or year as far as it is known, as schema.org takes it."""
    return str(day) if day else ""


def outlet_ref(outlet: Outlet, absolute: Absolute) -> Node:
    url = absolute(outlet.get_absolute_url())
    return node("Organization", id_=f"{url}#outlet", name=outlet.name, url=url)


def article_ref(article: Article, absolute: Absolute) -> Node:
    """A report as it is named where it is a source; its outlet has to be loaded."""
    page = absolute(article.get_absolute_url())
    return node(
        ARTICLE_TYPES.get(article.kind, "Article"),
        id_=f"{page}#article",
        headline=article.title,
        url=article.url or page,
        archivedAt=article.archived_url,
        datePublished=iso(article.published_on),
        inLanguage=article.language,
        publisher=outlet_ref(article.outlet, absolute),
    )


def official_ref(official: Official, absolute: Absolute) -> Node:
    url = absolute(official.get_absolute_url())
    return node("Person", id_=f"{url}#person", name=official.name, url=url)
