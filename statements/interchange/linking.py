"""Links between statements, written when all statements of a run are there."""

from collections.abc import Iterator, Sequence

from .copying import RefusedRow, copy_rows
from .references import ids_of
from .rows import LINK_TABLE, Values
from .spool import Places
from .writing import Pair, Writer


def write_links(pairs: Sequence[Pair], writer: Writer, places: Places) -> None:
    """Links a batch of statements; refuses links to what is nowhere."""
    keys = {record.key for _, record in pairs}
    keys |= {link.statement for _, record in pairs for link in record.links}
    ids = ids_of("statement", keys)
    for line, record in pairs:
        for number, link in enumerate(record.links):
            if link.statement not in ids and not places.find("statement", link.statement):
                reason = f'there is no statement "{link.statement}"'
                writer.refuse(line, f"links[{number}].statement", reason)
    if writer.report.is_accepted:
        try:
            copy_rows(LINK_TABLE, _rows(pairs, ids))
        except RefusedRow as refused:
            writer.go_back(pairs[refused.number][0], str(refused))


def _rows(pairs: Sequence[Pair], ids: dict[str, int]) -> Iterator[tuple[int, Values]]:
    for number, (_, record) in enumerate(pairs):
        for position, link in enumerate(record.links):
            yield number, [ids[record.key], link.kind, ids[link.statement], position]
