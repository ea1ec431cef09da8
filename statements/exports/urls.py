"""The addresses of machine formats: a suffix in place of the last slash."""

from django.urls import path

from . import actors, citations, statements

urlpatterns = [
    path("statements.json", statements.statement_list_json, name="statements-json"),
    path("statements/<slug:key>.json", statements.statement_json, name="statement-json"),
    path("statements/<slug:key>.bib", citations.statement_bib, name="statement-bib"),
    path("statements/<slug:key>.ris", citations.statement_ris, name="statement-ris"),
    path("statements/<slug:key>.csl.json", citations.statement_csl_json, name="statement-csl"),
    path("officials.json", actors.official_list_json, name="officials-json"),
    path("officials/<slug:slug>.json", actors.official_json, name="official-json"),
    path("countries.json", actors.country_list_json, name="countries-json"),
    path("countries/<slug:code>.json", actors.country_json, name="country-json"),
]
