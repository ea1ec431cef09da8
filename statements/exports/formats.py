"""The formats that a list of statements is taken away in, each a suffix of its address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils import timezone

from statements.formats.reference import Reference
from statements.formats.writers import bibtex, csv, entries, jsonl, ris, xlsx
from statements.formats.writers.party_table import PARTIES
from statements.formats.writers.statement_table import STATEMENTS
from statements.interchange.cited import cited
from statements.interchange.public import Absolute, copied_statement, public_statement
from statements.models import Statement
from statements.search.results import CopySearch, RecordSearch

BatchesTold = Iterator[list[Any]]
Write = Callable[..., Iterator[bytes]]  # of batches, a sheet also of how many rows there are
Tell = Callable[[Statement, Absolute], Any]


def _cited(statement: Statement, absolute: Absolute) -> Reference:
    return cited(statement, absolute, accessed_on=timezone.localdate())


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A suffix, its media type and what writes it; `search` finds the rows, `tell` tells them."""

    suffix: str
    content_type: str
    write: Write
    tell: Tell = public_statement
    search: type[RecordSearch] = RecordSearch
    n_rows_at_most: int | None = None

    @property
    def file_name(self) -> str:
        return f"statements.{self.suffix}"


CSV = "text/csv; charset=utf-8; header=present"
FORMATS = (
    ListFormat("csv", CSV, partial(csv.pieces, STATEMENTS)),
    ListFormat("parties.csv", CSV, partial(csv.pieces, PARTIES)),
    ListFormat(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        partial(xlsx.pieces, STATEMENTS),
        n_rows_at_most=xlsx.MAX_ROWS,
    ),
    ListFormat(
        "jsonl", "application/x-ndjson; charset=utf-8", jsonl.pieces, copied_statement, CopySearch
    ),
    ListFormat(
        "bib",
        "application/x-bibtex; charset=utf-8",
        partial(entries.pieces, bibtex.entry, between="\n"),
        _cited,
    ),
    ListFormat(
        "ris",
        "application/x-research-info-systems; charset=utf-8",
        partial(entries.pieces, ris.entry),
        _cited,
    ),
)
