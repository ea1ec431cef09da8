"""The curation desk: Django's admin, in the order in which an editor works."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import (
    accounts,
    actors,
    duplicates,
    followers,
    rearrangements,
    redirects,
    sources,
    statements,
    subjects,
    uploads,
)
from .log_in import LogInForm
from .suggesting import suggest

__all__ = [
    "accounts",
    "actors",
    "duplicates",
    "followers",
    "rearrangements",
    "redirects",
    "sources",
    "statements",
    "subjects",
    "uploads",
]

admin.site.site_header = _("Demarche: curation desk")
admin.site.site_title = _("Demarche")
admin.site.index_title = _("Work to do")
admin.site.login_form = LogInForm
admin.site.autocomplete_view = suggest  # type: ignore[method-assign]
admin.site.empty_value_display = "–"  # noqa: RUF001
