"""Imports: a file is handed in, its preview looked through, and confirmed or put away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from statements.formats.writers import statement_template
from statements.interchange import uploads
from statements.interchange.workers import begin
from statements.models import Upload, UploadLine
from statements.models.uploads import LineFate, UploadState

from .desk import DeskAdmin

N_LINES_SHOWN = 100
N_BYTES_OF_FORM = 1_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """A file of a kind that can be imported."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A table (.csv, .xlsx) or a file of the archive format (.jsonl, .jsonl.gz)."),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join((*uploads.ENDINGS, ".gz"))}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not uploads.ending(file.name or ""):
            message = _("This is none of %(endings)s.")
            raise ValidationError(message, params={"endings": ", ".join(uploads.ENDINGS)})
        if (file.size or 0) > uploads.N_BYTES:
            raise too_large()
        return file


def too_large() -> ValidationError:
    n_megabytes = uploads.N_BYTES // 1_000_000
    return ValidationError(_("Files may have %(n)d MB at most."), params={"n": n_megabytes})


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the lines of a preview."""

    fate: str
    label: str
    n: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the places that lead on to others."""

    lines: list[UploadLine]
    before: int | None
    after: int | None


@admin.register(Upload)
class UploadAdmin(DeskAdmin):
    list_display = ("name", "state", "n_created", "n_updated", "n_refused", "by", "uploaded_at")
    list_display_links = ("name",)
    list_select_related = ("by",)
    list_filter = ("state",)
    ordering = ("-pk",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record of what was handed in: its page decides about it, no form changes it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, str, Callable[..., HttpResponse]]] = [
            ("add/", "add", csrf_exempt(self.hand_in)),
            ("template.csv", "template_csv", require_safe(self.template_csv)),
            ("template.xlsx", "template_xlsx", require_safe(self.template_xlsx)),
            ("<int:pk>/change/", "change", require_safe(self.look_through)),
            ("<int:pk>/confirm/", "confirm", require_POST(self.confirm)),
            ("<int:pk>/again/", "again", require_POST(self.begin_again)),
            ("<int:pk>/discard/", "discard", require_POST(self.discard)),
        ]
        own = [
            path(address, self.admin_site.admin_view(view), name=f"statements_upload_{name}")
            for address, name, view in pages
        ]
        return [*own, *super().get_urls()]

    # Handing in

    def hand_in(self, request: HttpRequest) -> HttpResponse:
        """Refuses what is too large before it is read, which the check of forms would do."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        n_bytes = int(request.META.get("CONTENT_LENGTH") or 0)
        if n_bytes > uploads.N_BYTES + N_BYTES_OF_FORM:
            form = UploadForm({}, MultiValueDict())
            form.errors["file"] = form.error_class(too_large().messages)
            return self._ask(request, form, status=413)
        take: Callable[[HttpRequest], HttpResponse] = csrf_protect(self._take)
        return take(request)

    def _take(self, request: HttpRequest) -> HttpResponse:
        is_sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
        if not form.is_valid():
            return self._ask(request, form)
        file = form.cleaned_data["file"]
        upload = uploads.keep(content=file.chunks(), name=file.name, by=request.user)
        begin(upload)
        return HttpResponseRedirect(_page_of(upload))

    def _ask(self, request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
        told = {"title": gettext("Import a file"), "form": form}
        return self._page(request, "admin/uploads/add.html", told, status=status)

    def template_csv(self, request: HttpRequest) -> HttpResponse:
        return _file(statement_template.as_csv(), "statements.csv", "text/csv; charset=utf-8")

    def template_xlsx(self, request: HttpRequest) -> HttpResponse:
        return _file(statement_template.as_xlsx(gettext), "statements.xlsx", XLSX)

    # Looking through

    def look_through(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._upload(request, pk)
        fate = request.GET.get("fate", "")
        if fate not in LineFate.codes():
            fate = LineFate.REFUSED.value if upload.n_refused and "fate" not in request.GET else ""
        told = {
            "title": gettext("Import of %(name)s") % {"name": upload.name},
            "upload": upload,
            "is_alive": upload.is_worked_on and uploads.is_alive(upload),
            "before": uploads.imported_before(upload),
            "may_decide": self.has_add_permission(request),
            "tabs": _tabs(upload, fate),
            "fate": fate,
            "page": None if upload.is_worked_on else _page(upload, fate, request),
        }
        return self._page(request, "admin/uploads/upload.html", told)

    # Deciding

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._upload(request, pk, to_decide=True)
        digest = request.POST.get("digest", "")
        if uploads.confirm(upload=upload, digest=digest, by=request.user):
            begin(upload)
        else:
            message = gettext("This is not the preview that you saw: look it through again.")
            self.tell(request, message, messages.WARNING)
        return HttpResponseRedirect(_page_of(upload))

    def begin_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._upload(request, pk, to_decide=True)
        if uploads.read_again(upload=upload):
            begin(upload)
        return HttpResponseRedirect(_page_of(upload))

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        upload = self._upload(request, pk, to_decide=True)
        if upload.state == UploadState.APPLIED or (
            upload.is_worked_on and uploads.is_alive(upload)
        ):
            message = gettext("It is being worked on, or imported already: it stays.")
            self.tell(request, message, messages.WARNING)
            return HttpResponseRedirect(_page_of(upload))
        uploads.discard(upload=upload)
        self.tell(request, gettext("“%(name)s” was put away.") % {"name": upload.name})
        return HttpResponseRedirect(reverse("admin:statements_upload_changelist"))

    def _upload(self, request: HttpRequest, pk: int, *, to_decide: bool = False) -> Upload:
        may = self.has_add_permission if to_decide else self.has_view_permission
        if not may(request):
            raise PermissionDenied
        return get_object_or_404(Upload.objects.select_related("by", "confirmed_by"), pk=pk)

    def _page(
        self, request: HttpRequest, template: str, told: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            **told,
        }
        return TemplateResponse(request, template, context, status=status)


def _page_of(upload: Upload) -> str:
    return reverse("admin:statements_upload_change", args=[upload.pk])


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def _tabs(upload: Upload, current: str) -> list[Tab]:
    counts = {
        LineFate.CREATED: upload.n_created,
        LineFate.UPDATED: upload.n_updated,
        LineFate.UNCHANGED: upload.n_unchanged,
        LineFate.REFUSED: upload.n_refused,
    }
    tabs = [Tab(fate.value, gettext(fate.label), n, fate == current) for fate, n in counts.items()]
    return [Tab("", gettext("All"), sum(counts.values()), current == ""), *tabs]


def _page(upload: Upload, fate: str, request: HttpRequest) -> Page:
    """A page of lines: those after a place, or before one, or the first."""
    lines = UploadLine.objects.filter(upload=upload)
    lines = lines.filter(fate=fate) if fate else lines
    after, before = _place(request, "after"), _place(request, "before")
    if before is not None:
        found = list(lines.filter(position__lt=before).order_by("-position")[:N_LINES_SHOWN])[::-1]
    else:
        rest = lines if after is None else lines.filter(position__gt=after)
        found = list(rest.order_by("position")[:N_LINES_SHOWN])
    if not found:
        return Page([], None, None)
    return Page(
        found,
        before=_or_none(lines.filter(position__lt=found[0].position), found[0].position),
        after=_or_none(lines.filter(position__gt=found[-1].position), found[-1].position),
    )


def _or_none(others: QuerySet[UploadLine], place: int) -> int | None:
    return place if others.exists() else None


def _place(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 10 else None
