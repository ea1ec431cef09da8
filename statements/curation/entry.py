"""Entering a statement and amending it."""

from collections.abc import Iterable
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.models import Party, Statement
from statements.models.keys import is_made_of, key_of, numbered
from statements.models.parties import PARTY_RELATIONS
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
def amend(
    *, statement: Statement, parties: Iterable[Party] | None = None, by: Actor = None
) -> Statement:
    """Saves a changed statement and moves the instant of its last change.

    With its parties as they are going to be, a key that was made of the former day and parties
    is made anew, as long as the statement was never public. What somebody approved is no longer
    what they approved. Raises NotAllowedError to an account that may not change it where it now
    is.
    """
    if not may_amend(statement, by):
        raise NotAllowedError([_("You may not change this statement.")])
    if statement.status == Status.IN_REVIEW:
        statement.reviewed_by = None
    statement.updated_at = timezone.now()
    keys = [statement.key] if parties is None else _keys(statement, list(parties))
    for key in islice(keys, N_ATTEMPTS):
        statement.key = key
        statement.full_clean(exclude=DERIVED, validate_unique=parties is None)
        if _is_saved(statement):
            return statement
    raise RefusedError([_("Too many statements are being entered under this key; try again.")])


def _keys(statement: Statement, parties: list[Party]) -> Iterable[str]:
    """The keys to try: the present one, unless it was made of what has been changed since."""
    kept = Statement.objects.without_vectors().get(pk=statement.pk)
    made = key_of(statement, parties)
    was_made = key_of(kept, kept.parties.select_related(*PARTY_RELATIONS))
    is_to_stay = kept.published_at or was_made == made or not is_made_of(kept.key, was_made)
    return [kept.key] if is_to_stay else numbered(made)


def _is_saved(statement: Statement) -> bool:
    """Whether the statement got its key, rather than another one entered meanwhile."""
    is_new = statement.pk is None
    try:
        with transaction.atomic():
            statement.save(force_insert=is_new)
    except IntegrityError as error:
        if is_new:
            statement.pk = None
        if not _is_about_the_key(error):
            raise
        return False
    return True


def _is_about_the_key(error: IntegrityError) -> bool:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    return name.startswith("statements_statement_key")
