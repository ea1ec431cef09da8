"""Accounts, and what is kept of their log-ins: for superusers' eyes."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from statements.accounts import audit, second_factor
from statements.models import LogIn
from statements.vocabulary import LogInResult

from .desk import DeskAdmin

if TYPE_CHECKING:
    AnyUserAdmin = UserAdmin[User]
else:
    AnyUserAdmin = UserAdmin

# Their own pages would show the secrets, which nobody but their bearer should see.
for device in (TOTPDevice, StaticDevice):
    if admin.site.is_registered(device):
        admin.site.unregister(device)
if admin.site.is_registered(User):
    admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(AnyUserAdmin):
    """Django's own, and a way back in for who has lost the second factor."""

    actions = ("forget_second_factor",)

    def has_forgetting_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    @admin.action(
        description=_("Remove the second factor of selected users"), permissions=["forgetting"]
    )
    def forget_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Lets them set up another when they next log in."""
        n_removed = 0
        for account in queryset:
            if second_factor.remove(account=account):
                audit.record(request, LogInResult.REMOVED, account.get_username())
                n_removed += 1
        told = ngettext("%(n)d second factor removed.", "%(n)d second factors removed.", n_removed)
        self.message_user(request, told % {"n": n_removed}, messages.SUCCESS)


@admin.register(LogIn)
class LogInAdmin(DeskAdmin):
    list_display = ("at", "result", "username", "address", "user_agent")
    list_display_links = None
    list_filter = ("result",)
    ordering = ("-at", "-pk")
    sortable_by = ()
    search_fields = ("username__exact", "address__exact")
    search_help_text = _("A whole username or address.")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
