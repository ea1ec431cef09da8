"""The edges of a network: a row for each pair of which one addresses the other."""

from collections.abc import Iterator

from .tables import Column, Record, Table


def _(text: str) -> str:
    """Marks a text for gettext; whoever shows it translates it."""
    return text


def _ties(network: Record) -> Iterator[Record]:
    yield from network["edges"]


COLUMNS: tuple[Column, ...] = (
    Column("source", _("Code or slug of who speaks."), lambda tie: tie["source"]),
    Column("source_name", _("Its name."), lambda tie: tie["source_name"]),
    Column("target", _("Code or slug of who is addressed."), lambda tie: tie["target"]),
    Column("target_name", _("Its name."), lambda tie: tie["target_name"]),
    Column("n_statements", _("Statements from one to the other."), lambda tie: tie["n_statements"]),
)
TIES = Table("network", COLUMNS, _ties)
