"""A draft that tells again what is told already: its citations go to the other, and it goes."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from statements.models import Citation, Rearrangement, Rearranging, Statement
from statements.vocabulary import Status

from .changes import Change, Columns, removal, rows_of
from .duplicates import locked_statements
from .errors import RefusedError
from .merging import refuse_other
from .rearranging import Plan, bounded, carry_out
from .relations import Collision, Relation, relations_to, repoint, rows_among, rows_at


def plan_citing(*, draft: Statement, other: Statement) -> Plan:
    """Works out how a draft's citations become another statement's, and the draft goes.

    Links from other statements to the draft lead to the other one then. Raises RefusedError for
    what has been public, which is never discarded.
    """
    if draft.pk == other.pk:
        raise RefusedError([_("Choose two different ones of one kind.")])
    if draft.published_at is not None:
        message = _("%(key)s has been public: only a draft is discarded.")
        raise RefusedError([message % {"key": draft.key}])
    if other.status == Status.WITHDRAWN:
        raise RefusedError([_("The other statement was withdrawn.")])
    changes: list[Change] = []
    collisions: list[Collision] = []
    for relation in sorted(relations_to(Statement), key=lambda one: one.column):
        rows = rows_at(relation, draft.pk)
        if _follows(relation):
            among = rows_among(relation, other.pk, rows)
            moved = repoint(
                relation, rows, to=other.pk, among=among, besides=_besides(relation, draft, other)
            )
            changes += moved.changes
            collisions += moved.collisions
        else:
            changes += [removal(relation.model, row) for row in rows]
    [row] = rows_of(Statement, "t.id = %s", [draft.pk])
    once = {(change.table, change.pk): change for change in changes}
    return Plan(
        act=Rearranging.CITE,
        kind=Statement,
        row_id=other.pk,
        summary=f"{draft.key} → {other.key}",
        changes=bounded([*once.values(), removal(Statement, row)]),
        collisions=tuple(collisions),
    )


@transaction.atomic
def cite(
    *,
    draft: Statement,
    other: Statement,
    by: AbstractBaseUser,
    as_shown: str | None = None,
) -> Rearrangement:
    """Makes a draft's citations another statement's, and discards the draft."""
    rows = locked_statements(draft, other)
    plan = plan_citing(draft=rows[draft.pk], other=rows[other.pk])
    refuse_other(plan, as_shown)
    return carry_out(plan, by=by)


def _follows(relation: Relation) -> bool:
    """Whether rows go with the words to the other statement, rather than with the draft."""
    named = (relation.model._meta.model_name, relation.column)
    return named in (("citation", "statement_id"), ("link", "target_id"))


def _besides(relation: Relation, draft: Statement, other: Statement) -> dict[int, Columns]:
    """What citations say of themselves once the statement is another: form, state and place."""
    if relation.model is not Citation:
        return {}
    after = other.citations.count()
    told: dict[int, Columns] = {}
    for place, citation in enumerate(draft.citations.order_by("position", "pk")):
        told[citation.pk] = {"position": after + place}
        for name in ("form", "text_status"):
            said = getattr(citation, name) or getattr(draft, name)
            told[citation.pk][name] = "" if said == getattr(other, name) else said
    return told
