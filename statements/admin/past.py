"""What an object was: its versions, how they differ, and bringing one back."""

import re
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from statements.curation import (
    PARTS,
    History,
    RefusedError,
    Version,
    all_differences,
    deleted_rows,
    differences,
    history_of,
    restore,
    to_restore,
)
from statements.curation.differences import name_told
from statements.curation.history import row_of

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin

NUMBER = re.compile(r"[0-9]{1,18}")
N_VERSIONS_SHOWN = 30
N_DELETED_SHOWN = 200


class HistoryPages(AnyModelAdmin):
    """The page of an object's versions, and the list of what was deleted."""

    change_list_template = "admin/desk_list.html"

    @property
    def is_without_history(self) -> bool:
        """Whether rows of this kind are records themselves, of which no versions are kept."""
        return self.model not in PARTS

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_deleted"
        page = self.admin_site.admin_view(self.deleted_view)
        return [path("deleted/", page, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Shows the versions of an object, there or deleted, and restores one when asked to."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        self._require_history()
        history = self._history(object_id)
        if history is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
        number = request.POST.get("restore") or request.GET.get("restore")
        if number is None:
            return self._versions(request, history)
        version = history.version(int(number)) if NUMBER.fullmatch(number) else None
        if version is None or history.place not in version.after:
            raise Http404
        if not self.may_restore(request, history):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, history, version)
        return self._confirm(request, history, version)

    def may_restore(self, request: HttpRequest, history: History) -> bool:
        if history.is_deleted:
            return self.has_add_permission(request)
        row = row_of(self.model, history.pk, history.present[history.place])
        return self.has_change_permission(request, row)

    def _require_history(self) -> None:
        if self.is_without_history:
            raise Http404

    def _history(self, object_id: str) -> History | None:
        try:
            pk = self.opts.pk.to_python(unquote(object_id))
        except ValidationError:
            return None
        if not 0 < pk < 2**63:
            return None
        history = history_of(self.model, pk)
        return history if history.is_known else None

    def _versions(self, request: HttpRequest, history: History) -> HttpResponse:
        pages = Paginator(history.versions, N_VERSIONS_SHOWN)
        page = pages.get_page(request.GET.get("p"))
        steps = [(version.before, version.after) for version in page]
        told = all_differences(steps, whole=self.model)
        context = {
            "title": _("History of “%(name)s”") % {"name": self._name(history)},
            "versions": list(zip(page, told, strict=True)),
            "page": page,
            "place": history.place,
            "may_restore": self.may_restore(request, history),
        }
        return self._answer(request, "admin/history.html", history, context)

    def _confirm(self, request: HttpRequest, history: History, version: Version) -> HttpResponse:
        told = differences(history.present, to_restore(history, version), whole=self.model)
        context = {
            "title": _("Restore “%(name)s”") % {"name": self._name(history)},
            "version": version,
            "differences": told,
        }
        return self._answer(request, "admin/restore.html", history, context)

    def _restore(self, request: HttpRequest, history: History, version: Version) -> HttpResponse:
        by: Any = request.user
        try:
            row = restore(model=self.model, pk=history.pk, number=version.number, by=by)
        except RefusedError as refused:
            self.message_user(request, " ".join(refused.reasons), messages.ERROR)
            return HttpResponseRedirect(request.path)
        self.message_user(request, _("“%(name)s” was restored.") % {"name": row}, messages.SUCCESS)
        return HttpResponseRedirect(self._url("change", history.pk))

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """Lists what was deleted and is still gone, the newest first."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        self._require_history()
        rows = [
            (self._url("history", row.row_id), name_told(row.values), row.change)
            for row in deleted_rows(self.model, n=N_DELETED_SHOWN)
        ]
        kind = self.opts.verbose_name_plural
        context = {"title": _("Deleted %(kind)s") % {"kind": kind}, "rows": rows}
        return self._answer(request, "admin/deleted.html", None, context)

    def _answer(
        self, request: HttpRequest, template: str, history: History | None, told: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "history": history,
            "change_url": self._url("change", history.pk) if history else "",
            "history_url": self._url("history", history.pk) if history else "",
            "list_url": self._url("changelist"),
            **told,
        }
        return TemplateResponse(request, template, context)

    def _url(self, page: str, *arguments: Any) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=arguments, current_app=self.admin_site.name)

    def _name(self, history: History) -> str:
        values = history.present.get(history.place)
        if values is None:
            states = (version.before for version in history.versions)
            values = next(state[history.place] for state in states if history.place in state)
        return name_told(values)
