"""Two rows of one kind side by side, and whose value stands in each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

KEPT, OTHER, BOTH = "kept", "other", "both"

Choices = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """A field of two rows: what each says, and whose value stands unless a curator says else."""

    name: str
    label: str
    kept: Any
    other: Any
    is_joinable: bool

    @property
    def is_same(self) -> bool:
        return bool(self.kept == self.other)

    @property
    def options(self) -> tuple[str, ...]:
        """What there is to choose from; both, where that says more than either."""
        is_more = self.is_joinable and self.chosen(BOTH) not in (self.kept, self.other)
        return (KEPT, OTHER, BOTH) if is_more else (KEPT, OTHER)

    @property
    def default(self) -> str:
        if BOTH in self.options:
            return BOTH
        return KEPT if self.kept or not self.other else OTHER

    def chosen(self, choice: str) -> Any:
        if choice == OTHER:
            return self.other
        if choice == BOTH and self.is_joinable:
            return _joined(self.kept, self.other)
        return self.kept


def sides(kept: models.Model, absorbed: models.Model) -> list[Side]:
    """What two rows say, field by field, as their columns hold it.

    The address is not among them: that of the row that is kept stays, and the other leads to it.
    """
    return [
        Side(
            field.name,
            str(field.verbose_name),
            getattr(kept, field.name),
            getattr(absorbed, field.name),
            field.name in ("identifiers", "note", "description"),
        )
        for field in type(kept)._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name == "slug")
    ]


def _joined(kept: Any, other: Any) -> Any:
    """Identifiers of both, the kept row's own where they differ; texts one after the other."""
    if isinstance(kept, dict):
        return {**other, **kept}
    return "\n\n".join(dict.fromkeys(text for text in (kept, other) if text))
