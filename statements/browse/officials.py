"""Pages of officials: who they are, which posts they held, whom they address."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Official, Renamed, Tenure
from statements.search.histogram import bars
from statements.search.lists import BY_SORT_NAME, LETTERS, OfficialFilter, with_initial
from statements.search.matches import Matches
from statements.vocabulary import Role

from .addresses import find, follows_moves
from .counterparts import counterparts
from .linked_data import graph, official_node
from .paging import page_of
from .register import entries, official_entry
from .roles import role_statements, statements_in, with_role_counts
from .tallies import (
    Tally,
    channels_of,
    n_counted,
    n_statements,
    recorded_last,
    statements_url,
    with_shares,
)
from .tenures import Line, on_a_line

N_DAYS_BY_MONTH = 6 * 366  # a line longer than this has no room for months
COUNTERPARTS = ("official", "country", "organization")
# Where an identifier leads: the formatter URLs of Wikidata's own properties (P214 for VIAF,
# P244 for the Library of Congress, P213 for ISNI).
IDENTIFIED_AT = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/%s"),
    "viaf": ("VIAF", "https://viaf.org/viaf/%s"),
    "lccn": ("Library of Congress", "https://id.loc.gov/authorities/%s"),
    "isni": ("ISNI", "https://isni.org/isni/%s"),
}


@require_safe
def official_list(request: HttpRequest) -> HttpResponse:
    officials = Official.objects.with_tenures().annotate(
        n_statements=n_statements("official", Role.SPEAKER)
    )
    filters = OfficialFilter(request.GET, officials)
    page = page_of(filters.rows, request.GET, BY_SORT_NAME)
    context = {
        "filters": filters,
        "letters": _letters(request.GET),
        "page": page,
        "entries": entries(official_entry, page.rows),
    }
    return render(request, "browse/official_list.html", context)


def _letters(parameters: QueryDict) -> list[tuple[str, str, bool]]:
    """Each letter, the address of its officials (none where there are none), and whether on."""
    rows = with_initial(Official.objects.order_by()).values_list("initial", flat=True).distinct()
    initials = set(rows)
    query = parameters.copy()
    query.pop("cursor", None)
    chosen = query.get("letter", "")
    letters = []
    for letter in LETTERS:
        query["letter"] = letter
        url = f"?{query.urlencode()}" if letter in initials else ""
        letters.append((letter, url, letter == chosen))
    return letters


@require_safe
@follows_moves
def official(request: HttpRequest, slug: str) -> HttpResponse:
    officials = Official.objects.select_related("country").prefetch_related("aliases")
    found = find(with_role_counts(officials, "official"), Renamed.OFFICIAL, slug)
    tenures = list(found.tenures.select_related("post__country", "post__organization__country"))
    line, is_partial = _line(found, tenures)
    statements = role_statements(found, "official", request.GET)
    addressees, addressers = counterparts("official", found, of=COUNTERPARTS)
    identifiers = _identifiers(found.identifiers)
    same_as = [address for _name, _identifier, address in identifiers if address]
    absolute = request.build_absolute_uri
    context = {
        "official": found,
        "described": graph(official_node(found, absolute, tenures=tenures, same_as=same_as)),
        "identifiers": identifiers,
        "line": line,
        "is_line_partial": is_partial,
        "addressees": addressees,
        "addressers": addressers,
        "n_counted": n_counted(found.n_speaker, found.n_addressee),
        "channels": _channels(found),
        "statements": statements,
        "all_url": _list_url(found, statements.role),
    }
    return render(request, "browse/official.html", context)


def _line(official: Official, tenures: list[Tenure]) -> tuple[Line, bool]:
    """The posts and the newest statements on one line, and whether there are older statements.

    Statements are counted by month where the whole line is short enough to show them.
    """
    tallies = Matches(statements_in("official", official.pk, "")).tallies("y")

    def address(since: list[str], until: list[str]) -> str:
        return statements_url(official=official.slug, since=since[0], until=until[0])

    line = on_a_line(tenures, bars(tallies.months, None, None, address))
    if line.counts and line.chart and line.chart.axis.n_days > N_DAYS_BY_MONTH:
        by_year = bars(tallies.months, None, None, address, n_months=0)
        line = on_a_line(tenures, by_year)
    return line, tallies.is_partial


def _identifiers(identifiers: Any) -> list[tuple[str, str, str]]:
    """The name of each authority, the identifier there, and its address where it is known."""
    if not isinstance(identifiers, dict):
        return []
    told = []
    for name, value in sorted(identifiers.items()):
        label, address = IDENTIFIED_AT.get(name, (name, ""))
        told.append((label, str(value), address % quote(str(value)) if address else ""))
    return told


def _channels(official: Official) -> list[Tally]:
    said = recorded_last(Role.SPEAKER, "official", official.pk)
    return with_shares(
        Tally(_(channel.label), statements_url(speaker=official.slug, channel=channel), n)
        for channel, n in channels_of(said)
    )


def _list_url(official: Official, role: str) -> str:
    """Where the list of statements shows the same rows; nowhere for those he is spoken about."""
    if role == Role.SUBJECT:
        return ""
    return statements_url(**{role or "official": official.slug})
