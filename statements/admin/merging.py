"""Two rows side by side: which value of each field stands, and what moves to the one that stays."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements import curation
from statements.curation.choosing import BOTH, KEPT, OTHER, Side, sides
from statements.curation.rearranging import may
from statements.models import Rearranging

from .desk import DeskAdmin
from .rearranging import Act, answer, chooser, curator, page

N_VALUE_CHARACTERS = 600
PREFIX = "side-"


class PairForm(forms.Form):
    """Which two are one."""

    kept: Any = forms.ModelChoiceField(label=_("The one that stays"), queryset=None)
    absorbed: Any = forms.ModelChoiceField(label=_("The one that goes into it"), queryset=None)

    def __init__(self, desk: DeskAdmin, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("kept", "absorbed"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = desk.model._default_manager.all()
            field.widget = chooser(desk, desk.model)
            field.widget.choices = field.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kept") and cleaned["kept"] == cleaned.get("absorbed"):
            self.add_error("absorbed", _("Choose two different ones."))
        return cleaned


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    value: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison: a field, and the values to choose from."""

    name: str
    label: str
    is_same: bool
    options: tuple[Option, ...]


class Merging(DeskAdmin):
    """Rows of which two may turn out to be one."""

    change_form_template = "admin/rearranging/change_form.html"
    actions: Any = ("merge_selected",)

    def get_urls(self) -> list[Any]:
        name = f"statements_{self.opts.model_name}_merge"
        view = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        context["ways"] = self.ways(request, row) if row else []
        return super().render_change_form(request, context, *args, **kwargs)

    def ways(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        """Labels and addresses of what can be done with a row as a whole."""
        if not self._may_merge(request):
            return []
        return [(gettext("Merge…"), f"{self._merge_url}?{urlencode({'kept': row.pk})}")]

    @admin.action(description=_("Merge the two selected"), permissions=["change", "delete"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        pks = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(pks) != 2:
            self.tell(request, gettext("Choose just two to merge."), messages.ERROR)
            return None
        asked = urlencode({"kept": pks[0], "absorbed": pks[1]})
        return HttpResponseRedirect(f"{self._merge_url}?{asked}")

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Asks which two, shows them side by side, then what would move, and merges them."""
        if not self._may_merge(request):
            raise PermissionDenied
        is_asked = "kept" in request.GET and "absorbed" in request.GET
        initial = {"kept": request.GET.get("kept")}
        form = PairForm(self, request.GET if is_asked else None, initial=initial)
        if not form.is_valid():
            context = {"form": form, "media": self.media + form.media}
            return page(self, request, "admin/rearranging/pair.html", _("Merge two"), context)
        return self._merge(request, form.cleaned_data["kept"], form.cleaned_data["absorbed"])

    def _merge(self, request: HttpRequest, kept: Any, absorbed: Any) -> HttpResponse:
        choices = {
            name.removeprefix(PREFIX): str(value)
            for name, value in request.POST.items()
            if name.startswith(PREFIX)
        }
        pair = {"kept": kept, "absorbed": absorbed}

        def ask(reasons: Any) -> HttpResponse:
            swapped = urlencode({"kept": absorbed.pk, "absorbed": kept.pk})
            context = {
                **pair,
                "rows": [_row(side, pair, choices) for side in sides(kept, absorbed)],
                "reasons": reasons,
                "swap_url": f"{self._merge_url}?{swapped}",
            }
            return page(self, request, "admin/rearranging/sides.html", _("Merge two"), context)

        if request.method != "POST":
            return ask(())
        act = Act(
            title=_("What the merge would change"),
            button=_("Merge"),
            plan=lambda: curation.plan_merge(**pair, choices=choices),
            carry_out=lambda digest: curation.merge(
                **pair, choices=choices, by=curator(request), as_shown=digest
            ),
        )
        return answer(self, request, act, ask)

    def _may_merge(self, request: HttpRequest) -> bool:
        return may(request.user, Rearranging.MERGE, str(self.opts.model_name))

    @property
    def _merge_url(self) -> str:
        return reverse(f"admin:statements_{self.opts.model_name}_merge")


def _row(side: Side, pair: dict[str, Any], choices: dict[str, str]) -> Row:
    chosen = choices.get(side.name, side.default)
    field = pair["kept"]._meta.get_field(side.name)
    values = {KEPT: side.kept, OTHER: side.other}
    if BOTH in side.options:
        values[BOTH] = side.chosen(BOTH)
    options = [Option(code, _shown(field, values[code]), code == chosen) for code in side.options]
    return Row(side.name, side.label, side.is_same, tuple(options))


def _shown(field: "models.Field[Any, Any]", value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {told}" for name, told in value.items()) or "–"  # noqa: RUF001
    shown = value if field.is_relation else display_for_field(value, field, "")
    return Truncator(str(shown or "–")).chars(N_VALUE_CHARACTERS)  # noqa: RUF001
