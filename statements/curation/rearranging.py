"""Plans of what is merged, split or moved: shown first, carried out whole, and taken back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from psycopg import sql

from statements.models import Rearrangement, Rearranging, Statement

from .changes import INSTANTS, Change, make, name_of, rows_of
from .errors import RefusedError
from .relations import Collision
from .touched import approvals_of, require_amendable, statements_of, unamendable

N_ROWS = 10_000
N_SUMMARY_CHARACTERS = 1000
# What one must be allowed to do with the rows of a kind, by the act.
VERBS: Mapping[str, tuple[str, ...]] = {
    Rearranging.MERGE: ("change", "delete"),
    Rearranging.SPLIT: ("add", "change"),
    Rearranging.MOVE: ("change",),
    Rearranging.CITE: ("change", "delete"),
}
# Acts upon chosen statements, each of which one must be allowed to change where it is. A merge or a
# split puts right who or what is named, wherever it is named.
UPON_STATEMENTS = (Rearranging.MOVE, Rearranging.CITE)
FOREIGN_KEYS = """
SELECT conname FROM pg_constraint
WHERE contype = 'f' AND condeferrable AND (
    conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[])
)
ORDER BY conname
"""
NEW = 0  # stands for the id of a row that the plan itself adds


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act will change, in order; nothing has been written.

    `made` is an official that the act enters first; changes name it by the id `NEW`.
    """

    act: Rearranging
    kind: type[models.Model]
    row_id: int
    summary: str
    changes: tuple[Change, ...]
    collisions: tuple[Collision, ...] = ()
    warnings: tuple[str, ...] = ()
    made: models.Model | None = None

    @property
    def digest(self) -> str:
        """Tells whether a plan made anew is the one that was shown."""
        told = [self.act.value, name_of(self.kind), self.row_id, self.summary]
        rows = [_told(change) for change in self.changes]
        return sha256(json.dumps([told, rows], sort_keys=True).encode()).hexdigest()[:32]


def may(user: Any, act: str, kind: str) -> bool:
    """Whether a user may do this with rows of a kind, and may take it back."""
    model = "statement" if act == Rearranging.MOVE else kind
    return bool(user.has_perms([f"statements.{verb}_{model}" for verb in VERBS[act]]))


def require_kept(by: AbstractBaseUser, kept: Rearrangement, changes: Sequence[Change]) -> None:
    """Raises PermissionDenied or NotAllowedError for whoever may not take an act back."""
    require(by, kept.act, kept.kind)
    if kept.act in UPON_STATEMENTS:
        require_amendable(changes, by, besides=_owners(kept.kind, kept.row_id))


def refusals(plan: Plan, by: AbstractBaseUser) -> list[str]:
    """Why `carry_out` would not let an account do what is planned; nothing where it would."""
    if plan.act not in UPON_STATEMENTS:
        return []
    return unamendable(plan.changes, by, besides=_owners(name_of(plan.kind), plan.row_id))


def refusals_of(kept: Rearrangement, changes: Sequence[Change], by: AbstractBaseUser) -> list[str]:
    """Why an account would not be let take an act back; nothing where it would."""
    if kept.act not in UPON_STATEMENTS:
        return []
    return unamendable(changes, by, besides=_owners(kept.kind, kept.row_id))


def require(user: Any, act: str, kind: str) -> None:
    """Raises PermissionDenied for whoever may not."""
    if not may(user, act, kind):
        raise PermissionDenied


def bounded(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes with those of their statements' instants; refused when they are too many."""
    planned = tuple(changes)
    if len(planned) > N_ROWS:
        message = _("This moves more than %(n)s rows, too many for one act.") % {"n": N_ROWS}
        raise RefusedError([message])
    return (*planned, *_touched(planned))


@transaction.atomic
def carry_out(plan: Plan, *, by: AbstractBaseUser) -> Rearrangement:
    """Makes every change of a plan, or none, and keeps what is needed to take it back.

    The plan must have been made in this transaction, with its rows locked. Raises IntegrityError
    where a constraint stands in the way, PermissionDenied for whoever may not do this, and
    NotAllowedError where chosen statements may not be changed. What was approved of the statements
    in review is no longer what was approved.
    """
    require(by, plan.act, name_of(plan.kind))
    touched = statements_of(plan.changes)
    if plan.act in UPON_STATEMENTS:
        require_amendable(plan.changes, by, besides=_owners(name_of(plan.kind), plan.row_id))
    entered = _enter(plan)
    row_id = entered[0].pk or plan.row_id if entered else plan.row_id
    # First, since the instants that the plan tells have to be the last word.
    unapproved = make(approvals_of(touched))
    made = [*entered, *unapproved, *make(_settled(change, row_id) for change in plan.changes)]
    check_references(made)
    kept = Rearrangement.objects.create(
        act=plan.act.value,
        kind=name_of(plan.kind),
        row_id=row_id,
        summary=Truncator(plan.summary).chars(N_SUMMARY_CHARACTERS),
        n_rows=len({(change.table, change.pk) for change in made}),
        changes=[change.as_json() for change in made],
        made_at=timezone.now(),
        made_by_id=by.pk,
    )
    log(kept, by, plan.summary)
    return kept


def _owners(kind: str, row_id: int) -> list[int]:
    return [row_id] if kind == name_of(Statement) else []


def check_references(changes: Iterable[Change]) -> None:
    """Has the database check now, not at the end, that nothing refers to what is gone."""
    tables = sorted({change.model._meta.db_table for change in changes})
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [tables, tables])
        names = [sql.Identifier(name) for (name,) in cursor.fetchall()]
        for when in ("IMMEDIATE", "DEFERRED") if names else ():
            setting = sql.SQL("SET CONSTRAINTS {} " + when).format(sql.SQL(", ").join(names))
            cursor.execute(setting)


def log(kept: Rearrangement, by: AbstractBaseUser, message: str) -> None:
    """Writes into the desk's log what became of the row that things belong to now."""
    rows = apps.get_model("statements", kept.kind)._base_manager.filter(pk=kept.row_id)
    LogEntry.objects.log_actions(by.pk, rows, CHANGE, change_message=message, single_object=True)


def _enter(plan: Plan) -> list[Change]:
    """Saves the row that a plan adds, and tells it as the first change."""
    if plan.made is None:
        return []
    plan.made.full_clean()
    plan.made.save()
    [row] = rows_of(plan.kind, "t.id = %s", [plan.made.pk])
    return [Change(name_of(plan.kind), plan.made.pk, None, row)]


def _settled(change: Change, row_id: int) -> Change:
    """A change with the id of the row that the plan added in the place of `NEW`."""
    if change.after is None:
        return change
    after = {
        column: row_id if column.endswith("_id") and value == NEW else value
        for column, value in change.after.items()
    }
    return replace(change, after=after)


def _touched(changes: Sequence[Change]) -> list[Change]:
    """The instants of change of the statements that other changes are of."""
    gone = {c.pk for c in changes if c.model is Statement and c.is_removal}
    now = timezone.now().isoformat()
    instants = Statement.objects.filter(pk__in=statements_of(changes) - gone).order_by("pk")
    return [
        Change("statement", pk, {"updated_at": at.isoformat()}, {"updated_at": now})
        for pk, at in instants.values_list("pk", "updated_at")
    ]


def _told(change: Change) -> list[Any]:
    """A change without what depends on when it was planned."""
    sides = (change.before, change.after)
    return [
        change.table,
        change.pk,
        *(side and {k: v for k, v in side.items() if k not in INSTANTS} for side in sides),
    ]
