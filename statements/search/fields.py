"""Form fields of the search: several values of one name, each of which must mean something."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from statements.dates import PartialDate, parse_said_at
from statements.models import Redirect
from statements.vocabulary import Term

N_VALUES = 50


class SeveralInput(forms.SelectMultiple):
    """Reads every value of a name; what is written down is hidden inputs."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return [value for value in values if value not in (None, "")]


class SeveralField(forms.Field):
    """Several values, each read by `read_one`; the first that means nothing is named."""

    widget = SeveralInput
    default_error_messages = {
        "unknown": _("“%(value)s” is not known here."),
        "too_many": _("Choose at most %(n)d values."),
    }

    def clean(self, value: Any) -> list[Any]:
        values = list(dict.fromkeys(text.strip() for text in value or [] if text.strip()))
        if len(values) > N_VALUES:
            raise ValidationError(
                self.error_messages["too_many"], code="too_many", params={"n": N_VALUES}
            )
        if any("\x00" in text for text in values):
            raise ValidationError(_("Null characters are not allowed."), code="null")
        return self.read(values)

    def read(self, values: list[str]) -> list[Any]:
        raise TypeError(f"{type(self).__name__} reads nothing")

    def unknown(self, value: str) -> ValidationError:
        return ValidationError(
            self.error_messages["unknown"], code="unknown", params={"value": value[:100]}
        )


class CodesField(SeveralField):
    """Codes of a closed list, in any case."""

    def __init__(self, terms: type[Term], **kwargs: Any) -> None:
        self.terms = terms
        super().__init__(**{"required": False, **kwargs})

    def read(self, values: list[str]) -> list[str]:
        known = set(self.terms.codes())
        for value in values:
            if value.lower() not in known:
                raise self.unknown(value)
        return [value.lower() for value in values]


class LanguagesField(SeveralField):
    """Language tags; any that is well formed is known, though nothing may be in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def read(self, values: list[str]) -> list[str]:
        for value in values:
            parts = value.split("-")
            if not (2 <= len(parts[0]) <= 3 and all(p.isascii() and p.isalnum() for p in parts)):
                raise self.unknown(value)
        return [value.lower() for value in values]


class RowsField(SeveralField):
    """Rows named by slug or code; a slug that was given up is followed to its successor."""

    default_error_messages = {"unknown": _("“%(value)s” is not in the archive.")}

    def __init__(self, model: type[Model], key: str = "slug", **kwargs: Any) -> None:
        self.model, self.key = model, key
        super().__init__(**{"required": False, **kwargs})

    def read(self, values: list[str]) -> list[Model]:
        if not values:
            return []
        keys = [value.lower() for value in values]
        rows = self._rows(keys)
        renamed = {key: self._successor(key) for key in keys if key not in rows}
        rows |= self._rows(renamed.values()) if renamed else {}
        for value, key in zip(values, keys, strict=True):
            if renamed.get(key, key) not in rows:
                raise self.unknown(value)
        return list(dict.fromkeys(rows[renamed.get(key, key)] for key in keys))

    def _rows(self, keys: Iterable[str]) -> dict[str, Model]:
        rows = self.model._default_manager.filter(**{f"{self.key}__in": list(keys)})
        return {getattr(row, self.key): row for row in rows}

    def _successor(self, key: str) -> str:
        return Redirect.objects.successor(self.model._meta.model_name or "", key)


class DayField(forms.CharField):
    """A day, month or year in ISO 8601."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 40, **kwargs})

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” is not a day. Write 2024-01-19, 2024-01 or 2024."),
                code="invalid",
                params={"value": text},
            ) from error

    def run_validators(self, value: Any) -> None:
        """Leaves the checking to ``to_python``."""


class InstantField(forms.CharField):
    """An instant in ISO 8601; without a zone it is UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 60, **kwargs})

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        text = str(super().to_python(value) or "").strip().replace(" ", "+")
        if not text:
            return None
        for candidate in (text, f"{text}Z", f"{text}T00:00:00Z"):
            try:
                return parse_said_at(candidate).astimezone(UTC)
            except ValueError:
                continue
        raise ValidationError(
            _("“%(value)s” is not an instant. Write 2024-01-19T12:00:00Z."),
            code="invalid",
            params={"value": text},
        )

    def run_validators(self, value: Any) -> None:
        """Leaves the checking to ``to_python``."""
