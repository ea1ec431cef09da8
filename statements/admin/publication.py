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
from statements.vocabulary import Status

from .desk import DeskAdmin
from .withdrawal import WithdrawalForm

N_AT_ONCE = 500
N_REFUSALS_TOLD = 20

Told = Callable[[int], str]


class Take(Protocol):
    """A change of status that curation makes."""

    def __call__(self, *, statement: Statement, by: Any) -> Statement: ...


@dataclass(frozen=True, slots=True)
class Step:
    """A button beside “Save”: it saves, and then takes the statement further."""

    button: str
    label: str | Promise
    take: Take
    told: Told


def n_published(n: int) -> str:
    return ngettext("%(n)d statement published.", "%(n)d statements published.", n) % {"n": n}


def n_withdrawn(n: int) -> str:
    return ngettext("%(n)d statement withdrawn.", "%(n)d statements withdrawn.", n) % {"n": n}


PUBLISH = Step("_publish", _("Save and publish"), curation.publish, n_published)
SUBMIT = Step(
    "_submit", _("Save and send to review"), curation.submit, lambda n: gettext("Sent to review.")
)
RETURN = Step(
    "_return",
    _("Save and return to draft"),
    curation.return_to_draft,
    lambda n: gettext("Returned to draft."),
)
STEPS = (PUBLISH, SUBMIT, RETURN)
STEPS_FROM: dict[str, tuple[Step, ...]] = {
    Status.DRAFT.value: (PUBLISH, SUBMIT),
    Status.IN_REVIEW.value: (PUBLISH, RETURN),
    Status.WITHDRAWN.value: (PUBLISH,),
}


class PublicationAdmin(DeskAdmin):
    """Statements as something that is published and withdrawn, never unpublished by a form."""

    actions = ("publish_selected", "withdraw_selected")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Keeps what the public has seen: it is withdrawn, not deleted."""
        return super().has_delete_permission(request, obj) and not _was_public(obj)

    def users_of(self, obj: Any) -> list[str]:
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
        context["steps"] = STEPS_FROM.get(statement.status if statement else Status.DRAFT, ())
        context["is_withdrawable"] = bool(statement and statement.is_published)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, *args: Any, **kw: Any) -> HttpResponse:
        return self._follow(request, obj) or super().response_add(request, obj, *args, **kw)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._follow(request, obj) or super().response_change(request, obj)

    def _follow(self, request: HttpRequest, statement: Statement) -> HttpResponse | None:
        """Takes the step that a button beside “Save” asks for, and stays on the page."""
        step = next((step for step in STEPS if step.button in request.POST), None)
        if step is None or not self.has_change_permission(request, statement):
            return None
        self._take(request, [statement], step.take, step.told)
        return HttpResponseRedirect(
            reverse("admin:statements_statement_change", args=[statement.pk])
        )

    @admin.action(description=_("Publish selected statements"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        if self._is_too_much(request, queryset):
            return
        self._take(request, queryset.order_by("pk"), curation.publish, n_published)

    @admin.action(description=_("Withdraw selected statements"), permissions=["change"])
    def withdraw_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        if self._is_too_much(request, queryset):
            return None
        form = WithdrawalForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask_why(request, queryset, form)
        reason = form.cleaned_data["reason"]

        def withdraw(*, statement: Statement, by: Any) -> Statement:
            return curation.withdraw(statement=statement, reason=reason, by=by)

        self._take(request, queryset.order_by("pk"), withdraw, n_withdrawn)
        return None

    def _ask_why(
        self, request: HttpRequest, queryset: QuerySet[Any], form: WithdrawalForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Withdraw statements"),
            "opts": self.opts,
            "form": form,
            "statements": queryset.order_by("pk"),
            "media": self.media,
        }
        return TemplateResponse(request, "admin/statements/statement/withdraw.html", context)

    def _is_too_much(self, request: HttpRequest, queryset: QuerySet[Any]) -> bool:
        is_too_much = queryset.order_by().values("pk")[: N_AT_ONCE + 1].count() > N_AT_ONCE
        if is_too_much:
            message = gettext("Choose at most %(n)s statements at once.") % {"n": N_AT_ONCE}
            self.tell(request, message, messages.ERROR)
        return is_too_much

    def _take(
        self, request: HttpRequest, statements: Iterable[Statement], take: Take, told: Told
    ) -> None:
        """Takes a step with each statement, and tells what was done and what was not, and why."""
        n_done, refusals = 0, []
        for statement in statements:
            try:
                take(statement=statement, by=request.user)
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
