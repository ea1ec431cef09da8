"""The way of statements to the public and back: buttons, actions, and what is never deleted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from statements import curation
from statements.curation import RefusedError
from statements.models import Statement
from statements.vocabulary import ReviewStep

from .desk import DeskAdmin
from .reasons import ReasonForm, ReturningForm, WithdrawalForm

N_AT_ONCE = 500
N_REFUSALS_TOLD = 20

Told = Callable[[int], str]


class Take(Protocol):
    """A change of status that curation makes."""

    def __call__(self, *, statement: Statement, by: Any, note: str) -> Statement: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A button beside “Save”: it saves, and then takes the statement further."""

    step: ReviewStep
    button: str
    label: str | Promise
    take: Take
    told: Told


def n_published(n: int) -> str:
    return ngettext("%(n)d statement published.", "%(n)d statements published.", n) % {"n": n}


def n_withdrawn(n: int) -> str:
    return ngettext("%(n)d statement withdrawn.", "%(n)d statements withdrawn.", n) % {"n": n}


def n_submitted(n: int) -> str:
    told = ngettext("%(n)d statement sent to review.", "%(n)d statements sent to review.", n)
    return told % {"n": n}


def n_approved(n: int) -> str:
    return ngettext("%(n)d statement approved.", "%(n)d statements approved.", n) % {"n": n}


def n_returned(n: int) -> str:
    told = ngettext("%(n)d statement returned to draft.", "%(n)d statements returned to draft.", n)
    return told % {"n": n}


STEPS = (
    Step(ReviewStep.PUBLISHED, "_publish", _("Save and publish"), curation.publish, n_published),
    Step(ReviewStep.APPROVED, "_approve", _("Save and approve"), curation.approve, n_approved),
    Step(
        ReviewStep.SUBMITTED, "_submit", _("Save and send to review"), curation.submit, n_submitted
    ),
    Step(
        ReviewStep.RETURNED,
        "_return",
        _("Save and send back"),
        curation.return_to_draft,
        n_returned,
    ),
)


def withdraw(*, statement: Statement, by: Any, note: str) -> Statement:
    return curation.withdraw(statement=statement, reason=note, by=by)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before a step that needs words."""

    action: str
    title: str | Promise
    told_before: str | Promise
    button: str | Promise
    form: type[ReasonForm]
    take: Take
    told: Told


WITHDRAWING = Question(
    "withdraw_selected",
    _("Withdraw statements"),
    _("These statements are taken from the public. Their addresses stay, and say why:"),
    _("Withdraw"),
    WithdrawalForm,
    withdraw,
    n_withdrawn,
)
RETURNING = Question(
    "return_selected",
    _("Send statements back"),
    _("These statements go back to their authors, with a note that says what to mend:"),
    _("Send back"),
    ReturningForm,
    curation.return_to_draft,
    n_returned,
)


class PublicationAdmin(DeskAdmin):
    """Statements as something that is published and withdrawn, never unpublished by a form."""

    actions = (
        "submit_selected",
        "take_back_selected",
        "approve_selected",
        "return_selected",
        "publish_selected",
        "withdraw_selected",
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leaves a statement to those who may change it as far as it has come."""
        may_change = super().has_change_permission(request, obj)
        return may_change and (obj is None or curation.may_amend(obj, request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keeps what the public has seen: it is withdrawn, not deleted."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or (not _was_public(obj) and curation.may_amend(obj, request.user))

    def has_review_permission(self, request: HttpRequest) -> bool:
        return curation.may(request.user, "review")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return curation.may(request.user, "publish")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return curation.may(request.user, "withdraw")

    def users_of(self, obj: Any) -> list[str]:
        """Adds what keeps a statement besides; its steps of review go with a draft."""
        if not _was_public(obj):
            return super().users_of(obj)
        message = gettext("%(key)s has been public: withdraw it instead of deleting it.")
        return [message % {"key": obj.key}, *super().users_of(obj)]

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_published else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        statement = kwargs.get("obj")
        context["steps"] = self._steps(request, statement or Statement())
        if statement:
            by = request.user
            context["is_withdrawable"] = curation.is_open(ReviewStep.WITHDRAWN, statement, by)
            context["may_take_back"] = curation.is_open(ReviewStep.TAKEN_BACK, statement, by)
            context["trail"] = curation.trail(statement)
            context["is_sent_back"] = statement.returned_to_id is not None
        return super().render_change_form(request, context, *args, **kwargs)

    def _steps(self, request: HttpRequest, statement: Statement) -> list[Step]:
        """The buttons for what this account may do with a statement where it now is."""
        if not statement.pk:  # what is being entered will be theirs
            statement.entered_by_id = request.user.pk
        return [one for one in STEPS if curation.is_open(one.step, statement, request.user)]

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        return self._follow(request, obj) or super().response_add(request, obj, *args, **kw)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._follow(request, obj) or super().response_change(request, obj)

    def _follow(self, request: HttpRequest, statement: Statement) -> HttpResponse | None:
        """Takes the step that a button beside “Save” asks for, and stays on the page."""
        step = next((step for step in STEPS if step.button in request.POST), None)
        if step is None or not self.has_change_permission(request, statement):
            return None
        self._take(request, [statement], step.take, step.told, request.POST.get("review_note", ""))
        return HttpResponseRedirect(
            reverse("admin:statements_statement_change", args=[statement.pk])
        )

    @admin.action(description=_("Send selected statements to review"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if not self._is_too_much(request, queryset):
            self._take(request, queryset.order_by("pk"), curation.submit, n_submitted)

    @admin.action(description=_("Take selected statements back"), permissions=["change"])
    def take_back_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if not self._is_too_much(request, queryset):
            self._take(request, queryset.order_by("pk"), curation.take_back, n_returned)

    @admin.action(description=_("Approve selected statements"), permissions=["review"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if not self._is_too_much(request, queryset):
            self._take(request, queryset.order_by("pk"), curation.approve, n_approved)

    @admin.action(description=_("Publish selected statements"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if not self._is_too_much(request, queryset):
            self._take(request, queryset.order_by("pk"), curation.publish, n_published)

    @admin.action(description=_("Send selected statements back"), permissions=["review"])
    def return_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._after_asking(request, queryset, RETURNING)

    @admin.action(description=_("Withdraw selected statements"), permissions=["withdraw"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        return self._after_asking(request, queryset, WITHDRAWING)

    def _after_asking(
        self, request: HttpRequest, queryset: QuerySet[Any], question: "Question"
    ) -> HttpResponse | None:
        """Takes a step that needs words, once they are given."""
        if self._is_too_much(request, queryset):
            return None
        form = question.form(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, queryset, question, form)
        words = form.cleaned_data["reason"]
        self._take(request, queryset.order_by("pk"), question.take, question.told, words)
        return None

    def _ask(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        question: "Question",
        form: ReasonForm,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": question.title,
            "question": question,
            "opts": self.opts,
            "form": form,
            "statements": queryset.order_by("pk"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/statements/statement/ask.html", context)

    def _is_too_much(self, request: HttpRequest, queryset: QuerySet[Any]) -> bool:
        is_too_much = queryset.order_by().values("pk")[: N_AT_ONCE + 1].count() > N_AT_ONCE
        if is_too_much:
            message = gettext("Choose at most %(n)s statements at once.") % {"n": N_AT_ONCE}
            self.tell(request, message, messages.ERROR)
        return is_too_much

    def _take(
        self,
        request: HttpRequest,
        statements: Iterable[Statement],
        take: Take,
        told: Told,
        note: str = "",
    ) -> None:
        """Takes a step with each statement, and tells what was done and what was not, and why."""
        n_done, refusals = 0, []
        for statement in statements:
            try:
                take(statement=statement, by=request.user, note=note)
            except RefusedError as refused:
                refusals.append(f"“{statement.key}”: {' '.join(refused.reasons)}")
            else:
                n_done += 1
        if n_done:
            self.tell(request, told(n_done))
        for refusal in refusals[:N_REFUSALS_TOLD]:
            self.tell(request, refusal, messages.WARNING)
        if len(refusals) > N_REFUSALS_TOLD:
            n_more = len(refusals) - N_REFUSALS_TOLD
            message = ngettext("And %(n)d other.", "And %(n)d others.", n_more) % {"n": n_more}
            self.tell(request, message, messages.WARNING)


def _was_public(statement: Statement | None) -> bool:
    return statement is not None and statement.published_at is not None
