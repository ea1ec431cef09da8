"""The addresses of machine formats: a suffix in place of the last slash."""

from django.urls import path

from statements.models import Renamed
from statements.search.pairs import ROUTES

from . import citations, dumps, feeds, lists, networks, nouns, pairs, statements
from .formats import FORMATS
from .nouns import COUNTRIES, EVENTS, OFFICIALS

urlpatterns = [
    *(
        path(
            f"statements.{listed.suffix}",
            lists.statement_list,
            {"listed": listed},
            name=f"statements-{listed.suffix}",
        )
        for listed in FORMATS
    ),
    path("statements.json", statements.statement_list_json, name="statements-json"),
    path("statements.atom", feeds.statement_list_atom, name="statements-atom"),
    path("statements/<slug:key>.json", statements.statement_json, name="statement-json"),
    path("statements/<slug:key>.bib", citations.statement_bib, name="statement-bib"),
    path("statements/<slug:key>.ris", citations.statement_ris, name="statement-ris"),
    path("statements/<slug:key>.csl.json", citations.statement_csl_json, name="statement-csl"),
    *(
        route
        for noun in (OFFICIALS, COUNTRIES, EVENTS)
        for section, kind in [(noun.section, noun.kind.value)]
        for route in (
            path(f"{section}.json", nouns.list_json, {"noun": noun}, name=f"{section}-json"),
            path(f"{section}.atom", nouns.list_atom, {"noun": noun}, name=f"{section}-atom"),
            path(
                f"{section}/<slug:slug>.json", nouns.one_json, {"noun": noun}, name=f"{kind}-json"
            ),
            path(
                f"{section}/<slug:slug>.atom", nouns.one_atom, {"noun": noun}, name=f"{kind}-atom"
            ),
        )
    ),
    *(
        path(
            f"{root}/<slug:one>/<slug:other>.{suffix}",
            view,
            {"kind": kind},
            name=f"{ROUTES[kind]}-{suffix}",
        )
        for root, kind in (
            ("between/officials", Renamed.OFFICIAL),
            ("between", Renamed.COUNTRY),
        )
        for suffix, view in (("json", pairs.pair_json), ("atom", pairs.pair_atom))
    ),
    path("network.json", networks.network_json, name="network-json"),
    path("network.csv", networks.network_csv, name="network-csv"),
    path("about/data/dumps/<str:name>", dumps.dump, name="dump"),
]
