"""The map of the world: what comes from each country, or goes to it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from statements.charts.map import WorldMap, world_map
from statements.models import Country
from statements.search.results import StatementSearch

from .calendar import with_query
from .roles import RoleTab

# What `side` asks for, and how it is said.
SIDES: dict[str, Promise] = {"from": _("From each country"), "to": _("To each country")}
ARRANGING = ("sort", "cursor", "limit")


@dataclass(frozen=True)
class Place:
    """A country with its count, and the list of what is counted."""

    country: Country
    n: int
    url: str
    is_selected: bool
    is_drawn: bool


@require_safe
def world(request: HttpRequest) -> HttpResponse:
    """Shows on a map and in a table what the parameters of the list ask for, by country."""
    asked = request.GET.copy()
    for name in ARRANGING:
        asked.pop(name, None)
    search = StatementSearch(asked)
    side = request.GET.get("side", "from").lower()
    is_unknown = side not in SIDES
    is_valid = search.filters.is_valid()
    context = {
        "search": search,
        "is_valid": is_valid,
        "is_filtered": bool(search.chips),
        "side": side,
        "is_unknown": is_unknown,
        "tabs": _tabs(search, side),
        "list_url": with_query(reverse("statements"), search.address()),
    }
    if is_valid and not is_unknown:
        chart, places, is_partial = _told(search, side)
        context |= {"chart": chart, "places": places, "is_partial": is_partial}
    return render(request, "browse/map.html", context)


def map_of_list(search: StatementSearch) -> str:
    """The map of what a list shows."""
    return with_query(reverse("map"), search.address(**dict.fromkeys(ARRANGING)))


def _told(search: StatementSearch, side: str) -> tuple[WorldMap, list[Place], bool]:
    """The map, the countries on and off it, the most frequent first, and whether all is counted."""
    tallies = search.by_country(side)
    counts = {int(token[2:]): n for token, n in tallies.tokens.items() if token[1] == side[0]}
    countries = Country.objects.in_bulk(counts)
    by_code = {country.code: counts[pk] for pk, country in countries.items()}
    at = {
        country.code: (country.longitude, country.latitude)
        for country in countries.values()
        if country.longitude is not None and country.latitude is not None
        if not country.existed_until
    }
    present = {code: n for code, n in by_code.items() if code in at}
    chart = world_map(present, at)
    selected = search.form.cleaned_data.get(side) or []
    places = [
        Place(
            country=country,
            n=counts[pk],
            url=f"{reverse('statements')}{search.address(**{side: [country.code]})}",
            is_selected=country in selected,
            is_drawn=country.code in chart.drawn,
        )
        for pk, country in countries.items()
    ]
    places.sort(key=lambda place: (-place.n, place.country.name))
    return chart, places, tallies.is_partial


def _tabs(search: StatementSearch, side: str) -> list[RoleTab]:
    query = search.address()
    joint = "" if query == "?" else "&"
    return [
        RoleTab(label, query if each == "from" else f"{query}{joint}side={each}", "", each == side)
        for each, label in SIDES.items()
    ]
