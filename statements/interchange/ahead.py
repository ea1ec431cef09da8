"""Work done a little ahead, in a thread, while the database is busy with what came before."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

N_AHEAD = 2

Given = TypeVar("Given")
Made = TypeVar("Made")


def made_ahead(make: Callable[[Given], Made], items: Iterable[Given]) -> Iterator[Made]:
    """Yields `make(item)` for each item in order, with two further ones in the making."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting: deque[Future[Made]] = deque()
        for item in items:
            waiting.append(thread.submit(make, item))
            if len(waiting) > N_AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
