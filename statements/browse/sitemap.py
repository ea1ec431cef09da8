"""Every public address for crawlers, in files that each hold a stretch of one kind of rows.

https://www.sitemaps.org/protocol.html
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from html import escape
from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from statements.models import (
    Article,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Statement,
    Topic,
)
from statements.models.permalinks import permalink
from statements.search.anniversaries import LEAP_YEAR
from statements.search.kept import officials_on_record, pairs_on_record
from statements.search.matches import Matches

# A file holds the rows whose numbers lie in one stretch, so that any file costs one look at an
# index, however large the archive is. The protocol allows no more addresses in a file.
N_IN_PART = 50_000
N_AT_ONCE = 10_000  # rows of a query, so that the time allowed to one is ample
PLACE = "  <url><loc>%s</loc></url>\n"
CHANGED_PLACE = "  <url><loc>%s</loc><lastmod>%s</lastmod></url>\n"
# Set by a function and not by a template, which takes ten times as long for so many.
PART = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
%s</urlset>
"""


class Pages(Protocol):
    """Pages of one kind: the address of one by its name, and which there are."""

    @property
    def address(self) -> Callable[[str], str]: ...
    def within(self, first: int, last: int) -> Iterator[tuple[str, datetime | None]]: ...
    def parts(self) -> Iterator[int]: ...


@dataclass(frozen=True)
class Kind:
    """Rows that have pages: which view shows one, what names it, and when it changed."""

    view: str
    rows: Callable[[], QuerySet[Any]]
    named_by: str = "slug"
    changed_at: str = ""

    def address(self, name: str) -> str:
        return permalink(self.view, name)

    def within(self, first: int, last: int) -> Iterator[tuple[str, datetime | None]]:
        """The names of the rows of these numbers, and when each was changed, if that is kept."""
        columns = (self.named_by, *filter(None, [self.changed_at]))
        for low in range(first, last + 1, N_AT_ONCE):
            high = min(low + N_AT_ONCE - 1, last)
            rows = self.rows().filter(pk__gte=low, pk__lte=high).order_by("pk")
            for name, *changed_at in rows.values_list(*columns):
                yield name, changed_at[0] if changed_at else None

    def parts(self) -> Iterator[int]:
        """The stretches that hold a row, counted from 1: a tiny query for each, whatever lies
        between them."""
        number = 0
        while True:
            beyond = self.rows().filter(pk__gt=number * N_IN_PART).order_by("pk")
            first = beyond.values_list("pk", flat=True)[:1]
            if not first:
                return
            number = (first[0] - 1) // N_IN_PART + 1
            yield number


@dataclass(frozen=True)
class Few:
    """Pages that are not of one row each: few enough to be told at once."""

    address: Callable[[str], str]
    names: Callable[[], Sequence[str]]

    def within(self, first: int, last: int) -> Iterator[tuple[str, datetime | None]]:
        """The names at these places, counted from 1; when they changed is not kept."""
        yield from ((name, None) for name in self.names()[first - 1 : last])

    def parts(self) -> Iterator[int]:
        """The stretches that hold a name, counted from 1."""
        yield from range(1, -(-len(self.names()) // N_IN_PART) + 1)


def _between(codes: str) -> str:
    return reverse("between", args=codes.split())


def _pairs() -> list[str]:
    """Two countries of whom one spoke to the other, each of them once."""
    codes = dict(Country.objects.order_by().values_list("pk", "code"))
    return [f"{codes[one]} {codes[other]}" for one, other in pairs_on_record()]


def _between_officials(slugs: str) -> str:
    return reverse("between-officials", args=slugs.split())


def _pairs_of_officials() -> list[str]:
    """Two officials of whom one spoke to the other, each pair once: the busiest, in one file.

    All of them may be millions; pages of the officials lead to the rest.
    """
    told = officials_on_record(N_IN_PART)
    some = {pk for pair in told for pk in pair}
    slugs = dict(Official.objects.order_by().filter(pk__in=some).values_list("pk", "slug"))
    return [f"{slugs[one]} {slugs[other]}" for one, other in told]


def _months() -> list[str]:
    """The months that statements are known to be of, the oldest first."""
    everything = Matches(Statement.objects.published(), is_everything=True)
    return sorted(everything.tallies().months)


def _days_of_the_year() -> list[str]:
    """Every day of the year, once anything is published."""
    first = date(LEAP_YEAR, 1, 1)
    days = [first + timedelta(days=n) for n in range(366)] if _months() else []
    return [f"{day:%m-%d}" for day in days]


VIEWS = (
    "home", "statements", "officials", "countries", "organizations", "posts", "outlets",
    "articles", "events", "topics", "network", "about", "about-data",
)  # fmt: skip
KINDS: dict[str, Pages] = {
    "pages": Few(reverse, lambda: VIEWS),
    "statements": Kind("statement", Statement.objects.published, "key", "updated_at"),
    "officials": Kind("official", Official.objects.all),
    "countries": Kind("country", Country.objects.all, "code"),
    "organizations": Kind("organization", Organization.objects.all),
    "posts": Kind("post", Post.objects.all),
    "outlets": Kind("outlet", Outlet.objects.all),
    "articles": Kind("article", Article.objects.all),
    "events": Kind("event", Event.objects.all),
    "topics": Kind("topic", Topic.objects.all),
    "between": Few(_between, _pairs),
    "between-officials": Few(_between_officials, _pairs_of_officials),
    "months": Few(partial(permalink, "calendar-of"), _months),
    "days": Few(partial(permalink, "on-this-day"), _days_of_the_year),
}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Lists the files that hold an address."""
    addresses = [
        request.build_absolute_uri(reverse("sitemap-part", args=[name, number]))
        for name, kind in KINDS.items()
        for number in kind.parts()
    ]
    context = {"addresses": addresses}
    return render(request, "browse/sitemap_index.xml", context, content_type="application/xml")


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Lists the pages of one stretch; the first is number 1."""
    if kind not in KINDS or number < 1:
        raise Http404
    known, last = KINDS[kind], number * N_IN_PART
    site = request.build_absolute_uri("/").rstrip("/")
    places = "".join(
        _place(f"{site}{known.address(name)}", changed_at)
        for name, changed_at in known.within(last - N_IN_PART + 1, last)
    )
    if not places:
        raise Http404
    return HttpResponse(PART % places, content_type="application/xml")


def _place(address: str, changed_at: datetime | None) -> str:
    if changed_at is None:
        return PLACE % escape(address)
    return CHANGED_PLACE % (escape(address), changed_at.isoformat(timespec="seconds"))
