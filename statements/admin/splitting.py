"""Parting one official into two: which of the rows are the other's."""

from itertools import chain, count
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements import curation
from statements.curation.labels import labels
from statements.curation.rearranging import may
from statements.curation.splitting import Share
from statements.models import (
    Alias,
    Country,
    EventParty,
    Official,
    Party,
    Rearranging,
    Redirect,
    Tenure,
)

from .fields import DayField, LineField
from .forms import N_SLUG_CHARACTERS
from .merging import Merging
from .rearranging import Act, answer, chooser, curator, page
from .widgets import SoundAutocomplete

N_LISTED = 300
N_NUMBER_CHARACTERS = 8
N_EXCERPT_CHARACTERS = 100


class PeriodForm(forms.Form):
    """Which of the statements are listed to choose from."""

    since = DayField(label=_("Since"), required=False, max_length=10)
    until = DayField(label=_("Until"), required=False, max_length=10)

    def narrow(self, parties: QuerySet[Party]) -> QuerySet[Party]:
        if not self.is_valid():
            return parties.none() if self.is_bound else parties
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        if since:
            parties = parties.filter(statement__sort_on__gte=since.earliest)
        if until:
            parties = parties.filter(statement__sort_on__lte=until.latest)
        return parties


class SplitForm(forms.Form):
    """Whose the rows become, and which rows."""

    to = forms.ModelChoiceField(
        label=_("An official on file"), queryset=Official.objects.all(), required=False
    )
    name = LineField(
        label=_("Or a new one, by name"),
        required=False,
        max_length=300,
        widget=AdminTextInputWidget(),
    )
    sort_name = LineField(
        label=_("Sort name"), required=False, max_length=300, widget=AdminTextInputWidget()
    )
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.all(), required=False
    )
    tenures = forms.TypedMultipleChoiceField(label=_("Tenures"), required=False, coerce=int)
    aliases = forms.TypedMultipleChoiceField(label=_("Other names"), required=False, coerce=int)
    parties = forms.TypedMultipleChoiceField(label=_("Statements"), required=False, coerce=int)
    event_parties = forms.TypedMultipleChoiceField(label=_("Events"), required=False, coerce=int)

    def __init__(
        self, desk: Any, official: Official, parties: QuerySet[Party], *args: Any, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        to, country = self.fields["to"], self.fields["country"]
        assert isinstance(to, forms.ModelChoiceField)
        assert isinstance(country, forms.ModelChoiceField)
        to.widget = chooser(desk, Official)
        to.widget.choices = to.choices
        country.widget = SoundAutocomplete(Official._meta.get_field("country"), desk.admin_site)
        country.widget.choices = country.choices
        rows: dict[str, QuerySet[Any]] = {
            "tenures": Tenure.objects.filter(official=official).order_by("pk"),
            "aliases": Alias.objects.filter(official=official),
            "parties": parties,
            "event_parties": EventParty.objects.filter(official=official).order_by("-pk"),
        }
        for name, listed in rows.items():
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)
            pks = list(listed.values_list("pk", flat=True)[:N_LISTED])
            field.widget = forms.CheckboxSelectMultiple()
            names = labels(listed.model, pks)
            words = _words(pks) if name == "parties" else {}
            field.choices = [(pk, f"{names[pk]} {words.get(pk, '')}") for pk in pks]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("to")) == bool(cleaned.get("name")) and "to" not in self.errors:
            message = _(
                "Choose an official on file, or give the name of a new one: one of the two."
            )
            self.add_error("to", message)
        return cleaned

    def receiver(self) -> Official:
        """The official that the rows go to, perhaps one who is not saved yet."""
        to: Official | None = self.cleaned_data["to"]
        if to is not None:
            return to
        name = self.cleaned_data["name"]
        return Official(
            slug=_free_slug(name),
            name=name,
            sort_name=self.cleaned_data["sort_name"],
            country=self.cleaned_data["country"],
        )

    def share(self) -> Share:
        names = ("tenures", "aliases", "parties", "event_parties")
        return Share.of(**{name: self.cleaned_data[name] for name in names})


class Splitting(Merging):
    """Officials of whom one may turn out to be two."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.split_view)
        name = "statements_official_split"
        return [path("<int:pk>/split/", view, name=name), *super().get_urls()]

    def ways(self, request: HttpRequest, row: Any) -> list[tuple[str, str]]:
        ways = super().ways(request, row)
        if not may(request.user, Rearranging.SPLIT, "official"):
            return ways
        return [
            *ways,
            (gettext("Split…"), reverse("admin:statements_official_split", args=[row.pk])),
        ]

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks what is the other's, shows what would move, and moves it."""
        if not may(request.user, Rearranging.SPLIT, "official"):
            raise PermissionDenied
        official = Official.objects.filter(pk=pk).first()
        if official is None:
            raise Http404
        period = PeriodForm(request.GET or None)
        listed = Party.objects.filter(official=official).order_by("-statement__sort_on", "-pk")
        narrowed = period.narrow(listed)
        posted = request.POST if request.method == "POST" else None
        form = SplitForm(self, official, narrowed, posted)

        def ask(reasons: Any) -> HttpResponse:
            context = {
                "official": official,
                "form": form,
                "period": period,
                "reasons": reasons,
                "n_listed": N_LISTED,
                "is_cut": narrowed[N_LISTED : N_LISTED + 1].exists(),
                "media": self.media + form.media,
            }
            title = gettext("Split %(name)s") % {"name": official.name}
            return page(self, request, "admin/rearranging/split.html", title, context)

        if posted is None or not form.is_valid():
            return ask(())
        act = Act(
            title=_("What the split would change"),
            button=_("Split"),
            plan=lambda: curation.plan_split(
                official=official, to=form.receiver(), share=form.share()
            ),
            carry_out=lambda digest: curation.split(
                official=official,
                to=form.receiver(),
                share=form.share(),
                by=curator(request),
                as_shown=digest,
            ),
        )
        return answer(self, request, act, ask)


def _words(parties: list[int]) -> dict[int, str]:
    """The beginning of what was said in the statement of each party."""
    excerpt = Left("statement__text", N_EXCERPT_CHARACTERS)
    rows = Party.objects.filter(pk__in=parties).values_list("pk", excerpt)
    return {pk: f"· {text}" for pk, text in rows}


def _free_slug(name: str) -> str:
    """The slug of a name, with a number where it is taken or was given up."""
    base = slugify(name)[: N_SLUG_CHARACTERS - N_NUMBER_CHARACTERS].strip("-") or "official"
    taken = {*Official.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    given_up = Redirect.objects.filter(kind="official", old_slug__startswith=base)
    taken |= {*given_up.values_list("old_slug", flat=True)}
    numbered = (f"{base}-{n}" for n in count(2))
    return next(slug for slug in chain([base], numbered) if slug not in taken)
