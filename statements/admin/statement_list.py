"""The list of statements."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from statements.curation.work import drafts_of, failed_checks, sent_back_to, to_review_by
from statements.models import Party

N_EXCERPT_CHARACTERS = 140


class StatementList(ChangeList):
    """The list, with as much of each statement as a line shows."""

    def get_queryset(self, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        parties = Party.objects.select_related("official", "organization", "post", "country")
        rows: QuerySet[Any] = super().get_queryset(*args, **kwargs)
        lines: QuerySet[Any] = (
            rows.defer("search_vector", "facets", "text", "original_text", "note")
            .annotate(excerpt=Left("text", N_EXCERPT_CHARACTERS))
            .prefetch_related(Prefetch("parties", queryset=parties))
        )
        return lines


class CheckFilter(admin.SimpleListFilter):
    """Statements of which a citation no longer stands in its article."""

    title = _("citations")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("failed", _("Moved or missing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "failed":
            return queryset
        return queryset.filter(pk__in=failed_checks().values("statement"))


class WaitingFilter(admin.SimpleListFilter):
    """Statements that wait for the one who looks, as the desk counts them."""

    title = _("waiting for you")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("returned", _("Sent back to you")),
            ("mine", _("Drafts of yours")),
            ("review", _("To review")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        waiting = {"returned": sent_back_to, "mine": drafts_of, "review": to_review_by}
        chosen = waiting.get(self.value() or "")
        if chosen is None:
            return queryset
        return queryset.filter(pk__in=chosen(request.user).order_by().values("pk"))
