"""What an import did, and what it refused."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a line cannot be taken; `field` is empty when it is the whole line."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        parts = [f"{self.file}:{self.line}", self.field, self.reason]
        return ": ".join(_printable(part) for part in parts if part)


class Fate(StrEnum):
    """What becomes of an object that is not refused."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one object: as the file tells it, as it is there, the fields that change."""

    file: str
    line: int
    told: Any
    present: Any = None
    fields: tuple[str, ...] = ()

    @property
    def fate(self) -> Fate:
        if self.present is None:
            return Fate.CREATED
        return Fate.UPDATED if self.fields else Fate.UNCHANGED


@dataclass(slots=True)
class Report:
    """Counts by kind of object, and every refusal; nothing is saved when there is one."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def n_refused(self) -> int:
        """Lines refused, however many reasons each has."""
        return len({(refusal.file, refusal.line) for refusal in self.refusals})

    @property
    def is_accepted(self) -> bool:
        return not self.refusals

    def __str__(self) -> str:
        return (
            f"created {self.created.total()}, updated {self.updated.total()}, "
            f"unchanged {self.unchanged.total()}, refused {self.n_refused}"
        )


def _printable(text: str) -> str:
    """Spells out what would break a line of the report, or could not be written at all."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
