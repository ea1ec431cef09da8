"""Tables made of public statement records, their columns declared once for all formats."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from statements.dates import Qualifier
from statements.quoting import Check
from statements.vocabulary import Term

Record = dict[str, Any]
Cell = str | int | None
Terms = type[Term] | type[Qualifier] | type[Check]
# A few statements at a time: what is written of them leaves together.
Batches = Iterable[Sequence[Record]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what a cell of it says, how it is taken, and its closed list if it has one."""

    name: str
    about: str
    take: Callable[[Any], Cell]
    terms: Terms | None = None

    @property
    def codes(self) -> list[str]:
        return [term.value for term in self.terms or ()]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of so many rows for each statement; `rows` tells what columns take their cells of."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Record], Iterable[Any]]

    @property
    def headings(self) -> list[str]:
        return [column.name for column in self.columns]

    def cells(self, record: Record) -> Iterator[list[Cell]]:
        """The cells of each row that a statement makes."""
        for row in self.rows(record):
            yield [column.take(row) for column in self.columns]
