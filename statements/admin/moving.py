"""Giving chosen statements to another speaker."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from statements import curation
from statements.curation.moving import actors_in
from statements.curation.rearranging import may
from statements.models import Official, Rearranging, Statement
from statements.vocabulary import Role

from .desk import DeskAdmin
from .rearranging import Act, answer, chooser, curator, page

N_AT_ONCE = 500
CHOSEN = "_selected_action"


class MoveForm(forms.Form):
    """From whom to whom."""

    of = forms.ChoiceField(label=_("Said now by"))
    to = forms.ModelChoiceField(label=_("Said in truth by"), queryset=Official.objects.all())

    def __init__(self, desk: DeskAdmin, statements: Iterable[int], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        of, to = self.fields["of"], self.fields["to"]
        assert isinstance(of, forms.ChoiceField)
        assert isinstance(to, forms.ModelChoiceField)
        of.choices = [
            (actor.code, _counted(actor.name, actor.n_statements))
            for actor in actors_in(statements, Role.SPEAKER)
        ]
        to.widget = chooser(desk, Official)
        to.widget.choices = to.choices


class Moving(DeskAdmin):
    """Statements that were given to the wrong speaker."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.move_view)
        return [path("move/", view, name="statements_statement_move"), *super().get_urls()]

    @admin.action(
        description=_("Move selected statements to another speaker"), permissions=["change"]
    )
    def move_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._move(request, queryset, is_asked=False)

    def move_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what would move, and moves it."""
        if not may(request.user, Rearranging.MOVE, "official"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        pks = [int(pk) for pk in request.POST.getlist(CHOSEN) if pk.isdecimal() and len(pk) < 19]
        return self._move(request, Statement.objects.filter(pk__in=pks), is_asked=True)

    def _move(
        self, request: HttpRequest, queryset: QuerySet[Any], *, is_asked: bool
    ) -> HttpResponse:
        rows = list(queryset.order_by("pk").values_list("pk", "key")[: N_AT_ONCE + 1])
        if not rows or len(rows) > N_AT_ONCE:
            message = gettext("Choose at most %(n)s statements at once.") % {"n": N_AT_ONCE}
            self.tell(request, message, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:statements_statement_changelist"))
        pks = [pk for pk, _key in rows]
        form = MoveForm(self, pks, request.POST if is_asked else None)

        def ask(reasons: Any) -> HttpResponse:
            context = {
                "form": form,
                "chosen": rows,
                "reasons": reasons,
                "media": self.media + form.media,
            }
            title = _("Move statements to another speaker")
            return page(self, request, "admin/rearranging/move.html", title, context)

        if not is_asked or not form.is_valid():
            return ask(())
        asked = {
            "statements": pks,
            "role": Role.SPEAKER,
            "of": form.cleaned_data["of"],
            "to": form.cleaned_data["to"],
        }
        act = Act(
            title=_("What the move would change"),
            button=_("Move"),
            plan=lambda: curation.plan_move(**asked),
            carry_out=lambda digest: curation.move(**asked, by=curator(request), as_shown=digest),
        )
        return answer(self, request, act, ask)


def _counted(name: str, n: int) -> str:
    told = ngettext("%(name)s: %(n)d statement", "%(name)s: %(n)d statements", n)
    return told % {"name": name, "n": n}
