"""Keys for rows of a table that bring none: the same rows get the same keys again."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import connection

from statements import texts
from statements.dates import PartialDate
from statements.models import Party, Statement
from statements.models.keys import key_of

from .lookup import ArchiveLookup

# With the operators of the key's own index for patterns, which know no collation: "-" is the only
# character of a key that comes before ".".
ALIKE = """
SELECT asked.base, statement.key, encode(sha256(convert_to(statement.text, 'UTF8')), 'hex')
FROM unnest(%s::text[]) AS asked (base)
JOIN statements_statement AS statement
    ON statement.key ~>=~ asked.base AND statement.key ~<~ (asked.base || '.')
ORDER BY statement.id
"""

ACTORS = ("official", "organization", "post", "country")
NAMING = ("role", "kind", "name_as_printed", *ACTORS)  # what of a party goes into a key


class FreshKeys:
    """Hands out keys: that of the statement with the same base and words, else the next one free.

    `reserved` are keys that other rows bring. Each base is looked up once, so that a run has to
    be the only import at work.
    """

    def __init__(self, lookup: ArchiveLookup, reserved: set[str]) -> None:
        self._lookup = lookup
        self._reserved = reserved
        self._known: dict[str, dict[str, str]] = {}
        self._next: dict[str, int] = {}
        self._bases: dict[Any, str] = {}

    def assign(self, rows: Iterable[dict[str, Any]]) -> list[bool]:
        """Gives each object that has no key one; tells for each whether it is a new one."""
        bases = [None if told.get("key") else self._base(told) for told in rows]
        self._look_up({base for base in bases if base} - self._known.keys())
        return [
            base is not None and self._assign(told, base)
            for told, base in zip(rows, bases, strict=True)
        ]

    def _assign(self, told: dict[str, Any], base: str) -> bool:
        known, words = self._known[base], _digest(told.get("text") or "")
        is_new = words not in known
        if is_new:
            known[words] = self._free(base)
        told["key"] = known[words]
        return is_new

    def _free(self, base: str) -> str:
        while True:
            number = self._next[base]
            self._next[base] = number + 1
            key = base if number == 1 else f"{base}-{number}"
            if key not in self._reserved:
                return key

    def _look_up(self, bases: set[str]) -> None:
        for base in bases:
            self._known[base], self._next[base] = {}, 1
        with connection.cursor() as cursor:
            cursor.execute(ALIKE, [sorted(bases)])
            for base, key, words in cursor.fetchall():
                number = _number(base, key)
                if number:
                    self._known[base].setdefault(words, key)
                    self._next[base] = max(self._next[base], number + 1)

    def _base(self, told: dict[str, Any]) -> str:
        named = [tuple(part.get(name) for name in NAMING) for part in told["parties"]]
        asked = (told.get("said_on"), *named)
        if asked not in self._bases:
            statement = Statement(said_on=_day(told.get("said_on")))
            self._bases[asked] = key_of(statement, map(self._party, told["parties"]))
        return self._bases[asked]

    def _party(self, told: dict[str, Any]) -> Party:
        return Party(
            role=told["role"],
            kind=told.get("kind") or "",
            name_as_printed=told.get("name_as_printed") or "",
            **{kind: self._lookup.row(kind, told[kind]) for kind in ACTORS if told.get(kind)},
        )


def _number(base: str, key: str) -> int:
    """The number at the end of a key; 1 for the base itself, 0 for another base."""
    end = key[len(base) :]
    if not end:
        return 1
    digits = end[1:]
    return int(digits) if digits.isdecimal() and len(digits) < 10 and digits[0] != "0" else 0


def _digest(text: str) -> str:
    try:
        text = texts.prose(text)
    except ValueError:
        return ""
    return hashlib.sha256(text.encode()).hexdigest()


def _day(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None
