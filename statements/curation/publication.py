"""A statement's way from draft to the public, and back out of it."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from statements import texts
from statements.models import Review, Statement
from statements.models.reviews import N_NOTE_CHARACTERS
from statements.quoting import Check
from statements.vocabulary import ReviewStep, Role, Status

from .entry import DERIVED
from .errors import NotAllowedError, RefusedError
from .review import Actor, forbidden, is_own, misplaced

N_TITLE_CHARACTERS = 80
MOVED_FIELDS = [
    "status",
    "published_at",
    "updated_at",
    "withdrawal_reason",
    "submitted_by",
    "reviewed_by",
    "returned_to",
]


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
def submit(*, statement: Statement, by: Actor, note: str = "") -> Statement:
    """Hands a draft over to be reviewed, with a word to the reviewers if there is one.

    Raises RefusedError when it is no draft, NotAllowedError when it is somebody else's.
    """
    kept = _ready(statement, ReviewStep.SUBMITTED, by)
    kept.submitted_by_id = by.pk if by else None
    return _moved(kept, ReviewStep.SUBMITTED, to=Status.IN_REVIEW, by=by, note=_readable(note))


@transaction.atomic
def approve(*, statement: Statement, by: Actor, note: str = "") -> Statement:
    """Says of a statement in review that it may be published; a later change takes that back.

    Raises NotAllowedError to who entered or submitted it.
    """
    kept = _ready(statement, ReviewStep.APPROVED, by)
    kept.reviewed_by_id = by.pk if by else None
    return _moved(kept, ReviewStep.APPROVED, to=Status.IN_REVIEW, by=by, note=_readable(note))


@transaction.atomic
def take_back(*, statement: Statement, by: Actor, note: str = "") -> Statement:
    """Gives who sent a statement to review their draft back. NotAllowedError to anyone else."""
    kept = _ready(statement, ReviewStep.TAKEN_BACK, by)
    return _moved(kept, ReviewStep.TAKEN_BACK, to=Status.DRAFT, by=by, note=_readable(note))


@transaction.atomic
def return_to_draft(*, statement: Statement, by: Actor, note: str) -> Statement:
    """Gives a statement in review back to its author, with the reviewer's note.

    Raises RefusedError when it is in none, or when the note does not say what is to be mended.
    """
    kept = _ready(statement, ReviewStep.RETURNED, by)
    told = _readable(note)
    if not told:
        raise RefusedError([_("Say in a note what the author should mend.")])
    kept.returned_to_id = kept.entered_by_id or kept.submitted_by_id
    return _moved(kept, ReviewStep.RETURNED, to=Status.DRAFT, by=by, note=told)


@transaction.atomic
def publish(*, statement: Statement, by: Actor, note: str = "") -> Statement:
    """Makes a statement public and returns it as it now is.

    The instant of publication is set once: a statement that was withdrawn and comes back keeps
    its own. Where REQUIRE_REVIEW is off, one's own statement may be published, and that is
    recorded. Raises RefusedError with everything that is in the way.
    """
    kept = _ready(statement, ReviewStep.PUBLISHED, by)
    reasons = lacks(
        kept,
        n_speakers=kept.parties.filter(role=Role.SPEAKER).count(),
        n_citations=kept.citations.count(),
        unfound=unfound_words(kept),
    )
    if reasons:
        raise RefusedError(reasons)
    kept.withdrawal_reason = ""
    return _moved(kept, ReviewStep.PUBLISHED, to=Status.PUBLISHED, by=by, note=_readable(note))


@transaction.atomic
def withdraw(*, statement: Statement, reason: str, by: Actor) -> Statement:
    """Takes a published statement back, leaving its reason for the public to read.

    Raises RefusedError without a reason, or when the statement is not public.
    """
    kept = _ready(statement, ReviewStep.WITHDRAWN, by)
    kept.withdrawal_reason = _readable(reason)
    if not kept.withdrawal_reason:
        raise RefusedError([_("Say why the statement is withdrawn.")])
    note = kept.withdrawal_reason
    return _moved(kept, ReviewStep.WITHDRAWN, to=Status.WITHDRAWN, by=by, note=note)


def _readable(words: str) -> str:
    try:
        told = texts.prose(words)
    except ValueError as error:
        raise RefusedError([_("The note %(fault)s.") % {"fault": error}]) from error
    if len(told) > N_NOTE_CHARACTERS:
        message = _("Say it in %(n)d characters at most.") % {"n": N_NOTE_CHARACTERS}
        raise RefusedError([message])
    return told


def _ready(statement: Statement, step: ReviewStep, by: Actor) -> Statement:
    """The statement as it is kept, locked, once nothing forbids the step."""
    kept = Statement.objects.without_vectors().select_for_update().filter(pk=statement.pk).first()
    if kept is None:
        raise RefusedError([_("It is no longer there.")])
    if reason := misplaced(step, kept):
        raise RefusedError([reason])
    if reason := forbidden(step, kept, by):
        raise NotAllowedError([reason])
    return kept


def _moved(
    statement: Statement, step: ReviewStep, *, to: Status, by: Actor, note: str
) -> Statement:
    is_unreviewed = is_own(statement, by) and statement.reviewed_by_id is None
    statement.status = to.value
    statement.updated_at = timezone.now()
    if to == Status.PUBLISHED:
        statement.published_at = statement.published_at or statement.updated_at
    if to == Status.DRAFT:
        statement.submitted_by = statement.reviewed_by = None
    else:
        statement.returned_to = None
    try:
        statement.full_clean(exclude=DERIVED)
    except ValidationError as error:
        raise RefusedError(error.messages) from error
    statement.save(update_fields=MOVED_FIELDS)
    Review.objects.create(
        statement=statement,
        step=step.value,
        by_id=by.pk if by else None,
        at=statement.updated_at,
        note=note,
        is_own=step == ReviewStep.PUBLISHED and is_unreviewed,
    )
    if by is not None and by.pk is not None:
        LogEntry.objects.log_actions(
            by.pk, [statement], CHANGE, change_message=f"{_(step.label)}.", single_object=True
        )
    return statement
