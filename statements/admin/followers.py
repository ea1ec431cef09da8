"""Who follows what by e-mail, for superusers' eyes, since addresses are personal."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from statements.following import asking
from statements.models import Following, Mail

from .desk import DeskAdmin


class PersonalAdmin(DeskAdmin):
    """A list that superusers alone may read, and nobody writes."""

    list_display_links = None
    sortable_by = ()
    list_select_related = ("follower",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Following)
class FollowingAdmin(PersonalAdmin):
    """What is followed; whoever asks the operator to be forgotten is forgotten here."""

    list_display = ("follower", "search", "interval", "created_at", "confirmed_at", "looked_on")
    list_filter = ("interval",)
    ordering = ("-pk",)
    search_fields = ("follower__folded__exact",)
    search_help_text = _("A whole address, in small letters.")
    actions = ("forget",)

    @admin.display(description=_("search"))
    def search(self, following: Following) -> str:
        """Its parameters, which cost nothing to tell, and lead to the page that says them."""
        path = reverse("statements")
        return format_html(
            '<a href="{}">{}</a>',
            f"{path}?{following.query}" if following.query else path,
            following.query or _("all statements"),
        )

    @admin.action(description=_("Forget the addresses, and all that they follow"))
    def forget(self, request: HttpRequest, rows: QuerySet[Following]) -> None:
        for follower in {row.follower for row in rows.select_related("follower")}:
            asking.end_all(follower=follower)
        self.tell(request, str(_("Forgotten.")))

    def users_of(self, obj: Model) -> list[str]:
        return []


@admin.register(Mail)
class MailAdmin(PersonalAdmin):
    """What was sent of late, and what could not be."""

    list_display = ("made_at", "kind", "state", "follower", "n_found", "n_attempts", "failure")
    list_filter = ("state", "kind")
    ordering = ("-pk",)
    search_fields = ("follower__folded__exact",)
    search_help_text = _("A whole address, in small letters.")
