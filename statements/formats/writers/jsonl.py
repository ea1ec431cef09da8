"""Public statements as lines of the archive format, which `import_archive` takes."""

import json
from collections.abc import Iterator

from .tables import Batches, Record

# Told of a statement to readers, and no part of the archive format.
NOT_IN_THE_FORMAT = "url"


def pieces(batches: Batches) -> Iterator[bytes]:
    for batch in batches:
        yield "".join(map(line, batch)).encode()


def line(record: Record) -> str:
    """A statement, or the tombstone of one, on a line of its own."""
    told = {name: value for name, value in record.items() if name != NOT_IN_THE_FORMAT}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
