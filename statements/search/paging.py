"""Pages by key: the next page costs what the first one did, however deep it lies."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from statements.texts import evidence


class BadCursor(ValueError):
    """A cursor that was not made here, or not for this order."""


@dataclass(frozen=True, slots=True)
class Key:
    """A column or annotation that an order goes by; `read` takes its value from a cursor."""

    name: str
    read: Callable[[Any], Any]
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the cursors of the pages beside it."""

    rows: list[Any]
    next_cursor: str | None
    previous_cursor: str | None

    @property
    def cursors(self) -> tuple[str | None, str | None]:
        return self.next_cursor, self.previous_cursor


def read_day(value: Any) -> date:
    return date.fromisoformat(read_text(value))


def read_instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(read_text(value))
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def read_id(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError("not an id")
    return value


def read_truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither true nor false")
    return value


def read_rank(value: Any) -> float:
    if not isinstance(value, float | int) or not 0 <= value < 1e9:
        raise ValueError("not a rank")
    return float(value)


def read_text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return evidence(value)  # refuses what PostgreSQL cannot be asked with


@dataclass(frozen=True, slots=True)
class Order:
    """An order in which no two rows are equal, so that a row is a place in it."""

    name: str
    keys: tuple[Key, ...]

    def page(self, rows: QuerySet[Any], *, cursor: str | None, n_rows: int) -> Page:
        """Fetches one page. Raises BadCursor; costs one query."""
        is_back, values = self.read(cursor) if cursor else (False, None)
        if values is not None:
            rows = rows.filter(self._beyond(values, is_back))
        found = list(rows.order_by(*self._order_by(is_back))[: n_rows + 1])
        return self.page_of(found, n_rows=n_rows, is_back=is_back, is_first=values is None)

    def page_of(self, found: list[Any], *, n_rows: int, is_back: bool, is_first: bool) -> Page:
        """Makes a page of rows that were fetched as they follow from a place, one too many."""
        has_more, found = len(found) > n_rows, found[:n_rows]
        if is_back:
            found.reverse()
        has_next = has_more if not is_back else bool(found)
        has_previous = has_more if is_back else not is_first and bool(found)
        return Page(
            found,
            self._cursor(found[-1], is_back=False) if has_next else None,
            self._cursor(found[0], is_back=True) if has_previous else None,
        )

    def _order_by(self, is_back: bool) -> list[str]:
        return [f"-{key.name}" if key.is_descending != is_back else key.name for key in self.keys]

    def _beyond(self, values: Sequence[Any], is_back: bool) -> Q:
        """The rows after a place: smaller in the first key, or equal in it and smaller in the next.

        The bound on the first key stands by itself, so that an index on it is used.
        """
        condition, equal = Q(), Q()
        for key, value in zip(self.keys, values, strict=True):
            step = "lt" if key.is_descending != is_back else "gt"
            condition |= equal & Q(**{f"{key.name}__{step}": value})
            equal &= Q(**{key.name: value})
        first = self.keys[0]
        bound = "lte" if first.is_descending != is_back else "gte"
        return Q(**{f"{first.name}__{bound}": values[0]}) & condition

    def _cursor(self, row: Any, *, is_back: bool) -> str:
        values = [getattr(row, key.name) for key in self.keys]
        told = [self.name, is_back, *map(_told, values)]
        return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()

    def read(self, cursor: str) -> tuple[bool, list[Any]]:
        """The direction and the place that a cursor tells. Raises BadCursor."""
        try:
            told = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), "-_", True))
            name, is_back, *values = told
            if name != self.name or not isinstance(is_back, bool):
                raise BadCursor(cursor)
            pairs = zip(self.keys, values, strict=True)
            return is_back, [key.read(value) for key, value in pairs]
        except (ValueError, TypeError, OverflowError, binascii.Error, RecursionError) as error:
            raise BadCursor(cursor) from error


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
