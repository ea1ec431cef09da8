"""What was merged, split and moved: what moved, and the way back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements import curation
from statements.curation import RefusedError
from statements.curation.changes import Change
from statements.curation.rearranging import may, refusals_of
from statements.models import Rearrangement

from .desk import DeskAdmin
from .previews import preview
from .rearranging import curator, page


class UndoneFilter(admin.SimpleListFilter):
    """Which acts were taken back."""

    title = _("undone")
    parameter_name = "undone"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("In force")), ("yes", _("Undone"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("no", "yes"):
            return queryset
        return queryset.filter(undone_at__isnull=self.value() == "no")


@admin.register(Rearrangement)
class RearrangementAdmin(DeskAdmin):
    list_display = ("summary", "act", "kind", "n_rows", "made_at", "made_by", "undone_at")
    list_filter = ("act", UndoneFilter)
    list_select_related = ("made_by",)
    ordering = ("-pk",)
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rearrangement]:
        return super().get_queryset(request).defer("changes")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.undo_view)
        name = "statements_rearrangement_undo"
        return [path("<int:pk>/undo/", view, name=name), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever changes statements sees what others rearranged."""
        return super().has_view_permission(request, obj) or request.user.has_perm(
            "statements.change_statement"
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Shows every row that an act changed, with a button that takes it back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        return self._show(request, get_object_or_404(Rearrangement, pk=pk), ())

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        kept = get_object_or_404(Rearrangement, pk=pk)
        try:
            curation.undo(rearrangement=kept, by=curator(request))
        except RefusedError as refused:
            return self._show(request, kept, refused.reasons)
        self.tell(request, gettext("Undone: %(act)s") % {"act": kept.summary}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:statements_rearrangement_changelist"))

    def _show(self, request: HttpRequest, kept: Rearrangement, reasons: Any) -> HttpResponse:
        changes = [Change(**told) for told in kept.changes]
        is_undoable = not kept.is_undone and may(request.user, kept.act, kept.kind)
        refused = refusals_of(kept, changes, curator(request)) if is_undoable else []
        context = {
            "kept": kept,
            "preview": preview(changes, kind=kept.kind, row_id=kept.row_id),
            "reasons": dict.fromkeys([*reasons, *refused]),
            "is_undoable": is_undoable and not refused,
        }
        return page(self, request, "admin/rearranging/rearrangement.html", kept.summary, context)
