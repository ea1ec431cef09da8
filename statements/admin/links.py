"""The inline of links: what a statement does to others."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.utils.translation import gettext

from statements.models import Link

from .desk import FIELDS
from .formsets import OrderedFormSet
from .widgets import Autocompleting

if TYPE_CHECKING:
    AnyTabularInline = admin.TabularInline[Any, Any]
else:
    AnyTabularInline = admin.TabularInline


class LinkFormSet(OrderedFormSet):
    """What a statement does to others, never to itself."""

    distinct_by = ("kind", "target_id")
    is_table = True

    def clean(self) -> None:
        super().clean()
        for form in self.sound_forms:
            if form.instance.target_id and form.instance.target_id == self.instance.pk:
                form.add_error("target", gettext("A statement cannot be linked to itself."))


class LinkInline(Autocompleting, AnyTabularInline):
    model = Link
    fk_name = "statement"
    formset = LinkFormSet
    formfield_overrides = FIELDS
    fields = ("kind", "target", "position")
    autocomplete_fields = ("target",)
    extra = 0
    classes = ("links",)
