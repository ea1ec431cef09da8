"""Autocompletes that answer nonsense with a word beside the field."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.admin.options import BaseModelAdmin as AnyModelAdmin

    Mixed = AutocompleteMixin
    Options = AnyModelAdmin[Any]
else:
    Mixed = Options = object


class SoundValues(Mixed):
    """Passes over values that are no key at all, on which Django's own would fall."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if self._is_key(one)], attr)

    def _is_key(self, value: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.to_python(value)
        except ValidationError:
            return False
        return True


class SoundAutocomplete(SoundValues, AutocompleteSelect):
    """Chooses one row by typing the beginning of its name."""


class SoundAutocompleteMultiple(SoundValues, AutocompleteSelectMultiple):
    """Chooses any number of rows by typing the beginnings of their names."""


class Autocompleting(Options):
    """Gives the fields of `autocomplete_fields` these widgets, with a button to add a row."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Leaves out the buttons that change and delete rows on the way past."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            for act in ("change", "delete", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SoundAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **kw: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kw["widget"] = SoundAutocompleteMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kw)
