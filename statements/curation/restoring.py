"""Bringing an object back to what it was, or back at all."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from statements.models import Authorship, Citation, Statement, written_by
from statements.models.keys import numbered
from statements.vocabulary import Role, Status

from .checking import check_citation
from .differences import names_of_deleted
from .entry import DERIVED
from .errors import NotAllowedError, RefusedError
from .history import MODEL_OF, PARTS, History, State, Values, Version, history_of, take
from .publication import lacks, unfound_words
from .review import may, may_amend

# Columns of a statement: its way to the public is decided by review, publishing and withdrawing,
# not by restoring; who entered it, and the key of what is there, never go back.
REVIEWED = ("submitted_by_id", "reviewed_by_id", "returned_to_id")
NOT_RESTORED = (
    "status",
    "published_at",
    "withdrawal_reason",
    "key",
    "entered_by_id",
    *REVIEWED,
)


def restore(
    *, model: type[Model], pk: int, number: int, by: AbstractBaseUser | AnonymousUser
) -> Any:
    """Makes an object and its parts what they were after a change, and returns the object.

    What was deleted comes back under its own number; a statement then comes back as a draft.
    Where a statement is on its way to the public stays as it is, but for an approval in review.
    Raises RefusedError where the version cannot stand beside what is there now, NotAllowedError
    to an account that may not change the statement where it now is.
    """
    try:
        with transaction.atomic():
            model._base_manager.select_for_update().filter(pk=pk).values("pk").first()
            if model is Statement:
                _require_permission(pk, by)
            history = history_of(model, pk)
            version = history.version(number)
            if version is None or history.place not in version.after:
                raise RefusedError([_("There is no such version.")])
            author = Authorship("person", by.get_username(), by.pk, why=_reason(version))
            with written_by(author):
                return _put(history, to_restore(history, version))
    except ValidationError as error:
        raise RefusedError(_told(model, error)) from error
    except IntegrityError as error:
        raise RefusedError(
            [_("It cannot stand beside what is there now: something else took its place.")]
        ) from error


def _require_permission(pk: int, by: AbstractBaseUser | AnonymousUser) -> None:
    kept = Statement.objects.without_vectors().filter(pk=pk).first()
    if kept is None and not may(by, "add"):
        raise NotAllowedError([_("You may not enter statements.")])
    if kept is not None and not may_amend(kept, by):
        raise NotAllowedError([_("You may not change this statement.")])


def to_restore(history: History, version: Version) -> State:
    """What restoring a version makes of an object and its parts: not all of it goes back."""
    if history.model is not Statement:
        return version.after
    then, now = version.after[history.place], history.present.get(history.place)
    decided = _decided_anew(then) if now is None else _decided(now)
    return {**version.after, history.place: {**then, **decided}}


def _decided(now: Values) -> Values:
    """What stays; changed words are no longer those that somebody in review approved."""
    kept = {column: now[column] for column in NOT_RESTORED}
    if now["status"] == Status.IN_REVIEW:
        kept["reviewed_by_id"] = None
    return kept


def _decided_anew(then: Values) -> Values:
    """What a deleted statement comes back with: a draft in no review, under a key that is free."""
    key: str = then["key"]
    author: Any = then.get("entered_by_id")
    is_taken = Statement.objects.filter(key=key).exists()
    is_known = get_user_model()._base_manager.filter(pk=author).exists()
    return {
        **dict.fromkeys(REVIEWED),
        "status": Status.DRAFT.value,
        "key": next(numbered(key)) if is_taken else key,
        "entered_by_id": author if is_known else None,
    }


def _reason(version: Version) -> str:
    if version.made_at is None:
        return _("Restored as it was first.")
    when = date_format(timezone.localtime(version.made_at), "Y-m-d H:i:s")
    return _("Restored as it was after the change of %(when)s.") % {"when": when}


def _told(model: type[Model], error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    labels = {f.name: capfirst(str(f.verbose_name)) for f in model._meta.concrete_fields}
    return [
        message if name == NON_FIELD_ERRORS else f"{labels.get(name, name)}: {message}"
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _put(history: History, wanted: State) -> Any:
    _require_named_rows(wanted)
    whole = _put_row(history.model, history.pk, wanted[history.place], history.present)
    for model in PARTS[history.model]:
        _put_parts(model, history.present, wanted)
    if isinstance(whole, Statement) and whole.is_published:
        reasons = lacks(
            whole,
            n_speakers=whole.parties.filter(role=Role.SPEAKER).count(),
            n_citations=whole.citations.count(),
            unfound=unfound_words(whole),
        )
        if reasons:
            raise RefusedError(reasons)
    return whole


def _require_named_rows(wanted: State) -> None:
    """Refuses a version that names what is no longer there, by its name."""
    named: Mapping[type[Model], set[int]] = defaultdict(set)
    for (relation, _row), values in wanted.items():
        for field in MODEL_OF[relation]._meta.concrete_fields:
            if isinstance(field, ForeignKey) and values.get(field.column):
                named[field.related_model].add(values[field.column])
    wholes = {(relation, row) for relation, row in wanted}
    reasons = []
    for model, pks in named.items():
        there = set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        gone = {pk for pk in pks - there if (model._meta.db_table, pk) not in wholes}
        reasons += [
            _("“%(name)s” was deleted: restore it first.") % {"name": name}
            for name in names_of_deleted(model, gone).values()
        ]
    if reasons:
        raise RefusedError(reasons)


def _put_parts(model: type[Model], present: State, wanted: State) -> None:
    """Takes away what was not there, before anything can collide with it; then puts the rest."""
    table = model._meta.db_table
    there = {pk for relation, pk in present if relation == table}
    then = {pk: values for (relation, pk), values in wanted.items() if relation == table}
    model._base_manager.filter(pk__in=there - then.keys()).delete()
    for pk, values in then.items():
        if present.get((table, pk)) != values:
            _put_row(model, pk, values, present)


def _put_row(model: type[Model], pk: int, values: Values, present: State) -> Any:
    is_there = (model._meta.db_table, pk) in present
    row: Any = model._base_manager.get(pk=pk) if is_there else model(pk=pk)
    take(row, values)
    if isinstance(row, Statement):
        row.updated_at = timezone.now()
    if isinstance(row, Citation):
        check_citation(row, at=timezone.now())
    row.full_clean(exclude=DERIVED if model is Statement else None)
    row.save(force_insert=not is_there)
    return row
