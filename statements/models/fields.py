"""Columns that hold a day as far as it is known, and closed lists as constraints."""

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from statements.dates import PartialDate
from statements.vocabulary import Term

N_TEXT_CHARACTERS = 100_000  # of what is said, and of a quotation of it

if TYPE_CHECKING:  # Django's fields cannot be subscripted when the program runs
    _DayColumn = models.CharField[PartialDate | str | Combinable | None, PartialDate | None]
else:
    _DayColumn = models.CharField


class PartialDateField(_DayColumn):
    """A day, month or year, kept as its ISO 8601 text: ``2024-01-19``, ``2024-01``, ``2024``.

    The text sorts in order of time, and the SQL functions ``earliest_day`` and ``latest_day``
    turn it into the days it spans.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *args: Any) -> PartialDate | None:
        return None if value is None else _read(value)

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or value == "" or isinstance(value, PartialDate):
            return value or None
        try:
            return PartialDate.parse(str(value).strip())
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> str | None:
        return None if value in (None, "") else str(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj) or "")

    def run_validators(self, value: Any) -> None:
        """Leaves the checking to ``to_python``: a parsed day is a valid one."""


def day_text(column: str) -> Coalesce:
    """The text of a PartialDateField, which sorts as time does; empty where there is no day.

    Indexes hold this very expression, so that lists in order of day read a page and no more.
    """
    text = models.TextField()
    return Coalesce(Cast(column, text), models.Value(""), output_field=text)


@lru_cache(maxsize=50_000)
def _read(text: str) -> PartialDate:
    """Reads a day once: those of tenures come back on every page."""
    return PartialDate.parse(text)


def choices(terms: type[Term]) -> list[tuple[str, str | Promise]]:
    return [(term.value, gettext_lazy(term.label)) for term in terms]


def is_one_of(field: str, terms: type[StrEnum], *, table: str) -> models.CheckConstraint:
    """A constraint that keeps `field` to the codes of `terms` (or empty where none is needed)."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": ["", *(term.value for term in terms)]}),
        name=f"{table}_{field}_is_known",
    )


def is_a_day(field: str, *, table: str) -> models.CheckConstraint:
    """A constraint that refuses what is no day of the calendar, whoever writes it."""
    expression = models.Func(
        models.F(field), function="is_partial_day", output_field=models.BooleanField()
    )
    return models.CheckConstraint(condition=expression, name=f"{table}_{field}_is_a_day")


def is_at_most(field: str, n_characters: int, *, table: str) -> models.CheckConstraint:
    """A constraint on the length of a text, in characters."""
    return models.CheckConstraint(
        condition=LessThanOrEqual(Length(field), n_characters), name=f"{table}_{field}_is_bounded"
    )
