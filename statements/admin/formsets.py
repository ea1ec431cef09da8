"""Inlines that keep an order and tell nothing twice."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.models import BaseInlineFormSet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    AnyInlineFormSet = BaseInlineFormSet[Any, Any, forms.ModelForm[Any]]
else:
    AnyInlineFormSet = BaseInlineFormSet


N_NEW_ROWS = 100


class DistinctFormSet(AnyInlineFormSet):
    """Rows of which no two may have the same values in `distinct_by`."""

    distinct_by: tuple[str, ...] = ()
    # Whether the rows are a table's, whose columns' heads name no field of theirs.
    is_table = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is posted says how many rows to build; a forged count must not keep us busy.
        self.absolute_max = N_NEW_ROWS + len(self.get_queryset())

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items() if self.is_table else ():
            told = field.label or form._meta.model._meta.get_field(name).verbose_name
            widget = getattr(field.widget, "widget", field.widget)
            if not widget.is_hidden:
                widget.attrs.setdefault("aria-label", capfirst(told))

    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.sound_forms:
            told = self.told_by(form.instance)
            if told in seen:
                form.add_error(None, _("This is told twice: remove one of the two."))
            seen.add(told)

    def told_by(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.distinct_by)

    def get_unique_error_message(self, unique_check: Any) -> str:
        return _("The same is told twice below: remove one of the two.")

    @property
    def kept_forms(self) -> list[Any]:
        """The rows that will stand when this is saved, in the order of the page."""
        return [
            form
            for form in self.forms
            if (form.instance.pk or form.has_changed()) and not self._is_to_go(form)
        ]

    @property
    def sound_forms(self) -> list[Any]:
        return [form for form in self.kept_forms if not form.errors]

    def _is_to_go(self, form: Any) -> bool:
        return bool(self.can_delete and getattr(form, "cleaned_data", {}).get("DELETE"))


class OrderedFormSet(DistinctFormSet):
    """Rows whose `position` a curator may give; one without goes to the end."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["position"].required = False
        form.fields["position"].initial = None
        if not form.instance.pk:
            form.initial.pop("position", None)

    def clean(self) -> None:
        super().clean()
        forms_in_order = self.sound_forms
        given = [form.cleaned_data.get("position") for form in forms_in_order]
        following = max((place for place in given if place is not None), default=-1) + 1
        for form, place in zip(forms_in_order, given, strict=True):
            if place is None:
                form.instance.position = following
                following += 1

    @property
    def forms_in_order(self) -> list[Any]:
        return sorted(self.kept_forms, key=lambda form: form.instance.position)


def refuse_all(form: Any, names: tuple[str, ...], message: str | Promise) -> None:
    """Refuses whatever was filled in among these fields."""
    for name in names:
        if form.cleaned_data.get(name):
            form.add_error(name if name in form.fields else NON_FIELD_ERRORS, message)
