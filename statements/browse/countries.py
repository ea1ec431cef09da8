"""Pages of countries: who speaks for them, and what passes between them and others."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Country, Official, Organization, Post, Renamed
from statements.search.matches import with_token
from statements.vocabulary import Role

from .addresses import find, follows_moves
from .counterparts import counterparts
from .country_years import years_of
from .linked_data import country_node, graph
from .periods import existed
from .register import entries, event_entry, official_entry, organization_entry, post_entry
from .roles import newest
from .tallies import (
    N_COUNTED,
    N_COUNTED_IN_LIST,
    n_counted,
    n_statements,
    printed_count,
    statements_url,
)
from .tenures import with_last_holder

N_SHOWN = 6
N_EVENTS = 6


@dataclass(frozen=True)
class CountryLine:
    """A country, its years if they are over, and the statements from it and to it."""

    country: Country
    years: str
    n_from: str
    n_to: str
    from_url: str
    to_url: str

    @property
    def is_heard(self) -> bool:
        """Whether the archive holds a statement from it or to it."""
        return bool(self.n_from or self.n_to)


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    rows = _with_counts(Country.objects.order_by(), N_COUNTED_IN_LIST)
    lines = [_line(country, N_COUNTED_IN_LIST) for country in sorted(rows, key=_by_name)]
    present = [line for line in lines if not line.country.existed_until]
    former = [line for line in lines if line.country.existed_until]
    context = {
        "heard": [line for line in present if line.is_heard],
        "unheard": [line for line in present if not line.is_heard],
        "former": [line for line in former if line.is_heard],
        "former_unheard": [line for line in former if not line.is_heard],
    }
    return render(request, "browse/country_list.html", context)


def _with_counts(countries: QuerySet[Country], cap: int) -> QuerySet[Country]:
    """Adds how many published statements come from a country and go to it."""
    return countries.annotate(
        n_from=n_statements("country", Role.SPEAKER, cap=cap),
        n_to=n_statements("country", Role.ADDRESSEE, cap=cap),
    )


def _by_name(country: Country) -> str:
    """The name as an index has it: Åland stands among the A's."""
    return unicodedata.normalize("NFKD", country.name).encode("ascii", "ignore").decode().lower()


def _line(country: Country, cap: int) -> CountryLine:
    n_from, n_to = getattr(country, "n_from", 0), getattr(country, "n_to", 0)
    return CountryLine(
        country=country,
        years=existed(country),
        n_from=printed_count(n_from, cap=cap) if n_from else "",
        n_to=printed_count(n_to, cap=cap) if n_to else "",
        from_url=statements_url(**{"from": country.code}) if n_from else "",
        to_url=statements_url(to=country.code) if n_to else "",
    )


@require_safe
@follows_moves
def country(request: HttpRequest, code: str) -> HttpResponse:
    countries: QuerySet[Any] = _with_counts(Country.objects.prefetch_related("aliases"), N_COUNTED)
    found = find(countries, Renamed.COUNTRY, code)
    statements = with_token(f"f{found.pk}", f"t{found.pk}")
    officials = Official.objects.with_tenures().filter(country=found)[:N_SHOWN]
    organizations = Organization.objects.select_related("country").filter(country=found)
    posts = with_last_holder(Post.objects.filter(country=found))
    addressees, addressers = counterparts("country", found, of=("country",))
    years, is_partial = years_of(found)
    context = {
        "country": found,
        "described": graph(country_node(found, request.build_absolute_uri)),
        "line": _line(found, N_COUNTED),
        "facts": _facts(found),
        "years": years,
        "are_years_partial": is_partial,
        "addressees": addressees,
        "addressers": addressers,
        "n_counted": n_counted(found.n_from, found.n_to),
        "officials": entries(official_entry, officials),
        "organizations": entries(organization_entry, organizations[:N_SHOWN]),
        "posts": entries(post_entry, posts[:N_SHOWN]),
        "events": entries(event_entry, found.events.all()[:N_EVENTS]),
        "statements": newest(statements, request.GET),
        "all_url": statements_url(country=found.code),
    }
    return render(request, "browse/country.html", context)


def _facts(country: Country) -> list[tuple[str, str]]:
    is_coded = not country.code.startswith("x-")
    official_name = country.official_name if country.official_name != country.name else ""
    return [
        (_("Official name"), official_name),
        (_("Existed"), existed(country)),
        (_("ISO 3166 codes"), _codes(country) if is_coded else ""),
        (_("Demonym"), country.demonym),
    ]


def _codes(country: Country) -> str:
    return ", ".join(code for code in (country.code.upper(), country.alpha3) if code)
