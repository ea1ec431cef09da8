"""Tables as CSV that opens right in a spreadsheet (RFC 4180).

It begins with a byte order mark, so that every script is kept. Whatever a cell holds is quoted,
so that no separator of another locale parts it; what a spreadsheet would run as a formula gets an
apostrophe before it (OWASP ASVS 5.0, 1.2.10).
"""

from collections.abc import Iterator

from .tables import Batches, Cell, Table

BYTE_ORDER_MARK = "\ufeff"
# Signs of a formula, their full-width forms, and controls that some programs drop before one.
RUNS_AS_FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")  # noqa: RUF001  (the full-width forms are meant)
HARMLESS = "'"


def pieces(table: Table, batches: Batches) -> Iterator[bytes]:
    """Yields the headings, then the rows of each batch."""
    yield (BYTE_ORDER_MARK + line(table.headings)).encode()
    for batch in batches:
        yield "".join(line(cells) for record in batch for cells in table.cells(record)).encode()


def line(cells: list[Cell] | list[str]) -> str:
    return ",".join(map(cell, cells)) + "\r\n"


def cell(told: Cell) -> str:
    """One cell: text within quotation marks, a number as it is, nothing as nothing."""
    if told is None or told == "":
        return ""
    if isinstance(told, int):
        return str(told)
    if told.startswith(RUNS_AS_FORMULA):
        told = HARMLESS + told
    return '"' + told.replace('"', '""') + '"'
