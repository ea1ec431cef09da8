"""Rows changed in bulk from a list that is kept, so that every change can be taken back."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _
from psycopg import sql

from .errors import RefusedError

Columns = dict[str, Any]  # as JSON tells them

N_AT_ONCE = 1000
# When a row was last changed or checked says nothing of what it holds.
INSTANTS = ("updated_at", "checked_at")


@dataclass(frozen=True, slots=True)
class Change:
    """One row's columns as they were and as they become.

    `before` is None for a row that is added, `after` for one that is taken away; the two have
    the same columns otherwise. A row that is not there yet has no `pk`.
    """

    table: str
    pk: int | None
    before: Columns | None
    after: Columns | None

    @property
    def is_removal(self) -> bool:
        return self.after is None

    @property
    def is_addition(self) -> bool:
        return self.before is None

    @property
    def is_of_instants(self) -> bool:
        """Whether nothing becomes otherwise but when the row was changed or checked."""
        before, after = self.before, self.after
        if before is None or after is None:
            return False
        return all(name in INSTANTS or before[name] == value for name, value in after.items())

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model("statements", self.table)

    def reversed(self) -> "Change":
        return Change(self.table, self.pk, self.after, self.before)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def name_of(model: type[models.Model]) -> str:
    return str(model._meta.model_name)


def removal(model: type[models.Model], row: Columns) -> Change:
    return Change(name_of(model), row["id"], row, None)


def update(model: type[models.Model], row: Columns, **after: Any) -> Change:
    """The change of a row to these columns, or of nothing where they are so already."""
    before = {column: row[column] for column in after}
    return Change(name_of(model), row["id"], before, after)


def addition(model: type[models.Model], **after: Any) -> Change:
    return Change(name_of(model), None, None, after)


def rows_of(
    model: type[models.Model],
    condition: str,
    values: Sequence[Any],
    *,
    leaving_out: Iterable[str] = (),
) -> list[Columns]:
    """Rows as JSON tells them, in order of their ids, without what the database derives.

    The condition is SQL with `%s` for each of the values.
    """
    left_out = [*_derived(model), *leaving_out]
    query = sql.SQL("SELECT to_jsonb(t) - %s::text[] FROM {} t WHERE {} ORDER BY t.id").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(condition),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [left_out, *values])
        return [_loaded(row) for (row,) in cursor.fetchall()]


def make(changes: Iterable[Change]) -> list[Change]:
    """Makes changes in their order, few statements for many rows; returns them with their ids.

    Raises RefusedError when a row is not there any more.
    """
    made: list[Change] = []
    for (table, is_removal, is_addition, columns), alike in groupby(changes, key=_kind_of_change):
        group = list(alike)
        model = apps.get_model("statements", table)
        for start in range(0, len(group), N_AT_ONCE):
            batch = group[start : start + N_AT_ONCE]
            if is_removal:
                _delete(model, batch)
            elif is_addition:
                batch = _insert(model, batch, columns)
            else:
                _update(model, batch, columns)
            made += batch
    return made


def stale(changes: Iterable[Change]) -> list[Change]:
    """Those of the changes whose rows are no longer as `after` says; one query for each table."""
    by_table: dict[str, list[Change]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change)
    return [change for table, group in by_table.items() for change in _stale(table, group)]


def _stale(table: str, changes: list[Change]) -> list[Change]:
    model = apps.get_model("statements", table)
    pks = [change.pk for change in changes]
    told = {column for change in changes for column in change.after or {}}
    # A stored text may be a book, and is rarely what changed.
    left_out = [] if "body" in told else ["body"]
    rows = rows_of(model, "t.id = ANY(%s)", [pks], leaving_out=left_out)
    now = {row["id"]: row for row in rows}
    return [change for change in changes if not _holds(change, now.get(change.pk or 0))]


def _holds(change: Change, row: Columns | None) -> bool:
    if change.after is None:
        return row is None
    told = {name: value for name, value in change.after.items() if name not in INSTANTS}
    return row is not None and all(row.get(name) == value for name, value in told.items())


def _kind_of_change(change: Change) -> tuple[str, bool, bool, tuple[str, ...]]:
    columns = tuple(sorted(change.after)) if change.after is not None else ()
    return change.table, change.is_removal, change.is_addition, columns


def _derived(model: type[models.Model]) -> list[str]:
    """Columns that the database fills: generated ones, and those of its triggers."""
    derived = [str(field.column) for field in model._meta.concrete_fields if field.generated]
    if name_of(model) == "statement":
        derived += ["account", "basis", "facets", "search_vector"]
    return derived


def _delete(model: type[models.Model], changes: list[Change]) -> None:
    query = sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(
        sql.Identifier(model._meta.db_table)
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [[change.pk for change in changes]])
        _expect(cursor.rowcount, changes)


def _update(model: type[models.Model], changes: list[Change], columns: tuple[str, ...]) -> None:
    table = sql.Identifier(model._meta.db_table)
    query = sql.SQL(
        "UPDATE {table} t SET {columns} FROM jsonb_populate_recordset(NULL::{table}, %s) r"
        " WHERE t.id = r.id"
    ).format(
        table=table,
        columns=sql.SQL(", ").join(
            sql.SQL("{0} = r.{0}").format(sql.Identifier(column)) for column in columns
        ),
    )
    rows = [{**(change.after or {}), "id": change.pk} for change in changes]
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(rows)])
        _expect(cursor.rowcount, changes)


def _insert(
    model: type[models.Model], changes: list[Change], columns: tuple[str, ...]
) -> list[Change]:
    """Adds rows, under the ids that they have, else under ids of the database's choice."""
    table = sql.Identifier(model._meta.db_table)
    filled = [*columns, *_filled_in(model, columns)]
    query = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns}"
        " FROM jsonb_populate_recordset(NULL::{table}, %s) RETURNING id"
    ).format(table=table, columns=sql.SQL(", ").join(map(sql.Identifier, filled)))
    rows = [{**(change.after or {}), **_filled_in(model, columns)} for change in changes]
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(rows)])
        pks = [pk for (pk,) in cursor.fetchall()]
    return [
        Change(change.table, pk, None, {**(change.after or {}), "id": pk})
        for change, pk in zip(changes, pks, strict=True)
    ]


def _filled_in(model: type[models.Model], columns: tuple[str, ...]) -> Columns:
    """What a row says in the columns that nobody told: the model's own defaults."""
    silent: dict[str, Any] = {
        str(field.column): field
        for field in model._meta.concrete_fields
        if field.column not in (*columns, *_derived(model)) and not field.primary_key
    }
    if name_of(model) == "statement":
        silent |= {name: model._meta.get_field(name) for name in ("account", "basis", "facets")}
    return {column: field.get_default() for column, field in silent.items()}


def _expect(n_rows: int, changes: list[Change]) -> None:
    if n_rows != len(changes):
        raise RefusedError([_("Somebody changed this at the same moment: look at it again.")])


def _loaded(row: Any) -> Columns:
    loaded: Columns = json.loads(row) if isinstance(row, str) else row
    return loaded
