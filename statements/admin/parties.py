"""The inline of parties: to a statement, and to an event."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.translation import gettext_lazy as _

from statements.curation import RefusedError, complete_party
from statements.curation.parties import kind_of
from statements.models import EventParty, Official, Party
from statements.models.parties import PartyBase
from statements.vocabulary import PartyKind, Role

from .carrying import carried
from .desk import FIELDS
from .drafting import Days, days_of, titles_of
from .formsets import N_NEW_ROWS, OrderedFormSet, refuse_all
from .widgets import Autocompleting

if TYPE_CHECKING:
    AnyStackedInline = admin.StackedInline[Any, Any]
    PartyModelForm = forms.ModelForm[PartyBase]
else:
    AnyStackedInline = admin.StackedInline
    PartyModelForm = forms.ModelForm

NAMED_BELOW = ""
# Where a form names someone, and an error about nobody being named is best read.
ACTORS = ("official", "organization", "post", "country")


class PartyForm(PartyModelForm):
    """One party; its kind follows from what is filled in, unless nobody is named."""

    class Meta:
        help_texts = {
            "role": _("A relayer stands between the speaker and the article."),
            "organization": _("What speaks by itself, or what the person speaks for."),
            "name_as_printed": _("As the article has it: Jilani, “a senior official”."),
            "basis": _("Inferred, where the source does not name this party here."),
        }

    said_to_be = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            (NAMED_BELOW, _("Named here")),
            (PartyKind.PUBLIC.value, _("The public")),
            (PartyKind.UNNAMED.value, _("Someone unnamed")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind in (PartyKind.PUBLIC, PartyKind.UNNAMED):
            self.initial["said_to_be"] = self.instance.kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") and cleaned["role"] != Role.RELAYER:
            refuse_all(
                self, ("form", "channel", "article"), _("Only a relayer has one of its own.")
            )
        self._settle_kind(cleaned)
        return cleaned

    def _settle_kind(self, cleaned: dict[str, Any]) -> None:
        if self.errors.keys() & {*ACTORS, "said_to_be", "name_as_printed"}:
            return
        asked = type(self.instance)(
            **{name: cleaned.get(name) for name in ACTORS},
            name_as_printed=cleaned.get("name_as_printed") or "",
        )
        try:
            self.instance.kind = kind_of(asked, said_to_be=cleaned.get("said_to_be") or "").value
        except RefusedError as refused:
            self.add_error(None, list(refused.reasons))

    def _get_validation_exclusions(self) -> set[str]:
        """Has a settled kind validated with the rest, though it is no field of the form."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded if self.errors else excluded - {"kind"}


class PartyFormSet(OrderedFormSet):
    """Parties in the order of the chain, nobody twice in one role."""

    distinct_by: tuple[str, ...] = ("role", "kind")

    def told_by(self, row: Any) -> tuple[Any, ...]:
        """An official by itself, however it is printed; others by all that is said of them."""
        if row.official_id:
            return (*super().told_by(row), row.official_id)
        actor = (row.organization_id, row.post_id, row.country_id, row.name_as_printed)
        return (*super().told_by(row), *actor)


class PartyInline(Autocompleting, AnyStackedInline):
    """A few lines for each party: who it is, where it belongs, and what a relayer adds."""

    form = PartyForm
    formset = PartyFormSet
    formfield_overrides = FIELDS
    extra = 0
    autocomplete_fields: ClassVar[tuple[str, ...]] = ACTORS
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("role", "official", "organization", "country"),
                    ("said_to_be", "post", "name_as_printed", "basis"),
                    ("form", "channel"),
                ]
            },
        ),
        (
            _("Capacity and order"),
            {"classes": ["collapse"], "fields": [("chosen_capacity", "position")]},
        ),
    ]

    @admin.display(description=_("who"))
    def said_to_be(self, party: PartyBase) -> str:
        """What the field of this name shows where a party may only be viewed."""
        return party.get_kind_display()


class StatementPartyFormSet(PartyFormSet):
    """Parties of which one at least speaks; a new statement offers the usual three."""

    distinct_by = ("role", "kind", "article_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.initial_extra:
            roles = (Role.SPEAKER, Role.ADDRESSEE, Role.RELAYER)
            self.initial_extra = [{"role": role.value} for role in roles]

    def add_fields(self, form: Any, index: int | None) -> None:
        """Says beside an official which title it held on the day."""
        super().add_fields(form, index)
        form["official"].help_text = self._title_held(form)

    def _title_held(self, form: Any) -> str:
        official = self._officials.get(str(form["official"].value() or ""))
        if official is None:
            return str(_("The title held on the day is shown here, and on the public page."))
        held = titles_of(official, self._days)
        offered = "; ".join(title.text for title in held.titles)
        return format_html("{} {}", held.told, offered) if offered else escape(held.told)

    @cached_property
    def _officials(self) -> dict[str, Official]:
        """The officials named, by their number as it stands in the form; in three queries."""
        named = {str(row.official_id) for row in self.get_queryset() if row.official_id}
        if self.is_bound:
            named |= {
                value
                for name, value in self.data.items()
                if name.startswith(f"{self.prefix}-") and name.endswith("-official")
            }
        ids = [int(one) for one in named if one.isascii() and one.isdigit() and len(one) < 16]
        found = Official.objects.with_tenures().in_bulk(ids[: N_NEW_ROWS * 2]) if ids else {}
        return {str(pk): official for pk, official in found.items()}

    @cached_property
    def _days(self) -> Days:
        return days_of(self.data) if self.is_bound else self.instance.named_days

    def clean(self) -> None:
        super().clean()
        if any(form.errors for form in self.forms) or not self.management_form.is_valid():
            return
        if not any(form.instance.role == Role.SPEAKER for form in self.kept_forms):
            raise ValidationError(_("A statement needs a speaker."))

    def save_new(self, form: Any, commit: bool = True) -> Any:
        form.instance.statement = self.instance
        complete_party(party=form.instance)
        return super().save_new(form, commit=commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        complete_party(party=form.instance, before=Party.objects.get(pk=obj.pk))
        return super().save_existing(form, obj, commit=commit)


class StatementPartyInline(PartyInline):
    model = Party
    formset = StatementPartyFormSet
    autocomplete_fields: ClassVar[tuple[str, ...]] = (*ACTORS, "article")
    classes = ["parties"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets: Any = super().get_fieldsets(request, obj)
        (name, options), *others = fieldsets
        *lines, relayers = options["fields"]
        return [(name, {**options, "fields": [*lines, (*relayers, "article")]}), *others]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else max(3, len(carried(request).parties))


class EventPartyInline(PartyInline):
    model = EventParty
    classes = ["parties"]
