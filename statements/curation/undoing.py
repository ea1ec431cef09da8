"""Taking back what was merged, split or moved, as long as nothing stands in the way."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.models import Citation, Rearrangement, Statement
from statements.vocabulary import Status

from .changes import Change, Columns, make, stale
from .errors import RefusedError
from .labels import labels
from .merging import CHECKED
from .rearranging import check_references, log, require_kept
from .relations import relations_to
from .touched import approvals_of, is_an_approval, statements_of

N_REASONS = 10


@transaction.atomic
def undo(*, rearrangement: Rearrangement, by: AbstractBaseUser) -> Rearrangement:
    """Puts every row back as it was, when none of them has changed since.

    What was added to the owner meanwhile stays with it. Raises RefusedError with what stands in
    the way, NotAllowedError where chosen statements may not be changed, and PermissionDenied for
    whoever may not do this.
    """
    kept = Rearrangement.objects.select_for_update().get(pk=rearrangement.pk)
    changes = [Change(**told) for told in kept.changes]
    require_kept(by, kept, changes)
    if kept.is_undone:
        raise RefusedError([_("This was undone already.")])
    passing = [change for change in changes if _is_passing(change)]
    lasting = _without_gone(kept, [change for change in changes if not _is_passing(change)])
    _refuse_changed(kept, lasting)
    try:
        with transaction.atomic():
            _take_back(kept, lasting, passing)
    except IntegrityError as error:
        raise RefusedError([_in_the_way(error)]) from error
    kept.undone_at = timezone.now()
    kept.undone_by_id = by.pk
    kept.save(update_fields=["undone_at", "undone_by"])
    log(kept, by, _("Undone: %(act)s") % {"act": kept.summary})
    return kept


def _take_back(kept: Rearrangement, lasting: list[Change], passing: list[Change]) -> None:
    entered = [change for change in lasting if _is_owner(kept, change) and change.is_addition]
    others = [change for change in lasting if change not in entered]
    instants = [c for c in passing if c.is_of_instants and c.model is Statement]
    approvals = [change for change in passing if is_an_approval(change)]
    restored = [*_approvals_back(approvals, instants), *_instants_back(instants)]
    # Last, since the database checks the citations of every text that it puts back.
    restored += _checks_back([*lasting, *passing])
    # What was approved since was approved with what is taken back now.
    restored = [*approvals_of(statements_of(lasting)), *restored]
    make(change.reversed() for change in reversed(others))
    for change in entered:
        _refuse_used(change)
    make(change.reversed() for change in entered)
    make(restored)
    check_references([change.reversed() for change in lasting])


def _is_passing(change: Change) -> bool:
    """Whether a change may have been overtaken since, without standing in the way."""
    return change.is_of_instants or is_an_approval(change)


def _is_owner(kept: Rearrangement, change: Change) -> bool:
    return (change.table, change.pk) == (kept.kind, kept.row_id)


def _without_gone(kept: Rearrangement, changes: list[Change]) -> list[Change]:
    """Leaves aside what was added and has gone by itself: there is nothing to take away."""
    added = [c for c in changes if c.is_addition and not _is_owner(kept, c)]
    pks = {
        (change.table, change.pk)
        for change in added
        if not change.model._base_manager.filter(pk=change.pk).exists()
    }
    return [change for change in changes if (change.table, change.pk) not in pks]


def _refuse_changed(kept: Rearrangement, changes: list[Change]) -> None:
    """Refuses when a row is not as it was left, and says which and by what it may be."""
    changed = stale(changes)
    if not changed:
        return
    reasons = []
    for change in changed[:N_REASONS]:
        [name] = labels(change.model, [change.pk or 0]).values()
        kind = change.model._meta.verbose_name
        reasons.append(_("%(kind)s “%(name)s” has changed since.") % {"kind": kind, "name": name})
    if len(changed) > N_REASONS:
        n = len(changed) - N_REASONS
        reasons.append(ngettext("And %(n)d other.", "And %(n)d others.", n) % {"n": n})
    reasons += [
        _("Undo first what was done later: %(act)s") % {"act": later.summary}
        for later in _later(kept, changed)
    ]
    raise RefusedError(reasons)


def _later(kept: Rearrangement, changed: list[Change]) -> Iterable[Rearrangement]:
    """Later acts, not undone, that changed the first of the rows as well."""
    first = {"table": changed[0].table, "pk": changed[0].pk}
    later = Rearrangement.objects.filter(pk__gt=kept.pk, undone_at=None, changes__contains=[first])
    return later.without_changes().order_by("-pk")


def _refuse_used(entered: Change) -> None:
    """Refuses to take away what others have come to refer to."""
    n_users = sum(
        relation.model._base_manager.filter(**{relation.column: entered.pk}).count()
        for relation in relations_to(entered.model)
    )
    if n_users:
        [name] = labels(entered.model, [entered.pk or 0]).values()
        message = ngettext(
            "“%(name)s” has %(n)d row more since: move it elsewhere first.",
            "“%(name)s” has %(n)d rows more since: move them elsewhere first.",
            n_users,
        )
        raise RefusedError([message % {"name": name, "n": n_users}])


def _instants_back(instants: list[Change]) -> list[Change]:
    """The instants of change from before, and now for what was edited in between."""
    now = timezone.now()
    statements = Statement.objects.filter(pk__in=[change.pk for change in instants])
    at = dict(statements.values_list("pk", "updated_at"))
    return [
        change.reversed()
        if at[change.pk] == _instant(change)
        else Change(change.table, change.pk, change.after, {"updated_at": now.isoformat()})
        for change in instants
        if change.pk in at
    ]


def _checks_back(changes: list[Change]) -> list[Change]:
    """The checks from before, but of citations that were only looked at, and again since."""
    checks = [c for c in changes if c.model is Citation and "checked_at" in (c.after or ())]
    updates = [change for change in checks if change.before]
    rows = Citation.objects.filter(pk__in=[change.pk for change in updates])
    at = dict(rows.values_list("pk", "checked_at"))
    return [
        Change(change.table, change.pk, _check(change.after), _check(change.before))
        for change in updates
        if not change.is_of_instants or at.get(change.pk or 0) == _instant(change, "checked_at")
    ]


def _check(side: Columns | None) -> Columns:
    return {name: value for name, value in (side or {}).items() if name in CHECKED}


def _approvals_back(approvals: list[Change], instants: list[Change]) -> list[Change]:
    """The approvals from before, of what nobody has touched in between."""
    at = {change.pk: _instant(change) for change in instants}
    rows = Statement.objects.filter(pk__in=[change.pk for change in approvals])
    waiting = rows.filter(status=Status.IN_REVIEW, reviewed_by=None)
    same = {pk for pk, then in waiting.values_list("pk", "updated_at") if then == at.get(pk)}
    return [change.reversed() for change in approvals if change.pk in same]


def _instant(change: Change, column: str = "updated_at") -> datetime:
    return datetime.fromisoformat((change.after or {})[column])


def _in_the_way(error: IntegrityError) -> str:
    told = getattr(getattr(error.__cause__, "diag", None), "message_primary", None)
    return _("Something that was entered since stands in the way: %(error)s") % {
        "error": told or error
    }
