"""Every token and component on one page, with values that strain them; while DEBUG is on alone."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from statements.attribution import reported_in
from statements.curation.differences import Difference, FieldDifference
from statements.design import ICONS, SCHEMES, Contrast, colours, contrasts, in_scheme, tokens
from statements.dictionary import fields
from statements.interchange.dumps import Dump, DumpFile
from statements.interchange.load import OnConflict, load
from statements.models import Country, Event, Official, Organization, Post, Statement, Topic
from statements.networks import NetworkSearch
from statements.search.filters import StatementFilters
from statements.search.histogram import Bar
from statements.search.lists import LETTERS, OfficialFilter
from statements.search.names import Named
from statements.search.results import Chip

from .citing import citing
from .counterparts import counterparts
from .countries import CountryLine
from .design_time import in_time
from .embed import embed_code
from .hours import line_of_hours
from .links import answers
from .meant import Meant
from .network import drawing
from .posts import DayForm, holders_during
from .register import event_entry, official_entry, organization_entry, topic_entry
from .reports import n_sources, reports_of
from .roles import role_statements, with_role_counts
from .taking import take_away
from .tallies import Tally, with_shares
from .tenures import on_a_line, with_holders
from .variants import repeated

SPECIMENS = Path("statements") / "archives" / "specimens.jsonl"
NOWHERE = "#"
LONG = "Saint Helena, Ascension und Tristan da Cunha einschließlich aller Nebeninseln"
SCRIPTS = (
    ("ru", "Обсудили положение."),
    ("el", "Συζήτησαν."),
    ("ar", "ناقشا الوضع."),
    ("he", "נפגשו."),
)
SPECIMEN = Q(slug__startswith="specimen-")


# Large components that are shown where they live, in the demonstration archive.
ELSEWHERE = {
    "between_charts": "/between/pk/ir/",
    "between_facts": "/between/pk/ir/",
    "between_list": "/between/pk/ir/",
    "between_tallies": "/between/pk/ir/",
    "matrix": "/network/",
    "network": "/network/",
    "numbers": "/calendar/2024/",
    "pairs": "/",
    "search_faults": "/map/?since=2023-02-29",
    "steps": "/calendar/2024/",
    "year": "/calendar/2024/",
}


class Choice(NamedTuple):
    """A value of a facet."""

    value: str
    label: str
    n: int
    url: str = NOWHERE
    is_selected: bool = False


@never_cache
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Shows what the archive is drawn with; the specimens are written, shown and taken back."""
    if not settings.DEBUG:
        raise Http404
    with transaction.atomic():
        report = load([str(settings.BASE_DIR / SPECIMENS)], on_conflict=OnConflict.UPDATE)
        if not report.is_accepted:
            raise ValueError(f"the specimens are refused: {report.refusals}")
        context = {**_tokens(), **_said(request), **_names(), **_network(), **_lists()}
        context |= in_time(context["statements"])
        response = render(request, "browse/design.html", context)
        transaction.set_rollback(True)
    return response


def _tokens() -> dict[str, Any]:
    """The tokens as they are written, and how well the colours are told apart in each scheme."""
    by_medium = tokens(Path(str(finders.find("css/tokens.css"))).read_text(encoding="utf-8"))
    seen = {scheme: in_scheme(by_medium, scheme) for scheme in SCHEMES}
    plain, dark = seen["light"], colours(seen["dark"])
    measured: list[tuple[Contrast, ...]] = list(
        zip(*(contrasts(values) for values in seen.values()), strict=True)
    )
    return {
        "sheets": [f"css/components/{path.name}" for path in _sheets()],
        "schemes": list(SCHEMES),
        "colours": [(name, value, dark[name]) for name, value in colours(plain).items()],
        "measured": measured,
        "sizes": {name: value for name, value in plain.items() if name.startswith("text-")},
        "spaces": {name: value for name, value in plain.items() if name.startswith("space-")},
        "icons": sorted(ICONS),
        "scripts": SCRIPTS,
    }


def _sheets() -> list[Path]:
    """The style sheets of the components, in the order of their names."""
    tokens_file = Path(str(finders.find("css/tokens.css")))
    return sorted((tokens_file.parent / "components").glob("*.css"))


def _said(request: HttpRequest) -> dict[str, Any]:
    """A statement of each kind, with all that its page shows."""
    rows = Statement.objects.with_links().filter(key__startswith="specimen-").order_by("id")
    found = {row.key.removeprefix("specimen-"): row for row in rows}
    direct, mixed = found["direct"], found["mixed"]
    reports = reports_of(direct)
    beside = [answer for side in answers(direct) for answer in side]
    permalink = request.build_absolute_uri(direct.get_absolute_url())
    return {
        "found": [(row, reports_of(row)) for row in found.values()],
        "statement": direct,
        "reports": reports,
        "unverified": reports_of(mixed),
        "corroboration": reported_in(*n_sources(reports)),
        "answers": beside,
        "variants": repeated(direct, beside),
        "citing": citing(request, direct),
        "permalink": permalink,
        "json_url": NOWHERE,
        "embed_code": embed_code(direct, permalink),
        "corrections": [],
        "difference": Difference(
            "Friederike-Charlotte Freifrau von Hohenstein-Lichtenberg zu Altwasserburg",
            [
                FieldDifference("text", "We will talk to each other.", "We will go on talking."),
                FieldDifference("channel", "", "Bilateral meeting"),
            ],
        ),
        "hours": line_of_hours(found.values()),
        "statements": [found[key] for key in ("arabic", "mixed", "contact")],
    }


def _network() -> dict[str, Any]:
    """Who addresses whom among the officials."""
    search = NetworkSearch(QueryDict("who=officials"))
    return {"network": search, "drawing": drawing(search), "n_pairs": len(search.pairs)}


def _names() -> dict[str, Any]:
    """An official with posts and counterparts, and entries as lists have them."""
    officials = Official.objects.prefetch_related("aliases")
    official = with_role_counts(officials, "official").get(slug="specimen-long")
    addressees, addressers = counterparts("official", official, of=("official", "country"))
    post = with_holders(Post.objects.filter(slug="specimen-secretary")).get()
    day = DayForm({"on": "2020"})
    asked = day.cleaned_data["on"] if day.is_valid() else None
    return {
        "official": official,
        "line": on_a_line(official.tenures.select_related("post__organization", "post__country")),
        "addressees": addressees,
        "addressers": addressers,
        "by_role": role_statements(official, "official", QueryDict()),
        "day_form": day,
        "day": asked,
        "holders": holders_during(post, asked.earliest, asked.latest) if asked else [],
        "entries": [
            *(official_entry(row) for row in Official.objects.with_tenures().filter(SPECIMEN)),
            *(organization_entry(row) for row in Organization.objects.filter(SPECIMEN)),
            *(topic_entry(row) for row in Topic.objects.filter(SPECIMEN)),
        ],
        "led": [event_entry(row) for row in Event.objects.filter(SPECIMEN)],
        "filters": OfficialFilter({"country": "xx"}, Official.objects.none()),
    }


def _lists() -> dict[str, Any]:
    """What lists are narrowed and told by, from almost nothing to too much."""
    choices = [Choice(f"c{n}", "Phone call" if n else LONG, 10_000 // (n + 1)) for n in range(9)]
    choices[1] = choices[1]._replace(is_selected=True)
    by_year = [Bar(str(1946 + n), n * n % 97, NOWHERE, n == 60) for n in range(80)]
    yemen = Country.objects.get(code="ye")
    return {
        "follow_url": NOWHERE,
        "elsewhere": ELSEWHERE,
        "chips": [
            Chip("from", "From", LONG, NOWHERE),
            Chip("q", "Words", "“the spirit of mutual trust”", NOWHERE),
        ],
        "facets": [{"name": "channel", "label": "Channel", "choices": choices, "is_partial": True}],
        "form": StatementFilters(
            {"q": "sea", "since": "2023-02-29"}, Statement.objects.none()
        ).form,
        "columns": by_year,
        "take_away": take_away(QueryDict("topic=open-harbours")),
        "tallies": with_shares(
            Tally(name, NOWHERE, n) for name, n in ((LONG, 1000), ("Yemen", 41), ("Oman", 1))
        ),
        "tabs": [
            {"label": "In any role", "url": NOWHERE, "count": "", "is_selected": True},
            {"label": "As speaker", "url": NOWHERE, "count": "1,000+", "is_selected": False},
        ],
        "letters": [(letter, NOWHERE if letter < "Q" else "", letter == "C") for letter in LETTERS],
        "lines": [
            CountryLine(yemen, "", "1,000+", "41", NOWHERE, NOWHERE),
            CountryLine(yemen, "1990", "", "1", "", NOWHERE),
        ],
        "meant": [Meant(Named("official", "Ḥusayn Šefčovič", LONG, NOWHERE, None), NOWHERE)],
        "kinds": [("link", fields("link"))],
        "dumps": [
            Dump(
                datetime(2026, 11, 24, tzinfo=UTC),
                3_016,
                "https://creativecommons.org/licenses/by/4.0/",
                (
                    DumpFile(
                        "demarche-20261124T000000Z.jsonl.gz", 3_219_004, "0123456789abcdef" * 4
                    ),
                ),
            )
        ],
    }
