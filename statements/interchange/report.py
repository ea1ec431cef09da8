"""What an import did, and what it refused."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a line cannot be taken; `field` is empty when it is the whole line."""

    file: str
    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: "
        return f"{place}{self.field}: {self.reason}" if self.field else f"{place}{self.reason}"


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
