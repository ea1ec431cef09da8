"""What the autocompletes of the desk offer."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from .desk import DeskAdmin


class SuggestionView(AutocompleteJsonView):
    """Rows to choose from, told apart by what their own page of the desk says of them."""

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset()
        desk = self.model_admin
        return desk.for_suggesting(rows) if isinstance(desk, DeskAdmin) else rows

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        told: dict[str, str] = super().serialize_result(obj, to_field_name)
        if isinstance(self.model_admin, DeskAdmin):
            told["text"] = self.model_admin.suggested(obj)
        return told


def suggest(request: HttpRequest) -> HttpResponse:
    """Answers for the whole desk, in the place of Django's own view."""
    answer: Any = SuggestionView.as_view(admin_site=admin.site)(request)
    return cast(HttpResponse, answer)
