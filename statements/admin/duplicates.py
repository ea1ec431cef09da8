"""Likely duplicates: told on saving, listed to decide about, and never offered twice."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.curation import RefusedError, duplicates
from statements.curation.citing import cite, plan_citing
from statements.curation.namesakes import note_official
from statements.curation.rearranging import may
from statements.models import Official, OfficialLikeness, Rearranging, Statement, StatementLikeness
from statements.models.likenesses import LikenessBase
from statements.search.people import people

from .desk import DeskAdmin
from .rearranging import Act, answer, curator, page

N_TOLD = 3
N_EXCERPT_CHARACTERS = 100
CITE = "cite"


class DecisionFilter(admin.SimpleListFilter):
    """Which pairs wait, which are unless one asks for others."""

    title = _("decision")
    parameter_name = "decided"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Decided"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        return [{**waiting, "display": gettext("Waiting")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(decided_at__isnull=self.value() != "yes")


class LikenessAdmin(DeskAdmin):
    """Pairs that are looked at and decided about, one page each."""

    list_filter = (DecisionFilter,)
    ordering = ("-pk",)
    sortable_by = ()
    actions = None
    kind: type[Model]
    template = ""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever changes what the pair is of decides about it."""
        return request.user.has_perm(f"statements.change_{self.kind._meta.model_name}")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Lets a pair go with what it is of; by itself it is decided about, not deleted."""
        return request.user.has_perm(f"statements.delete_{self.kind._meta.model_name}")

    @admin.display(description=_("likeness"))
    def share(self, pair: LikenessBase) -> str:
        return f"{pair.score:.0%}"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Shows the two beside each other, and takes a decision."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        pair = get_object_or_404(
            self.model._default_manager.select_related("first", "second"), pk=pk
        )
        if request.method == "POST" and "different" in request.POST:
            duplicates.settle(pair=pair, by=curator(request))
            self.tell(request, gettext("Remembered as two: they are not offered again."))
            return self._to_the_list()
        return self.decide(request, pair)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuses everybody: a decision that went would be asked for again, and by nobody's act."""
        raise PermissionDenied

    def decide(self, request: HttpRequest, pair: Any) -> HttpResponse:
        return self.show(request, pair, ())

    def show(self, request: HttpRequest, pair: Any, reasons: Any, **context: Any) -> HttpResponse:
        told = {"pair": pair, "share": self.share(pair), "reasons": reasons, **context}
        return page(self, request, self.template, _("Are these one and the same?"), told)

    def _to_the_list(self) -> HttpResponse:
        name = f"admin:statements_{self.opts.model_name}_changelist"
        return HttpResponseRedirect(reverse(name))


@admin.register(StatementLikeness)
class StatementLikenessAdmin(LikenessAdmin):
    list_display = ("first_words", "second_words", "share", "found_at")
    kind = Statement
    template = "admin/duplicates/statements.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return duplicates.with_statements(super().get_queryset(request))

    @admin.display(description=_("statement"))
    def first_words(self, pair: StatementLikeness) -> str:
        return _told(pair.first)

    @admin.display(description=_("other statement"))
    def second_words(self, pair: StatementLikeness) -> str:
        return _told(pair.second)

    def decide(self, request: HttpRequest, pair: StatementLikeness) -> HttpResponse:
        if request.method == "POST" and "repeats" in request.POST:
            try:
                link = duplicates.repeat(pair=pair, by=curator(request))
            except RefusedError as refused:
                return self._ask(request, pair, refused.reasons)
            told = gettext("%(later)s now repeats %(earlier)s.")
            self.tell(request, told % {"later": link.statement, "earlier": link.target})
            return self._to_the_list()
        if request.method == "POST" and CITE in request.POST:
            return self._cite(request, pair, request.POST[CITE])
        return self._ask(request, pair, ())

    def _cite(self, request: HttpRequest, pair: StatementLikeness, draft_pk: str) -> HttpResponse:
        if not may(request.user, Rearranging.CITE, "statement"):
            raise PermissionDenied
        draft, other = pair.first, pair.second
        if str(draft.pk) != draft_pk:
            draft, other = other, draft
        act = Act(
            title=_("What becomes of the draft"),
            button=_("Make it another citation"),
            plan=lambda: plan_citing(draft=draft, other=other),
            carry_out=lambda digest: cite(
                draft=draft, other=other, by=curator(request), as_shown=digest
            ),
        )
        return answer(self, request, act, lambda reasons: self._ask(request, pair, reasons))

    def _ask(self, request: HttpRequest, pair: StatementLikeness, reasons: Any) -> HttpResponse:
        rows = Statement.objects.with_related().filter(pk__in=[pair.first_id, pair.second_id])
        found = {row.pk: row for row in rows}
        statements = [found[pk] for pk in (pair.first_id, pair.second_id)]
        drafts = [row for row in statements if row.published_at is None]
        may_discard = may(request.user, Rearranging.CITE, "statement")
        return self.show(
            request, pair, reasons, statements=statements, drafts=drafts if may_discard else []
        )


@admin.register(OfficialLikeness)
class OfficialLikenessAdmin(LikenessAdmin):
    list_display = ("first", "second", "share", "found_at")
    list_display_links = ("first", "second")
    list_select_related = ("first", "second")
    kind = Official
    template = "admin/duplicates/officials.html"

    def decide(self, request: HttpRequest, pair: OfficialLikeness) -> HttpResponse:
        pks = [pair.first_id, pair.second_id]
        rows = Official.objects.with_tenures().prefetch_related("aliases").filter(pk__in=pks)
        found = {row.pk: row for row in rows}
        asked = urlencode({"kept": pair.first_id, "absorbed": pair.second_id})
        is_merger = may(request.user, Rearranging.MERGE, "official")
        url = f"{reverse('admin:statements_official_merge')}?{asked}" if is_merger else ""
        return self.show(request, pair, (), officials=[found[pk] for pk in pks], merge_url=url)


class NotingStatements(DeskAdmin):
    """Tells on saving which statements say the same."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and not (form.has_changed() or any(one.has_changed() for one in formsets)):
            return
        with transaction.atomic():
            # Read anew, with its days as days and what the database derived.
            saved = Statement.objects.without_vectors().get(pk=form.instance.pk)
            pairs = duplicates.note_statement(statement=saved)
        for pair in pairs[:N_TOLD]:
            other = pair.second if pair.first_id == saved.pk else pair.first
            told = gettext("Much the same words, near the same day: “%(other)s”.")
            _tell(self, request, pair, told % {"other": _told(other)})


class NotingOfficials(DeskAdmin):
    """Tells on saving which officials have a like name; it stands in nobody's way."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Before anything is written, the names that this process has at hand serve.
        form.names_before = people()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        is_renamed = {"name", "identifiers"} & set(form.changed_data)
        if change and not (is_renamed or any(one.has_changed() for one in formsets)):
            return
        table = form.names_before.officials
        for pair in note_official(official=form.instance, table=table)[:N_TOLD]:
            other = pair.second if pair.first_id == form.instance.pk else pair.first
            told = gettext("There is an official of a like name: “%(other)s”.")
            _tell(self, request, pair, told % {"other": other}, opens=other)


def _tell(
    desk: Any, request: HttpRequest, pair: Model, told: str, *, opens: Model | None = None
) -> None:
    name = f"admin:statements_{pair._meta.model_name}_change"
    compare = format_html(
        '<a href="{}">{}</a>', reverse(name, args=[pair.pk]), gettext("Compare the two")
    )
    if opens is not None:
        url = reverse(f"admin:statements_{opens._meta.model_name}_change", args=[opens.pk])
        compare = format_html('<a href="{}">{}</a> · {}', url, gettext("Open the other"), compare)
    desk.tell(request, format_html("{} {}", told, compare), messages.WARNING)


def _told(statement: Statement) -> str:
    return f"{statement.key}: {Truncator(statement.text).chars(N_EXCERPT_CHARACTERS)}"
