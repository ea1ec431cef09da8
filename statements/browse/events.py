"""Pages of events: what was said in them, by whose account, and what was said about them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Country, Event, EventParty, Official, Renamed, Statement
from statements.models.parties import PARTY_RELATIONS
from statements.search.lists import LATEST, EventFilter, dated
from statements.search.pairs import Pair
from statements.vocabulary import Account, EventKind

from .addresses import find, follows_moves
from .exchange import Line, Links, lines, links_within, replies, told_by_one
from .hours import line_of_hours
from .linked_data import event_node, graph
from .paging import page_of
from .periods import took_place
from .register import entries, event_entry
from .tallies import statements_url

N_MADE = 100
N_ABOUT = 20
# In these each says his own part; there are no two accounts of one conversation.
TOLD_BY_THEMSELVES = frozenset(
    {
        EventKind.LETTER,
        EventKind.POST,
        EventKind.SPEECH,
        EventKind.BRIEFING,
        EventKind.EXCHANGE,
        EventKind.INCIDENT,
    }
)


@dataclass
class Version:
    """The statements of an event that one country tells of; of no country, all others."""

    country: Country | None
    statements: list[Statement] = field(default_factory=list)


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilter(request.GET, dated(Event.objects.all(), "started_on"))
    page = page_of(filters.rows, request.GET, LATEST)
    context = {"filters": filters, "page": page, "entries": entries(event_entry, page.rows)}
    return render(request, "browse/event_list.html", context)


@require_safe
@follows_moves
def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(_with_parties(), Renamed.EVENT, slug)
    made, about = _statements(found)
    shown = made[:N_MADE]
    links = links_within(shown)
    versions = versions_of(found, shown)
    told = [version for version in versions if version.country]
    context = {
        "event": found,
        "described": graph(event_node(found, request.build_absolute_uri)),
        "days": took_place(found),
        "countries": (countries := found.countries.all()),
        "between": Pair(Renamed.COUNTRY, *countries) if len(countries) == 2 else None,
        "parties": found.parties.all(),
        "versions": told,
        "lines": _lines(told, links),
        "told_by_one": _told_by_one(found, shown),
        "replies": [] if told else replies(shown, links),
        "others": [version for version in versions if not version.country],
        "hours": line_of_hours(made[:N_MADE]),
        "made_url": statements_url(event=found.slug) if made else "",
        "is_more_made": len(made) > N_MADE,
        "about": about[:N_ABOUT],
        "about_url": statements_url(about_event=found.slug) if about else "",
    }
    return render(request, "browse/event.html", context)


def _with_parties() -> QuerySet[Event]:
    parties = EventParty.objects.select_related(
        *(name for name in PARTY_RELATIONS if name != "official__country"), "event"
    )
    return Event.objects.prefetch_related(
        "countries",
        Prefetch("parties", queryset=parties),
        Prefetch("parties__official", queryset=Official.objects.with_tenures()),
    )


def _statements(event: Event) -> tuple[list[Statement], list[Statement]]:
    """What was said in an event, in order, and about it, the newest first; one over each bound.

    Both are loaded together, and what belongs to both is shown in both.
    """
    public = Statement.objects.published()
    in_order = public.filter(event=event).order_by(
        F("event_order").asc(nulls_last=True), "sort_on", "pk"
    )
    made = list(in_order.values_list("pk", flat=True)[: N_MADE + 1])
    newest = public.filter(about_events=event).newest_first()
    about = list(newest.values_list("pk", flat=True)[: N_ABOUT + 1])
    rows = public.with_related().in_bulk({*made, *about})
    return [rows[pk] for pk in made if pk in rows], [rows[pk] for pk in about if pk in rows]


def versions_of(event: Event, statements: Iterable[Statement]) -> list[Version]:
    """Parts the statements of a conversation by the country that tells of them.

    Two capitals' readouts of one call make two versions, which a page sets side by side;
    otherwise there is one, in order.
    """
    rows = list(statements)
    together = [Version(None, rows)] if rows else []
    if event.kind in TOLD_BY_THEMSELVES:
        return together
    versions: dict[Country | None, Version] = {}
    for statement in rows:
        country = teller(statement)
        versions.setdefault(country, Version(country)).statements.append(statement)
    told = [version for version in versions.values() if version.country]
    return [*told, *(v for v in versions.values() if not v.country)] if len(told) > 1 else together


def _lines(versions: list[Version], links: Links) -> list[Line]:
    """Two accounts line by line; of three or more each stands by itself."""
    if len(versions) != 2:
        return []
    sides = {version.country for version in versions if version.country}
    return lines(versions[0].statements, versions[1].statements, sides, links)


def _told_by_one(event: Event, statements: list[Statement]) -> dict[str, str] | None:
    """The one side that tells of a conversation, and the names of those that do not."""
    if event.kind in TOLD_BY_THEMSELVES:
        return None
    try:
        country, others = told_by_one(event, statements)
    except LookupError:
        return None
    return {"country": country.name, "others": _(", ").join(other.name for other in others)}


def teller(statement: Statement) -> Country | None:
    """The country whose account it is: that of the relayer who heard it, or the speaker's own."""
    if statement.relayers:
        return statement.relayers[-1].country
    if statement.account == Account.OWN and statement.speakers:
        return statement.speakers[0].country
    return None
