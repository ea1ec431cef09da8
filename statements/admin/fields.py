"""Form fields for what the archive keeps: days, instants, names, running text, evidence."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements import texts
from statements.dates import DayError, PartialDate, parse_said_at

is_language_tag = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", _("Write a language as en, fa or pt-BR.")
)
_SCHEME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
# No spaces and no controls; half a character, which JSON can write, is neither \w nor these.
_IDENTIFIER = re.compile(r"[\w:./#?=&%+~@()|,;-]{1,500}")


def _told(error: DayError) -> ValidationError:
    """The reason why a day cannot be, in the curator's language."""
    sentence = gettext(error.template) % error.values
    return ValidationError(sentence[:1].upper() + sentence[1:] + ".", code="invalid")


class DayField(forms.CharField):
    """A day, month or year, typed as 2024-01-19, 2024-01 or 2024."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, PartialDate):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except DayError as error:
            raise _told(error) from error

    def run_validators(self, value: Any) -> None:
        """Leaves the checking to `to_python`: a parsed day is a valid one."""

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value


class InstantField(forms.CharField):
    """A moment with the offset of its place, typed as 2024-01-19T14:30+05:00."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_said_at(text)
        except DayError as error:
            raise _told(error) from error

    def run_validators(self, value: Any) -> None:
        """Leaves the checking to `to_python`."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        is_whole_minute = not (value.second or value.microsecond)
        return value.isoformat(timespec="minutes" if is_whole_minute else "auto")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tells two ways of writing one instant apart: its offset is a fact of its own."""
        try:
            return bool(self.prepare_value(initial) != self.prepare_value(self.to_python(data)))
        except ValidationError:
            return True


class ProseField(forms.CharField):
    """Running text, brought to one way of writing."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "unwritable": _("This text %(fault)s, which cannot be kept."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leaves lengths to the validator: a browser cuts what is pasted without a word."""
        attributes: dict[str, Any] = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return text
        try:
            return self.write(text)
        except ValueError as error:
            raise ValidationError(
                self.error_messages["unwritable"], code="unwritable", params={"fault": error}
            ) from error

    def write(self, text: str) -> str:
        return texts.prose(text)


class LineField(ProseField):
    """A name or a title: one line, without what could disguise it."""

    def write(self, text: str) -> str:
        return texts.line(text)


class IdentifiersField(forms.JSONField):
    """Identifiers by scheme, as a flat table of short texts."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "shape": _('Write the identifiers as {"wikidata": "Q17991320"}.'),
        "scheme": _("Name each scheme in small Latin letters: wikidata."),
        "identifier": _("Each identifier is a short text without spaces."),
    }

    def to_python(self, value: Any) -> Any:
        try:
            identifiers = super().to_python(value) or {}
        except RecursionError:
            identifiers = None
        if not isinstance(identifiers, dict):
            raise ValidationError(self.error_messages["shape"], code="shape")
        for scheme, identifier in identifiers.items():
            if not _SCHEME.fullmatch(scheme):
                raise ValidationError(self.error_messages["scheme"], code="scheme")
            if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
                raise ValidationError(self.error_messages["identifier"], code="identifier")
        return identifiers

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Shows again what was typed, and not what it might mean."""
        return InvalidJSONInput(data or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool((initial or {}) != self.to_python(data))
        except ValidationError:
            return True


def one_newline(text: str) -> str:
    """Undoes what a form does to line ends on the way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class EvidenceField(ProseField):
    """Text that is compared with a source: kept as it was given, to the character."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})

    def write(self, text: str) -> str:
        return texts.evidence(one_newline(text))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return one_newline(initial or "") != one_newline(data or "")
