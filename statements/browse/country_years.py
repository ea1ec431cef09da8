"""A year of a country: what was said from it and to it, by month and day."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from statements.dates import PartialDate, Precision
from statements.models import Country, Renamed
from statements.search.daily import beside
from statements.search.histogram import Bar, bars
from statements.search.matches import Matches, with_token
from statements.search.results import StatementSearch

from .addresses import Moved, find, follows_moves
from .calendar import Step, calendar_url, list_url, read_period
from .roles import RoleTab
from .years import told_year

# What `side` asks for, the parameter of the list of statements, and how it is said.
SIDES: dict[str, tuple[str, Promise]] = {
    "": ("country", _("From it or to it")),
    "from": ("from", _("From it")),
    "to": ("to", _("To it")),
}


@require_safe
@follows_moves
def country_year(request: HttpRequest, code: str, period: str) -> HttpResponse:
    year = read_period(period, Precision.YEAR)
    try:
        found = find(Country.objects.all(), Renamed.COUNTRY, code)
    except Moved as moved:
        raise Moved(f"{moved.url}{year}/") from moved
    side = request.GET.get("side", "").lower()
    is_unknown = side not in SIDES
    name, _label = SIDES["" if is_unknown else side]
    search = StatementSearch(QueryDict(urlencode({name: found.code})))
    search.filters.is_valid()
    before, after = (None, None) if is_unknown else beside(search, year)
    context = {
        "country": found,
        "within": year,
        "tabs": _tabs(side),
        "is_unknown": is_unknown,
        "year": None if is_unknown else told_year(search, year, partial(list_url, search)),
        "previous": _step(found, before, side),
        "next": _step(found, after, side),
        "list_url": list_url(search, year),
        "calendar_url": calendar_url(search, year),
    }
    return render(request, "browse/country_year.html", context)


def years_of(country: Country) -> tuple[list[Bar], bool]:
    """The newest statements from a country and to it by year, and whether those are not all.

    Each bar leads to the year's page.
    """
    tallies = Matches(with_token(f"f{country.pk}", f"t{country.pk}")).tallies("y")

    def address(since: list[str], until: list[str]) -> str:
        return _year_url(country, since[0])

    return bars(tallies.months, None, None, address, n_months=0), tallies.is_partial


def _year_url(country: Country, year: str) -> str:
    return reverse("country-year", args=[country.code, year])


def _step(country: Country, day: date | None, side: str) -> Step | None:
    if day is None:
        return None
    url = _year_url(country, str(PartialDate(day.year)))
    return Step(str(day.year), f"{url}?side={side}" if side else url)


def _tabs(side: str) -> list[RoleTab]:
    return [
        RoleTab(label, f"?side={each}" if each else "?", "", each == side)
        for each, (_name, label) in SIDES.items()
    ]
