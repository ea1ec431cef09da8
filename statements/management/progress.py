"""Progress of a long command, on a terminal only."""

import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

SECONDS_BETWEEN = 0.2


class Progress:
    """Draws `read 12,000` on standard error as work goes on; silent where nobody looks."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._drawn_at = 0.0
        self._is_drawn = False

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str, n: int) -> None:
        now = time.monotonic()
        if self._stream.isatty() and now - self._drawn_at >= SECONDS_BETWEEN:
            self._stream.write(f"\r{stage} {n:,} ", ending="")
            self._stream.flush()
            self._drawn_at, self._is_drawn = now, True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_drawn:
            self._stream.write("\r\033[K", ending="")
