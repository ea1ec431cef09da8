"""The versions of an object with its parts, as the database kept them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import ForeignKey, Model

from statements.models import (
    Alias,
    Article,
    Change,
    Citation,
    Country,
    Event,
    EventParty,
    FormerRow,
    Link,
    Official,
    Organization,
    Outlet,
    Party,
    Post,
    Redirect,
    Statement,
    Tenure,
    Topic,
)

# What belongs to an object: the parts that are edited in its form, and the column that says so.
PARTS: Mapping[type[Model], Mapping[type[Model], str]] = {
    Country: {Alias: "country_id"},
    Organization: {Alias: "organization_id"},
    Post: {},
    Official: {Tenure: "official_id", Alias: "official_id"},
    Outlet: {},
    Article: {},
    Topic: {},
    Event: {EventParty: "event_id", Event.countries.through: "event_id"},
    Statement: {
        Party: "statement_id",
        Citation: "statement_id",
        Link: "statement_id",
        Statement.topics.through: "statement_id",
        Statement.about_events.through: "statement_id",
    },
    Redirect: {},
}
MODEL_OF: Mapping[str, type[Model]] = {
    model._meta.db_table: model for whole, parts in PARTS.items() for model in (whole, *parts)
}
# The columns of which the database keeps no history: it works them out, or they say when.
NOT_KEPT: Mapping[type[Model], list[str]] = {
    Statement: [
        "account", "basis", "facets", "search_vector", "earliest_on", "latest_on", "sort_on",
        "updated_at",
    ],
    Article: ["body_sha256"],
    Citation: ["checked_at"],
}  # fmt: skip

Values = dict[str, Any]
Place = tuple[str, int]  # a table and a row of it
State = dict[Place, Values]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that a change made, changed or deleted; what it held before, unless it was made."""

    pk: int
    change: Change
    place: Place
    values: Values | None


@dataclass(frozen=True, slots=True)
class Version:
    """An object with its parts after a change, and as it was before.

    `number` names it; the first version of what is older than its history has no change.
    """

    number: int
    change: Change | None
    before: State
    after: State

    @property
    def made_at(self) -> datetime | None:
        return self.change.made_at if self.change else None


@dataclass(frozen=True)
class History:
    """What an object and its parts are now, and all entries about them, the earliest first."""

    model: type[Model]
    pk: int
    present: State
    entries: list[Entry]

    @property
    def place(self) -> Place:
        return self.model._meta.db_table, self.pk

    @property
    def is_deleted(self) -> bool:
        return self.place not in self.present

    @property
    def is_known(self) -> bool:
        """Whether there is or ever was such an object."""
        return self.place in self.present or any(one.place == self.place for one in self.entries)

    @cached_property
    def versions(self) -> list[Version]:
        """Every version, the newest first."""
        return list(self._versions())

    def version(self, number: int) -> Version | None:
        return next((one for one in self.versions if one.number == number), None)

    def version_named(self, name: str) -> Version | None:
        """The latest version whose state has this digest."""
        return next((one for one in self.versions if digest(one.after) == name), None)

    def _versions(self) -> Iterator[Version]:
        """Goes back from what is there now, undoing one change after another."""
        state = self.present
        for change, run in groupby(reversed(self.entries), key=lambda entry: entry.change):
            undone = list(run)
            before = dict(state)
            for entry in undone:
                if entry.values is None:
                    before.pop(entry.place, None)
                else:
                    before[entry.place] = entry.values
            version = Version(undone[0].pk, change, self._own(before), self._own(state))
            if version.before != version.after:
                yield version
            state = before
        first = self._own(state)
        if first:
            yield Version(0, None, {}, first)

    def _own(self, state: State) -> State:
        """Leaves out parts that belonged to another object then."""
        return {place: values for place, values in state.items() if self._is_own(place, values)}

    def _is_own(self, place: Place, values: Values) -> bool:
        model = MODEL_OF[place[0]]
        column = PARTS[self.model].get(model, "id")
        return bool(values[column] == self.pk)


def history_of(model: type[Model], pk: int) -> History:
    """Reads all that is kept of an object and its parts, in one query."""
    present: State = {}
    entries = []
    with connection.cursor() as cursor:
        cursor.execute(*_query(model, pk))
        for entry, relation, row_id, values, *change in cursor.fetchall():
            place = (relation, row_id)
            if entry is None:
                present[place] = json.loads(values)
            else:
                told = None if values is None else json.loads(values)
                entries.append(Entry(entry, _change(*change), place, told))
    entries.sort(key=lambda one: one.pk)
    return History(model, pk, present, entries)


def deleted_rows(model: type[Model], *, n: int) -> list[FormerRow]:
    """The last deletions of objects of this kind that are still gone, the newest first."""
    present = model._base_manager.values("pk")
    entries = FormerRow.objects.filter(relation=model._meta.db_table, is_deleted=True)
    return list(entries.exclude(row_id__in=present).select_related("change").order_by("-id")[:n])


def _change(*columns: Any) -> Change:
    names = ("id", "made_at", "kind", "user_id", "who", "why", "public_note")
    return Change(**dict(zip(names, columns, strict=True)))


def present_state(model: type[Model], pk: int) -> State:
    """What an object and its parts are now, in one query."""
    sql, parameters = _present(model, pk)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return {(relation, row): json.loads(told) for relation, row, told in cursor.fetchall()}


def digest(state: State) -> str:
    """A short name of a state: two are the same exactly when nothing differs."""
    told = sorted((relation, row, values) for (relation, row), values in state.items())
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def row_of(model: type[Model], pk: int, values: Values) -> Any:
    """A row as it was, unsaved."""
    row = model(pk=pk)
    take(row, values)
    return row


def take(row: Model, values: Values) -> None:
    """Gives a row the values that the database told of it."""
    for field in row._meta.concrete_fields:
        if field.column in values:
            column: Any = field.target_field if isinstance(field, ForeignKey) else field
            setattr(row, field.attname, column.to_python(values[field.column]))


def _present(model: type[Model], pk: int) -> tuple[str, list[Any]]:
    """SQL for an object and its parts, as the triggers would tell of them."""
    selects, parameters = [], []
    for one, column in {model: "id", **PARTS[model]}.items():
        table = one._meta.db_table
        selects.append(
            f"SELECT '{table}' AS relation, t.id AS row_id, to_jsonb(t) - %s::text[] AS told "  # noqa: S608 - names of tables
            f"FROM {table} t WHERE t.{column} = %s"
        )
        parameters += [NOT_KEPT.get(one, []), pk]
    return " UNION ALL ".join(selects), parameters


def _query(model: type[Model], pk: int) -> tuple[str, list[Any]]:
    """SQL for what is there now and for every entry about a row that is or was part of it."""
    present, parameters = _present(model, pk)
    return (
        f"""
        WITH present AS ({present}),
        places AS (
            SELECT relation, row_id FROM present
            UNION SELECT relation, row_id FROM statements_formerrow
            WHERE whole = %s AND whole_id = %s
        ), entries AS (
            SELECT f.id, f.change_id, p.relation, p.row_id, f."values" FROM places p
            JOIN statements_formerrow f ON f.relation = p.relation AND f.row_id = p.row_id
            UNION ALL
            SELECT n.id, n.change_id, p.relation, p.row_id, NULL FROM places p, LATERAL (
                SELECT id, change_id FROM statements_newrows
                WHERE ids @> p.row_id AND relation = p.relation OFFSET 0
            ) n
        )
        SELECT NULL, relation, row_id, told, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM present
        UNION ALL
        SELECT e.id, e.relation, e.row_id, e."values",
            c.id, c.made_at, c.kind, c.user_id, c.who, c.why, c.public_note
        FROM entries e JOIN statements_change c ON c.id = e.change_id
        """,  # noqa: S608 - names of tables
        [*parameters, model._meta.db_table, pk],
    )
