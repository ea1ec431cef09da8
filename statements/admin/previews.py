"""What a plan changes, told row by row to the curator who has to agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from statements.curation.changes import INSTANTS, Change, Columns
from statements.curation.labels import labels
from statements.curation.touched import is_an_approval
from statements.models import Country, Redirect

N_SHOWN = 500
N_VALUE_CHARACTERS = 80
# Columns that say nothing to whoever reads a preview.
UNTOLD = {"id", "position", "start", "prefix", "suffix", *INSTANTS}

Twins = Mapping[tuple[str, int], Columns]
NO_TWINS: Twins = {}


@dataclass(frozen=True, slots=True)
class Line:
    """A row by its name, and what becomes of it besides its owner."""

    name: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one table that fare alike: how many, and the first of them."""

    title: str
    n: int
    lines: tuple[Line, ...]

    @property
    def n_more(self) -> int:
        return self.n - len(self.lines)


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows of a plan: those that move, change where they are, are told already, go and come.

    `changed` are the fields of the row that everything belongs to then.
    """

    moving: tuple[Group, ...]
    altered: tuple[Group, ...]
    repeated: tuple[Group, ...]
    going: tuple[Group, ...]
    coming: tuple[Group, ...]
    changed: tuple[Line, ...]

    @property
    def n_rows(self) -> int:
        groups = (*self.moving, *self.altered, *self.repeated, *self.going, *self.coming)
        return sum(group.n for group in groups) + bool(self.changed)


def preview(
    changes: Iterable[Change], *, kind: str, row_id: int, collisions: Iterable[Any] = ()
) -> Preview:
    """Sorts changes by what they do; a query or two for each table."""
    told = [c for c in changes if not (c.is_of_instants or is_an_approval(c))]
    twins = {(str(c.model._meta.model_name), c.row["id"]): c.stays for c in collisions}
    own = [c for c in told if (c.table, c.pk) == (kind, row_id) and c.before and c.after]
    others = [c for c in told if c.before and c.after and c not in own]
    gone = [change for change in told if change.is_removal]
    return Preview(
        moving=_groups(c for c in others if _is_moved(c)),
        altered=_groups(c for c in others if not _is_moved(c)),
        repeated=_groups((change for change in gone if (change.table, change.pk) in twins), twins),
        going=_groups(change for change in gone if (change.table, change.pk) not in twins),
        coming=_groups(change for change in told if change.is_addition),
        changed=tuple(
            Line(_column_name(change, column), (_becomes(change, column),))
            for change in own
            for column in sorted(change.after or {})
        ),
    )


def _is_moved(change: Change) -> bool:
    return any(column.endswith("_id") for column in change.after or ())


def _groups(changes: Iterable[Change], twins: Twins = NO_TWINS) -> tuple[Group, ...]:
    by_table: dict[str, list[Change]] = {}
    for change in changes:
        by_table.setdefault(change.table, []).append(change)
    return tuple(_group(table, rows, twins) for table, rows in sorted(by_table.items()))


def _group(table: str, changes: list[Change], twins: Twins) -> Group:
    model = apps.get_model("statements", table)
    shown = changes[:N_SHOWN]
    names = labels(model, [change.pk for change in shown if change.pk])
    lines = [
        Line(_name(change, names), tuple(_details(change, twins.get((table, change.pk or 0)))))
        for change in shown
    ]
    return Group(_title(model), len(changes), tuple(lines))


def _title(model: type[models.Model]) -> str:
    if not model._meta.auto_created:
        return str(capfirst(model._meta.verbose_name_plural))
    ends = (field.related_model for field in model._meta.fields if field.is_relation)
    names = [end._meta.verbose_name_plural for end in ends if not isinstance(end, str | None)]
    return str(capfirst(" · ".join(str(name) for name in names)))


def _name(change: Change, names: dict[int, str]) -> str:
    row = change.after or change.before or {}
    if change.model is Redirect:
        return f"{row['old_slug']} → {row['new_slug']}"
    if change.is_addition or change.is_removal:
        name = row.get("name") or row.get("title") or row.get("key")
        return str(name or names.get(change.pk or 0, ""))
    return names.get(change.pk or 0, "")


def _details(change: Change, stays: Columns | None) -> Iterator[str]:
    """What else changes in a row, or in what it differs from the one that stays in its place."""
    after = change.after or stays or {}
    if change.before is None:
        return
    for column in sorted(after.keys() - UNTOLD):
        is_owner = column.endswith("_id") and column != "country_id"
        if not is_owner and change.before.get(column) != after[column]:
            told = _becomes(change, column) if change.after else _differs(change, column, stays)
            yield f"{_column_name(change, column)}: {told}"


def _differs(change: Change, column: str, stays: Columns | None) -> str:
    going, staying = (
        _shown(change.model, column, (side or {}).get(column)) for side in (change.before, stays)
    )
    return _("%(going)s goes, %(staying)s stays") % {"going": going, "staying": staying}


def _column_name(change: Change, column: str) -> str:
    field = next(f for f in change.model._meta.concrete_fields if f.column == column)
    return str(field.verbose_name)


def _becomes(change: Change, column: str) -> str:
    before, after = (
        _shown(change.model, column, (side or {}).get(column))
        for side in (change.before, change.after)
    )
    return f"{before} → {after}"


def _shown(model: type[models.Model], column: str, value: Any) -> str:
    """A column's value in words: a country by its name, a code by its label."""
    if value in (None, "", {}, []):
        return _("nothing")
    if column == "country_id":
        return str(Country.objects.filter(pk=value).first() or value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {told}" for name, told in value.items())
    field = next(f for f in model._meta.concrete_fields if f.column == column)
    labelled = dict(field.flatchoices).get(value, value)
    return Truncator(str(labelled)).chars(N_VALUE_CHARACTERS)
