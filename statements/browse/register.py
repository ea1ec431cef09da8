"""What one line of a list says, whatever the list is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.dates import PartialDate
from statements.models import Article, Event, Official, Organization, Outlet, Post, Tenure, Topic

from .periods import held, printed_day, took_place
from .tallies import N_COUNTED_IN_LIST, printed_count


@dataclass(frozen=True)
class Entry:
    """A line: the name that leads on, what is beside it, and a number of statements."""

    label: str
    url: str
    detail: str = ""
    lead: str = ""  # before the name: a day
    count: str = ""
    badge: str = ""


def counted(n: int, *, cap: int = N_COUNTED_IN_LIST) -> str:
    """`no statements` is said by silence, as most lines of a long list have none."""
    if not n:
        return ""
    return ngettext("%(number)s statement", "%(number)s statements", n) % {
        "number": printed_count(n, cap=cap)
    }


def official_entry(official: Official) -> Entry:
    """Tells an official, loaded with_tenures(), by the post held last."""
    tenure = last_of(official.tenures.all())
    country = official.country.name if official.country else ""
    capacity = tenure.capacity if tenure else ""
    return Entry(
        label=official.name,
        url=official.get_absolute_url(),
        detail=capacity or country,
        count=counted(getattr(official, "n_statements", 0)),
    )


def last_of(tenures: Iterable[Tenure]) -> Tenure | None:
    """The tenure that began last, of those whose beginning is known before the others."""
    return max(tenures, key=lambda tenure: str(tenure.started_on or ""), default=None)


def holder_of(post: Post) -> str:
    """The last known holder of a post and the days, for posts loaded with their tenures."""
    tenure = last_of(post.tenures.all())
    if tenure is None:
        return _("no holder recorded")
    return _("%(official)s, %(days)s") % {"official": tenure.official.name, "days": held(tenure)}


def post_entry(post: Post) -> Entry:
    return Entry(label=post.capacity, url=post.get_absolute_url(), detail=holder_of(post))


def organization_entry(organization: Organization) -> Entry:
    parts = [
        str(organization.get_kind_display()),
        organization.country.name if organization.country else "",
    ]
    return Entry(
        label=organization.name,
        url=organization.get_absolute_url(),
        detail=", ".join(part for part in parts if part),
        count=counted(getattr(organization, "n_statements", 0)),
    )


def article_entry(article: Article) -> Entry:
    """Tells an article, loaded with_sources(), and says so when it is our reconstruction."""
    detail = article.outlet.name
    if article.based_on:
        detail = _("%(outlet)s, after a report by %(source)s") % {
            "outlet": article.outlet.name,
            "source": article.based_on.outlet.name,
        }
    return Entry(
        label=article.title,
        url=article.get_absolute_url(),
        detail=detail,
        lead=_printed(article.published_on),
        badge=str(article.get_kind_display()),
    )


def outlet_entry(outlet: Outlet) -> Entry:
    country = outlet.country.name if outlet.country else ""
    return Entry(label=outlet.name, url=outlet.get_absolute_url(), detail=country)


def topic_entry(topic: Topic) -> Entry:
    return Entry(
        label=topic.name,
        url=topic.get_absolute_url(),
        detail=topic.description,
        count=counted(getattr(topic, "n_statements", 0)),
    )


def event_entry(event: Event) -> Entry:
    return Entry(
        label=event.title,
        url=event.get_absolute_url(),
        detail=event.place,
        lead=took_place(event) or _("undated"),
        badge=str(event.get_kind_display()),
    )


def _printed(day: PartialDate | None) -> str:
    return printed_day(day) or _("undated")


def entries(tell: Any, rows: Iterable[Any]) -> list[Entry]:
    return [tell(row) for row in rows]
