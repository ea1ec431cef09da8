"""The statements that changes are of: who may change them, and what was approved of them."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.models import Statement
from statements.vocabulary import Status

from .changes import Change
from .errors import NotAllowedError
from .review import may_amend

N_NAMED = 10
APPROVAL = "reviewed_by_id"


def statements_of(changes: Iterable[Change]) -> set[int]:
    """The ids of the statements that changes are of, or of whose parts they are.

    A part that was only looked at again leaves its statement as it is.
    """
    told = [change for change in changes if not change.is_of_instants]
    sides = (side for change in told for side in (change.before, change.after) if side)
    statements = {side["statement_id"] for side in sides if "statement_id" in side}
    for table, pks in _pks(told).items():
        model = apps.get_model("statements", table)
        columns = {field.column for field in model._meta.concrete_fields}
        if model is Statement:
            statements.update(pks)
        elif "statement_id" in columns:
            rows = model._base_manager.filter(pk__in=pks)
            statements.update(rows.order_by().values_list("statement_id", flat=True))
    return statements


def require_amendable(
    changes: Iterable[Change], by: AbstractBaseUser, *, besides: Iterable[int] = ()
) -> None:
    """Locks the statements that changes are of, and `besides`.

    Raises NotAllowedError, with their keys, where the account may not change them where they are,
    or, of those that come back, where they were.
    """
    told = list(changes)
    reasons = _unamendable(told, by, _named(told, besides).select_for_update())
    if reasons:
        raise NotAllowedError(reasons)


def unamendable(
    changes: Iterable[Change], by: AbstractBaseUser, *, besides: Iterable[int] = ()
) -> list[str]:
    """Says why `require_amendable` would raise, without locking anything."""
    told = list(changes)
    return _unamendable(told, by, _named(told, besides))


def _named(changes: list[Change], besides: Iterable[int]) -> QuerySet[Statement]:
    rows = Statement.objects.filter(pk__in={*statements_of(changes), *besides})
    return rows.only("key", "status", "entered_by").order_by("pk")


def _unamendable(
    changes: list[Change], by: AbstractBaseUser, there: Iterable[Statement]
) -> list[str]:
    statements = list(there)
    statements += [
        Statement(key=row["key"], status=row["status"], entered_by_id=row["entered_by_id"])
        for row in (change.before for change in changes if change.model is Statement)
        if row and "key" in row
    ]
    keys = list(dict.fromkeys(one.key for one in statements if not may_amend(one, by)))
    reasons = [_("You may not change %(key)s.") % {"key": key} for key in keys[:N_NAMED]]
    if len(keys) > N_NAMED:
        n = len(keys) - N_NAMED
        reasons.append(ngettext("And %(n)d other.", "And %(n)d others.", n) % {"n": n})
    return reasons


def approvals_of(statements: Iterable[int]) -> list[Change]:
    """The changes that take back what was approved of statements in review."""
    rows = Statement.objects.filter(pk__in=list(statements), status=Status.IN_REVIEW)
    approved = rows.exclude(reviewed_by=None).order_by("pk")
    return [
        Change("statement", pk, {APPROVAL: reviewer}, {APPROVAL: None})
        for pk, reviewer in approved.values_list("pk", APPROVAL)
    ]


def is_an_approval(change: Change) -> bool:
    """Whether a change takes back nothing but an approval."""
    return change.model is Statement and set(change.after or ()) == {APPROVAL}


def _pks(changes: Iterable[Change]) -> dict[str, list[int]]:
    by_table: dict[str, list[int]] = {}
    for change in changes:
        if change.pk is not None:
            by_table.setdefault(change.table, []).append(change.pk)
    return by_table
