"""Entering a statement and amending it."""

from collections.abc import Iterable
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.models import Party, Statement
from statements.models.keys import key_of, numbered
from statements.vocabulary import Status

from .errors import NotAllowedError, RefusedError
from .review import Actor, may, may_amend

# Worked out by the database, so that there is nothing of them to validate.
DERIVED = frozenset({"account", "basis", "facets", "search_vector"})
N_ATTEMPTS = 20


@transaction.atomic
def enter(*, statement: Statement, parties: Iterable[Party], by: Actor = None) -> Statement:
    """Saves a new statement under a key of its own, made of its day and its first parties.

    The parties need not be saved, and are not saved here. Raises RefusedError when so many
    enter the same key at once that none is found free, NotAllowedError to an account that may
    enter none.
    """
    if not may(by, "add"):
        raise NotAllowedError([_("You may not enter statements.")])
    statement.entered_by_id = by.pk if by else None
    statement.updated_at = timezone.now()
    for key in islice(numbered(key_of(statement, parties)), N_ATTEMPTS):
        statement.key = key
        statement.full_clean(exclude=DERIVED, validate_unique=False)
        if _is_saved(statement):
            return statement
    raise RefusedError([_("Too many statements are being entered under this key; try again.")])


@transaction.atomic
def amend(*, statement: Statement, by: Actor = None) -> Statement:
    """Saves a changed statement and moves the instant of its last change.

    What somebody approved is no longer what they approved. Raises NotAllowedError to an account
    that may not change it where it now is.
    """
    if not may_amend(statement, by):
        raise NotAllowedError([_("You may not change this statement.")])
    if statement.status == Status.IN_REVIEW:
        statement.reviewed_by = None
    statement.updated_at = timezone.now()
    statement.full_clean(exclude=DERIVED)
    statement.save()
    return statement


def _is_saved(statement: Statement) -> bool:
    """Whether the statement got its key, rather than another one entered meanwhile."""
    try:
        with transaction.atomic():
            statement.save(force_insert=True)
    except IntegrityError as error:
        statement.pk = None
        if not _is_about_the_key(error):
            raise
        return False
    return True


def _is_about_the_key(error: IntegrityError) -> bool:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    return name.startswith("statements_statement_key")
