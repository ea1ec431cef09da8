"""Old addresses, which the database keeps and nobody edits."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from statements.models import Redirect

from .desk import DeskAdmin


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    list_display = ("old_slug", "new_slug", "kind")
    list_filter = ("kind",)
    search_fields = ("old_slug__startswith", "new_slug__startswith")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
