"""Any two countries, chosen from a list, and the pairs with most to say to each other."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from statements.contacts import busiest_pairs
from statements.models import Country, Renamed
from statements.search.lists import RowField
from statements.search.pairs import Pair

N_PAIRS = 40


class SideField(RowField):
    """One of the two countries, any that there is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            kind=Renamed.COUNTRY,
            offered=Country.objects.all(),
            key="code",
            any_label=_("Choose a country"),
            **kwargs,
        )


class PairForm(forms.Form):
    one = SideField(label=_("One side"))
    other = SideField(label=_("The other"))

    def clean(self) -> dict[str, Any]:
        sides = super().clean() or {}
        if sides.get("one") and sides.get("one") == sides.get("other"):
            raise ValidationError({"other": _("Both sides are the same: choose another.")})
        return sides


@require_safe
def choose_pair(request: HttpRequest) -> HttpResponse:
    """Leads to the page of two countries once both are chosen."""
    form = PairForm(request.GET if {"one", "other"} & request.GET.keys() else None)
    if form.is_valid():
        pair = Pair(Renamed.COUNTRY, form.cleaned_data["one"], form.cleaned_data["other"])
        return HttpResponseRedirect(pair.get_absolute_url())
    context = {"form": form, "pairs": busiest_pairs(N_PAIRS)}
    return render(request, "browse/between_any.html", context)
