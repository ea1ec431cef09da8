"""Everything that refers to a row, found from the models themselves, and how it changes owner."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import UniqueConstraint

from statements.models import (
    Alias,
    Article,
    Citation,
    EventParty,
    OfficialLikeness,
    Party,
    StatementLikeness,
    Tenure,
)

from .changes import Change, Columns, removal, rows_of, update

Identity = Callable[[Columns], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A column of a table that refers to rows of another."""

    model: type[models.Model]
    column: str


@dataclass(frozen=True, slots=True)
class Collision:
    """A row that would be told twice, and the one that tells it already."""

    model: type[models.Model]
    row: Columns
    stays: Columns


@dataclass(frozen=True, slots=True)
class Repointed:
    """What becomes of the rows of one relation, and which of them were told twice."""

    changes: tuple[Change, ...]
    collisions: tuple[Collision, ...] = ()


def relations_to(model: type[models.Model]) -> list[Relation]:
    """Every foreign key to a model, those of many-to-many tables among them.

    Keys that the database does not enforce are left aside: they belong to records of the past.
    """
    return [
        Relation(holder, field.column)
        for holder in apps.get_models(include_auto_created=True)
        for field in holder._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey)
        and getattr(field, "db_constraint", True)
        and field.remote_field.model is model
        and not isinstance(field, models.OneToOneField)
    ]


def repoint(
    relation: Relation,
    rows: Iterable[Columns],
    *,
    to: int,
    among: Iterable[Columns],
    besides: Mapping[int, Columns] | None = None,
) -> Repointed:
    """Gives rows of a relation to another owner, and takes away those it has already.

    `among` are the owner's own rows; `besides` are further columns that change, by a row's id.
    """
    identity = identity_of(relation.model)
    known = {identity(row): row for row in among}
    changes, collisions = [], []
    for row in rows:
        after = {relation.column: to, **(besides or {}).get(row["id"], {})}
        as_moved = {**row, **after}
        twin = known.setdefault(identity(as_moved), row)
        if _is_to_itself(relation.model, as_moved):
            changes.append(_parted(relation, row))
        elif twin is not row:
            changes.append(removal(relation.model, row))
            collisions.append(Collision(relation.model, row, twin))
            if filled := _filled(twin, row):
                changes.append(update(relation.model, twin, **filled))
                twin.update(filled)
        else:
            changes.append(update(relation.model, row, **after))
    # What is told twice goes first, so that nothing ever stands twice; what changes alike is
    # together, so that the database is told of it once.
    changes.sort(key=lambda change: (not change.is_removal, sorted(change.after or ())))
    return Repointed(tuple(changes), tuple(collisions))


def rows_at(relation: Relation, pk: int) -> list[Columns]:
    """The rows that refer to one row; what is long and tells nothing of them is left out."""
    left_out = ("body",) if relation.model is Article else ()
    return rows_of(relation.model, f't."{relation.column}" = %s', [pk], leaving_out=left_out)


def rows_among(relation: Relation, pk: int, rows: Iterable[Columns]) -> list[Columns]:
    """Those rows of an owner that rows coming to it may repeat; as few as there are of these."""
    if relation.model in PAIRS:
        if relation.model is Article:
            return []
        return rows_of(relation.model, "%s IN (t.first_id, t.second_id)", [pk])
    if not (relation.model in IDENTITIES or _unique_sets(relation.model)):
        return []
    condition = f't."{relation.column}" = %s'
    beside = _beside(relation)
    if beside is None:
        return rows_of(relation.model, condition, [pk])
    owners = sorted({row[beside] for row in rows if row[beside]})
    return rows_of(relation.model, f'{condition} AND t."{beside}" = ANY(%s)', [pk, owners])


def _beside(relation: Relation) -> str | None:
    """The column of the statement or event that a row is a part of, if it is of one."""
    columns = {field.column for field in relation.model._meta.concrete_fields}
    owners = (column for column in ("statement_id", "event_id") if column in columns)
    return next((column for column in owners if column != relation.column), None)


def identity_of(model: type[models.Model]) -> Identity:
    """What tells rows of a table apart: two of the same identity say the same thing twice."""
    if model in IDENTITIES:
        return IDENTITIES[model]
    sets = [*_unique_sets(model)]
    if not sets:
        return lambda row: (row["id"],)
    columns = [str(getattr(model._meta.get_field(name), "column", name)) for name in sets[0]]
    return lambda row: tuple(row[column] for column in columns)


def _unique_sets(model: type[models.Model]) -> list[tuple[str, ...]]:
    declared = [
        tuple(constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and len(constraint.fields) > 1
    ]
    return [*declared, *map(tuple, model._meta.unique_together)]


def _of_party(row: Columns) -> tuple[Any, ...]:
    """An official by itself, however it is printed; others by all that is said of them."""
    place = (row.get("statement_id"), row.get("event_id"), row["role"], row.get("article_id"))
    if row["official_id"]:
        return (*place, row["official_id"])
    actor = (row["organization_id"], row["post_id"], row["country_id"], row["name_as_printed"])
    return (*place, row["kind"], *actor)


def _of_pair(row: Columns) -> tuple[Any, ...]:
    return tuple(sorted((row["first_id"], row["second_id"])))


def _by(*columns: str) -> Identity:
    return lambda row: tuple(row[column] for column in columns)


IDENTITIES: dict[type[models.Model], Identity] = {
    Party: _of_party,
    EventParty: _of_party,
    Tenure: _by("official_id", "post_id", "started_on", "ended_on"),
    Alias: _by("country_id", "organization_id", "official_id", "name", "language"),
    Citation: _by("statement_id", "article_id", "start", "quote"),
    StatementLikeness: _of_pair,
    OfficialLikeness: _of_pair,
}
# What the source printed is not lost with a row that is told already.
WORDS = ("name_as_printed", "chosen_capacity", "form", "channel", "locator", "text_status")
# Rows of these say something of two rows of one kind, which may not be the same.
PAIRS: dict[type[models.Model], tuple[str, str]] = {
    Article: ("id", "based_on_id"),
    StatementLikeness: ("first_id", "second_id"),
    OfficialLikeness: ("first_id", "second_id"),
}


def _filled(twin: Columns, row: Columns) -> Columns:
    """What a row says in words where the one that stays in its place says nothing."""
    return {column: row[column] for column in WORDS if row.get(column) and twin.get(column) == ""}


def _is_to_itself(model: type[models.Model], row: Columns) -> bool:
    pair = PAIRS.get(model)
    return pair is not None and row[pair[0]] == row[pair[1]]


def _parted(relation: Relation, row: Columns) -> Change:
    """What becomes of a row that would refer to itself: an article keeps, a pair is no more."""
    if relation.model is Article:
        return update(Article, row, based_on_id=None)
    return removal(relation.model, row)
