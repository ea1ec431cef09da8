"""Statements: their list, their form, and how it is saved."""

from dataclasses import asdict
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements import curation
from statements.dates import printed
from statements.models import Statement
from statements.vocabulary import Role

from . import displaced, preview
from .carrying import AFTER, carried
from .citations import CitationFormSet, CitationInline
from .doubts import doubts_about
from .drafting import Drafted, sentences_of
from .duplicates import NotingStatements
from .finding import matching
from .links import LinkInline
from .moving import Moving
from .parties import StatementPartyFormSet, StatementPartyInline
from .publication import PublicationAdmin
from .statement_form import StatementForm
from .statement_list import N_EXCERPT_CHARACTERS, CheckFilter, StatementList, WaitingFilter

FIRST_ARTICLE = "citations-0-article"
N_SUGGESTED_CHARACTERS = 60


@admin.register(Statement)
class StatementAdmin(NotingStatements, Moving, PublicationAdmin):
    form = StatementForm
    actions: Any = (*PublicationAdmin.actions, "move_selected")
    save_as = True
    ordering = ("-updated_at", "-pk")
    list_display = ("summary", "who", "day", "channel", "status", "changed")
    list_display_links = ("summary",)
    list_filter = (
        "status",
        WaitingFilter,
        CheckFilter,
        "account",
        "basis",
        "standing",
        "form",
        "channel",
    )
    sortable_by = ("changed",)
    search_fields = ("key",)
    search_help_text = _("Words of the statement or names of its parties; or the start of its key.")
    autocomplete_fields = ("topics", "event", "about_events")
    readonly_fields = (
        "key",
        "status",
        "entered_by",
        "submitted_by",
        "reviewed_by",
        "account",
        "basis",
        "published_at",
        "updated_at",
        "withdrawal_reason",
    )
    inlines = (StatementPartyInline, CitationInline, LinkInline)

    class Media:
        js: ClassVar = [f"admin-desk/{name}.js" for name in ("explaining", "keys", "kept_form")]

    fieldsets = [
        (
            _("Words"),
            {
                "description": _(
                    "Quotation marks often enclose a relayer's words: then the relayer is quoted "
                    "directly, and the speaker paraphrased."
                ),
                "fields": [
                    "text",
                    ("form", "text_status", "language"),
                    "original_text",
                    ("original_language", "translator"),
                ],
            },
        ),
        (
            _("Day"),
            {
                "fields": [
                    ("said_on", "said_on_qualifier", "said_on_until"),
                    ("said_on_basis", "said_at_local"),
                    "undated_reason",
                ]
            },
        ),
        (
            _("Channel"),
            {"fields": [("channel", "channel_basis", "platform")]},
        ),
        (_("Occasion"), {"fields": [("event", "event_order"), "about_events"]}),
        (_("Acts and topics"), {"fields": ["acts", "topics"]}),
        (_("Standing"), {"fields": ["standing", "standing_note"]}),
        (_("Notes"), {"fields": ["basis_note", "note"]}),
        (
            _("Record"),
            {
                "fields": [
                    ("status", "key"),
                    ("published_at", "updated_at"),
                    ("entered_by", "submitted_by", "reviewed_by"),
                    ("account", "basis"),
                    "withdrawal_reason",
                ]
            },
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leaves out the record of a statement that has none yet."""
        fieldsets: Any = super().get_fieldsets(request, obj)
        return fieldsets if obj else fieldsets[:-1]

    # --- The list -----------------------------------------------------------------------------

    @admin.display(description=_("statement"))
    def summary(self, statement: Any) -> str:
        excerpt = str(statement.excerpt)
        return excerpt + "…" if len(excerpt) == N_EXCERPT_CHARACTERS else excerpt

    @admin.display(description=_("who to whom"))
    def who(self, statement: Statement) -> str:
        speakers, addressees = (
            ", ".join(party.name for party in statement.in_role(role))
            for role in (Role.SPEAKER, Role.ADDRESSEE)
        )
        return f"{speakers} → {addressees}" if addressees else speakers

    @admin.display(description=_("day"), ordering="sort_on")
    def day(self, statement: Statement) -> str:
        if statement.said_on is None:
            return gettext("undated")
        return printed(
            statement.said_on,
            statement.said_on_qualifier,
            statement.said_on_until,
            translate=gettext,
        )

    @admin.display(description=_("changed"), ordering="updated_at")
    def changed(self, statement: Statement) -> str:
        return date_format(localtime(statement.updated_at), "Y-m-d H:i")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Refuses to look into lists, which the database reads by a syntax of its own."""
        is_a_list = lookup.split("__")[0] in ("acts", "facets", "search_vector")
        return not is_a_list and super().lookup_allowed(lookup, value, request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StatementList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).defer("search_vector", "facets")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return matching(queryset, search_term), False

    def for_suggesting(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        lines = rows.defer("search_vector", "facets", "text", "original_text", "note")
        excerpts: QuerySet[Any] = lines.annotate(excerpt=Left("text", N_SUGGESTED_CHARACTERS))
        return excerpts

    def suggested(self, row: Any) -> str:
        return f"{row.key}: {row.excerpt}"

    # --- Where it may only be viewed --------------------------------------------------------------

    @admin.display(description=_("time"))
    def said_at_local(self, statement: Statement) -> str:
        at = statement.said_at_local
        return at.isoformat(sep=" ", timespec="minutes") if at else self.get_empty_value_display()

    # --- Saving -------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Leaves the saving to `save_related`, where the parties that name it are known."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        parties = next(one for one in formsets if isinstance(one, StatementPartyFormSet))
        in_order = [one.instance for one in parties.forms_in_order]
        if not change:
            curation.enter(statement=form.instance, parties=in_order, by=request.user)
        elif form.has_changed() or any(formset.has_changed() for formset in formsets):
            curation.amend(statement=form.instance, parties=in_order, by=request.user)
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if isinstance(formset, CitationFormSet):
                for level, message in formset.told():
                    self.tell(request, message, level)
        self._warn(request, form.instance)

    def _warn(self, request: HttpRequest, statement: Statement) -> None:
        unfound = curation.unfound_words(statement) if statement.is_published else []
        for doubt in (*unfound, *doubts_about(statement)):
            self.tell(request, doubt, messages.WARNING)

    def tell(self, request: HttpRequest, message: str, level: int = messages.SUCCESS) -> None:
        if not preview.is_asked(request):
            super().tell(request, message, level)

    # --- The form -----------------------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        told = {name: value for name, value in initial.items() if name not in ("acts", AFTER)}
        return {**carried(request).statement, **told}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """Begins a new statement's parties and citation with what its address names."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method != "GET" or obj.pk is not None:
            return kwargs
        article = request.GET.get(FIRST_ARTICLE)
        if isinstance(inline, CitationInline):
            kwargs["initial"] = [{"article": article}] if article else carried(request).citations
        elif isinstance(inline, StatementPartyInline):
            kwargs["initial"] = carried(request).parties
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if preview.is_asked(request):
            return preview.refuse(request, context)
        statement = kwargs.get("obj")
        # A button of its own says what the next form takes over.
        context["leads_on"] = self.has_add_permission(request) and not context["is_popup"]
        context["show_save_and_add_another"] = False
        is_editable = statement is None or self.has_change_permission(request, statement)
        # What may only be viewed has no fields to explain as they are typed.
        context["explains_at"] = is_editable and reverse("admin:statements_statement_explain")
        context["sentences"] = sentences_of(statement) if statement else []
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        """Opens the next form with what statements of one article have in common."""
        if preview.is_asked(request):
            return preview.preview_unsaved(request, obj)
        response = super().response_add(request, obj, *args, **kw)
        return self._lead_on(request, obj, response)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if preview.is_asked(request):
            return preview.preview_unsaved(request, obj)
        return self._lead_on(request, obj, super().response_change(request, obj))

    def _lead_on(self, request: HttpRequest, obj: Any, response: HttpResponse) -> HttpResponse:
        if "_addanother" not in request.POST or not isinstance(response, HttpResponseRedirect):
            return response
        parts = urlsplit(response.url)
        asked = QueryDict(parts.query, mutable=True)
        asked[AFTER] = str(obj.pk)  # in the place of the one before
        return HttpResponseRedirect(parts._replace(query=asked.urlencode()).geturl())

    # --- Pages beside it ----------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        """Adds what a form asks while it is filled in, its preview, and the list of citations."""
        guarded = self.admin_site.admin_view
        return [
            path("explain/", guarded(self.explain), name="statements_statement_explain"),
            path("<int:pk>/preview/", guarded(self.preview), name="statements_statement_preview"),
            path("citations/", guarded(displaced.citations), name="displaced_citations"),
            path("citations/<int:pk>/reanchor/", guarded(displaced.reanchor), name="reanchor"),
            *super().get_urls(),
        ]

    def explain(self, request: HttpRequest) -> HttpResponse:
        """Answers with the sentence and the titles that a form makes as it is filled in."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        drafted = Drafted(request.POST.dict())
        titles = {number: asdict(held) for number, held in drafted.titles.items()}
        return JsonResponse({"sentences": drafted.sentences, "titles": titles})

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows a statement as kept, published or not, as readers would see it."""
        statement = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, statement):
            raise PermissionDenied
        return preview.preview(request, statement)
