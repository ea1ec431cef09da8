"""What two countries, or two officials, said to each other: who, when, through what, how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.charts.mirror import MirrorChart, mirror_chart
from statements.charts.tone import ToneChart, tone_chart
from statements.models import Official, Renamed, Statement
from statements.models.permalinks import in_format
from statements.search.each_way import N_AMONG, EachWay, Stretch, each_way, stretches
from statements.search.pairs import Pair, PairSearch, Way, find_pair
from statements.texts import led
from statements.tone import LICENCE, SCALE, SCALE_URL
from statements.vocabulary import Channel

from .counterparts import counterparts
from .finding import STARTS_ANEW, faults, kept_parameters
from .sides import N_EVENTS, moments
from .tallies import Tally, printed_count, with_shares

N_ROWS = 40
N_CHANNELS = 6
N_PARTNERS = 5
PLURALS = {"country": "countries", "official": "officials"}
# The facets that the two ways are, which the page tells otherwise.
WAYS_OF = {
    Renamed.COUNTRY: ("from", "to"),
    Renamed.OFFICIAL: ("speaker", "addressee"),
}


@dataclass(frozen=True, slots=True)
class Passed:
    """What passed one way: the words for it, how many statements, and where they are listed."""

    way: str
    label: str
    count: str
    url: str

    @property
    def csv_url(self) -> str:
        """Where the same list is a table."""
        page, _mark, asked = self.url.partition("?")
        return f"{in_format(page, 'csv')}?{asked}"


@require_safe
def between_countries(request: HttpRequest, one: str, other: str) -> HttpResponse:
    return _between(request, Renamed.COUNTRY, one, other)


@require_safe
def between_officials(request: HttpRequest, one: str, other: str) -> HttpResponse:
    return _between(request, Renamed.OFFICIAL, one, other)


def _between(request: HttpRequest, kind: Renamed, one: str, other: str) -> HttpResponse:
    pair = find_pair(kind, one, other)
    if pair is None:
        raise Http404
    if pair.is_one:
        return render(request, "browse/between_one.html", {"pair": pair}, status=404)
    if pair.keys != (one, other):
        return _moved(request, pair)
    search = PairSearch(request.GET, pair, n_rows=N_ROWS)
    rows = search.rows  # before its messages and errors, which looking for rows may add to
    context = {
        "pair": pair,
        "is_of_countries": kind == Renamed.COUNTRY,
        "search": search,
        "facets": [facet for facet in search.facets if facet.name not in WAYS_OF[kind]],
        "snippets": search.snippets,
        "found_names": search.names_found,
        "kept": kept_parameters(request.GET),
        "elsewhere": faults(search),
        "turned_url": f"{pair.turned.get_absolute_url()}{search.address()}".rstrip("?"),
        "json_url": _suffixed(request, pair, "json"),
        "atom_url": _suffixed(request, pair, "atom"),
        **(_told(search) if rows else {"partners": _partners(search)}),
    }
    return render(request, "browse/between.html", context)


def _moved(request: HttpRequest, pair: Pair) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = pair.get_absolute_url()
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _suffixed(request: HttpRequest, pair: Pair, suffix: str) -> str:
    """The address of the same rows in another format, from the first."""
    asked = request.GET.copy()
    for name in STARTS_ANEW:
        asked.pop(name, None)
    address = in_format(pair.get_absolute_url(), suffix)
    return f"{address}?{asked.urlencode()}" if asked else address


def _partners(search: PairSearch) -> list[tuple[str, list[Tally]]]:
    """Whom the two speak to instead, where nothing at all passed between them."""
    pair = search.pair
    if not search.is_valid or search.is_narrowed:
        return []
    kind = pair.kind.value
    return [
        (each.name, getattr(counterparts(kind, each, of=(kind,))[0], PLURALS[kind])[:N_PARTNERS])
        for each in (pair.one, pair.other)
    ]


def _told(search: PairSearch) -> dict[str, Any]:
    """What a page says of the statements that it found."""
    told = each_way(search)
    columns = _columns(search, told)
    mirror = mirror_chart(columns) if len(columns) > 1 else None
    ends = _ends(told)
    in_time, are_events_cut = moments(search)
    return {
        "moments": in_time,
        "n_events": N_EVENTS if are_events_cut else 0,
        "passed": _passed(search, told),
        "n_both": printed_count(told.n_both) if told.n_both else "",
        "is_partial": told.is_partial,
        "first_contact": ends.get(told.first),
        "last_contact": (last := ends.get(told.last)),
        "since_contact": since_contact(last, timezone.localdate()) if last else "",
        "mirror": mirror,
        "tone": _tone(search, columns, mirror),
        "channels": _channels(search, told),
        "people": _people(told),
        "are_people_partial": told.n > N_AMONG,
    }


def _columns(search: PairSearch, told: EachWay) -> list[Stretch]:
    """The bars of both ways, whatever days are chosen."""
    is_of_days = any(search.days)
    return stretches(search, each_way(search, without="year") if is_of_days else told)


def _ends(told: EachWay) -> dict[int | None, Statement]:
    """The first and the last statement, as far as their days and addresses go."""
    pks = {pk for pk in (told.first, told.last) if pk}
    columns = ("key", "said_on", "said_on_qualifier", "said_on_until")
    rows = Statement.objects.only(*columns).filter(pk__in=pks, said_on__isnull=False).order_by()
    return {row.pk: row for row in rows}


def _passed(search: PairSearch, told: EachWay) -> list[Passed]:
    forth, back = search.pair, search.pair.turned
    return [
        Passed("forth", _way(forth), _n(told, Way.FORTH), _list_url(search, forth)),
        Passed("back", _way(back), _n(told, Way.BACK), _list_url(search, back)),
    ]


def _way(pair: Pair) -> str:
    told = _("%(speaker)s to %(addressee)s") % {
        "speaker": pair.one.name,
        "addressee": pair.other.name,
    }
    return led(told, is_from_the_right=get_language_bidi())


def _n(told: EachWay, way: Way) -> str:
    return printed_count(told.total(way), cap=10_000)


def _list_url(search: PairSearch, pair: Pair) -> str:
    """Where the list of statements shows those of one way, narrowed as the page is."""
    speaker, addressee = WAYS_OF[pair.kind]
    sides = {speaker: [pair.keys[0]], addressee: [pair.keys[1]]}
    return f"{reverse('statements')}{search.address(tone=None, **sides)}"


def since_contact(last: Statement, today: date) -> str:
    """How many days ago a statement was made, as exactly as its day is known."""
    named = last.named_days
    n_days = (today - named[1]).days if named else -1
    if not named or n_days < 0:
        return ""
    is_exact = named[0] == named[1] and last.said_on_qualifier == "on"
    number = printed_count(n_days, cap=n_days)
    return number if is_exact else _("about %(number)s") % {"number": number}


@dataclass(frozen=True, slots=True)
class Tone:
    """The line of tone: drawn where asked for; `url` asks for it, or no more."""

    url: str
    chart: ToneChart | None
    columns: list[Stretch]
    scale: str = SCALE
    scale_url: str = SCALE_URL
    licence: str = LICENCE
    is_on: bool = False

    @property
    def is_rated(self) -> bool:
        """Whether any act of these statements has a score."""
        return any(c.n_rated_forth or c.n_rated_back for c in self.columns)


def _tone(search: PairSearch, columns: list[Stretch], mirror: MirrorChart | None) -> Tone:
    if not search.is_toned:
        return Tone(search.address(tone=[SCALE.lower()]), None, columns)
    chart = tone_chart(columns, mirror.top) if mirror else None
    return Tone(search.address(tone=None), chart, columns, is_on=True)


def _channels(search: PairSearch, told: EachWay) -> list[Tally]:
    """The busiest channels, whichever way; a statement of each to the other counts once."""
    counts = {channel: sum(ways.values()) for channel, ways in told.channels.items()}
    busiest = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:N_CHANNELS]
    return with_shares(
        Tally(_(Channel.of(code).label), search.address(channel=[code]), n) for code, n in busiest
    )


def _people(told: EachWay) -> list[Tally]:
    """Who spoke to whom, the most often first; each leads to the page of these two."""
    if not told.people:
        return []
    officials = Official.objects.only("slug", "name").in_bulk(_pks(told.people))
    return with_shares(
        Tally(_way(pair), pair.get_absolute_url(), n)
        for (speaker, addressee), n in told.people.items()
        if (pair := Pair(Renamed.OFFICIAL, officials[speaker], officials[addressee]))
    )


def _pks(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {pk for pair in pairs for pk in pair}
