"""A statement's way from draft to the public, and back out of it."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from statements import texts
from statements.models import Statement
from statements.quoting import Check
from statements.vocabulary import Role, Status

from .entry import DERIVED
from .errors import RefusedError

N_REASON_CHARACTERS = 10_000
N_TITLE_CHARACTERS = 80


def unfound_words(statement: Statement) -> list[str]:
    """Names each article whose stored text does not hold the words cited from it."""
    missing = statement.citations.filter(check_result=Check.MISSING)
    titles = dict.fromkeys(missing.values_list("article__title", flat=True))
    told = _(
        "The words cited from “%(article)s” do not stand in its stored text: correct the words "
        "or the text."
    )
    return [told % {"article": Truncator(title).chars(N_TITLE_CHARACTERS)} for title in titles]


def lacks(
    statement: Statement, *, n_speakers: int, n_citations: int, unfound: Iterable[str] = ()
) -> list[str]:
    """Lists what a statement still needs before the public may see it.

    `unfound` is what `unfound_words` says of its citations.
    """
    needs = [
        (n_speakers > 0, _("It needs a speaker.")),
        (n_citations > 0, _("It needs a citation: a claim without a source is not published.")),
        (bool(statement.text.strip()), _("It needs the words that were said.")),
        (
            bool(statement.said_on or statement.undated_reason),
            _("It needs a day, or the reason why there is none."),
        ),
    ]
    return [*(reason for is_met, reason in needs if not is_met), *unfound]


@transaction.atomic
def publish(*, statement: Statement, by: AbstractBaseUser) -> Statement:
    """Makes a statement public and returns it as it now is.

    The instant of publication is set once: a statement that was withdrawn and comes back keeps
    its own. Raises RefusedError with everything that is in the way.
    """
    kept = _locked(statement)
    if kept.is_published:
        raise RefusedError([_("It is published already.")])
    reasons = lacks(
        kept,
        n_speakers=kept.parties.filter(role=Role.SPEAKER).count(),
        n_citations=kept.citations.count(),
        unfound=unfound_words(kept),
    )
    if reasons:
        raise RefusedError(reasons)
    kept.updated_at = timezone.now()
    kept.published_at = kept.published_at or kept.updated_at
    kept.withdrawal_reason = ""
    return _moved(kept, to=Status.PUBLISHED, by=by, as_told=_("Published."))


@transaction.atomic
def withdraw(*, statement: Statement, reason: str, by: AbstractBaseUser) -> Statement:
    """Takes a published statement back, leaving its reason for the public to read.

    Raises RefusedError without a reason, or when the statement is not public.
    """
    kept = _locked(statement)
    if not kept.is_published:
        raise RefusedError([_("Only a published statement can be withdrawn.")])
    kept.withdrawal_reason = _readable(reason)
    kept.updated_at = timezone.now()
    return _moved(kept, to=Status.WITHDRAWN, by=by, as_told=_("Withdrawn."))


@transaction.atomic
def submit(*, statement: Statement, by: AbstractBaseUser) -> Statement:
    """Hands a draft over to be reviewed. Raises RefusedError when it is no draft."""
    kept = _locked(statement)
    if kept.status != Status.DRAFT:
        raise RefusedError([_("Only a draft can be sent to review.")])
    kept.updated_at = timezone.now()
    return _moved(kept, to=Status.IN_REVIEW, by=by, as_told=_("Sent to review."))


@transaction.atomic
def return_to_draft(*, statement: Statement, by: AbstractBaseUser) -> Statement:
    """Gives a statement in review back to its author. Raises RefusedError when it is in none."""
    kept = _locked(statement)
    if kept.status != Status.IN_REVIEW:
        raise RefusedError([_("Only a statement in review can go back to being a draft.")])
    kept.updated_at = timezone.now()
    return _moved(kept, to=Status.DRAFT, by=by, as_told=_("Returned to draft."))


def _readable(reason: str) -> str:
    try:
        told = texts.prose(reason)
    except ValueError as error:
        raise RefusedError([_("The reason %(fault)s.") % {"fault": error}]) from error
    if not told:
        raise RefusedError([_("Say why the statement is withdrawn.")])
    if len(told) > N_REASON_CHARACTERS:
        message = _("Say it in %(n)d characters at most.") % {"n": N_REASON_CHARACTERS}
        raise RefusedError([message])
    return told


def _locked(statement: Statement) -> Statement:
    locked = Statement.objects.without_vectors().select_for_update().filter(pk=statement.pk).first()
    if locked is None:
        raise RefusedError([_("It is no longer there.")])
    return locked


def _moved(statement: Statement, *, to: Status, by: AbstractBaseUser, as_told: str) -> Statement:
    statement.status = to.value
    try:
        statement.full_clean(exclude=DERIVED)
    except ValidationError as error:
        raise RefusedError(error.messages) from error
    statement.save(update_fields=["status", "published_at", "updated_at", "withdrawal_reason"])
    LogEntry.objects.log_actions(
        by.pk, [statement], CHANGE, change_message=as_told, single_object=True
    )
    return statement
