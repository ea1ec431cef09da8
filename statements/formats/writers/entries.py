"""Lists of references, an entry for each statement."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any


def pieces(
    entry: Callable[[Any], str], batches: Iterable[Sequence[Any]], *, between: str = ""
) -> Iterator[bytes]:
    """Yields the entries of each batch; `between` stands after every one."""
    for batch in batches:
        yield "".join(entry(told) + between for told in batch).encode()
