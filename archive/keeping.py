"""A cache in files that is never in the way: where it cannot be read or written, nothing is kept.

A full disk, a folder of another user's and a file that a crash cut short cost time, and no answer.
"""

import logging
import pickle
import random
import zlib
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

# To look for room lists the whole folder: at 2,000 files that is most of what keeping one costs.
ONE_IN = 50
DAMAGED = (EOFError, pickle.UnpicklingError, zlib.error, ValueError, TypeError, AttributeError)

logger = logging.getLogger(__name__)


class KeptFiles(FileBasedCache):
    """Django's cache in files, of what can be made again."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except (OSError, *DAMAGED) as error:
            logger.warning("What was kept cannot be read: %s", error)
            return default

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        try:
            super().set(key, value, timeout, version)
        except OSError as error:
            logger.warning("Nothing can be kept: %s", error)

    def _createdir(self) -> None:
        try:
            super()._createdir()  # type: ignore[misc]
        except OSError as error:
            logger.warning("No folder to keep anything in: %s", error)

    def _cull(self) -> None:
        if random.randrange(ONE_IN) == 0:  # noqa: S311 - no secret
            super()._cull()  # type: ignore[misc]
