"""Who may take which step on a statement's way to the public; every face asks here."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.translation import gettext as _

from statements.models import Review, Statement
from statements.vocabulary import ReviewStep, Status

Actor = AbstractBaseUser | AnonymousUser | None
FROM = {
    ReviewStep.SUBMITTED: (Status.DRAFT,),
    ReviewStep.TAKEN_BACK: (Status.IN_REVIEW,),
    ReviewStep.RETURNED: (Status.IN_REVIEW,),
    ReviewStep.APPROVED: (Status.IN_REVIEW,),
    ReviewStep.PUBLISHED: (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN),
    ReviewStep.WITHDRAWN: (Status.PUBLISHED,),
}


def may(by: Actor, act: str) -> bool:
    """Whether an account has a permission on statements; an import or the shell has every one."""
    user: Any = by
    return user is None or bool(user.has_perm(f"statements.{act}_statement"))


def is_own(statement: Statement, by: Actor) -> bool:
    """Whether the statement is the work of this account, which entered it or handed it over."""
    return (
        by is not None
        and by.pk is not None
        and by.pk in (statement.entered_by_id, statement.submitted_by_id)
    )


def may_amend(statement: Statement, by: Actor) -> bool:
    """Whether an account may change the words of a statement, as far as it has come.

    A draft is its author's, and an editor's; in review it is an editor's alone; what the public
    has seen is changed by who may publish. A draft that nobody is known to have entered is
    anyone's who may change statements.
    """
    if not may(by, "change"):
        return False
    if statement.status == Status.DRAFT and (
        statement.entered_by_id is None or _is_mine(statement, by)
    ):
        return True
    is_public = statement.status in (Status.PUBLISHED, Status.WITHDRAWN)
    return may(by, "publish" if is_public else "review")


def misplaced(step: ReviewStep, statement: Statement) -> str:
    """Says why a statement cannot take a step from where it is; nothing where it can."""
    if statement.status in FROM[step]:
        return ""
    if step == ReviewStep.PUBLISHED:
        return _("It is published already.")
    if step == ReviewStep.WITHDRAWN:
        return _("Only a published statement can be withdrawn.")
    if step == ReviewStep.SUBMITTED:
        return _("Only a draft can be sent to review.")
    if step == ReviewStep.APPROVED:
        return _("Only a statement in review can be approved.")
    return _("Only a statement in review can go back to being a draft.")


def forbidden(step: ReviewStep, statement: Statement, by: Actor) -> str:
    """Says why an account may not take a step with a statement; nothing where it may."""
    if by is None:
        return ""
    if step == ReviewStep.SUBMITTED:
        return "" if may_amend(statement, by) else _("You may not change this draft.")
    if step == ReviewStep.TAKEN_BACK:
        is_theirs = is_own(statement, by) and may(by, "change")
        return "" if is_theirs else _("Only who sent it to review takes it back.")
    if step == ReviewStep.WITHDRAWN:
        return "" if may(by, "withdraw") else _("You may not withdraw statements.")
    if step in (ReviewStep.RETURNED, ReviewStep.APPROVED):
        if not may(by, "review"):
            return _("You may not review statements.")
        return _("Nobody reviews their own statement.") if is_own(statement, by) else ""
    return _forbids_publishing(statement, by)


def is_open(step: ReviewStep, statement: Statement, by: Actor) -> bool:
    """Whether an account may take a step with a statement where it now is."""
    return not (misplaced(step, statement) or forbidden(step, statement, by))


def trail(statement: Statement) -> list[Review]:
    """The steps that a statement took, the newest first."""
    return list(statement.reviews.select_related("by"))


def _forbids_publishing(statement: Statement, by: Actor) -> str:
    if not may(by, "publish"):
        return _("You may not publish statements.")
    if not settings.REQUIRE_REVIEW:
        return ""
    if statement.status == Status.DRAFT:
        return _("It has to be reviewed first: send it to review.")
    if is_own(statement, by) and statement.reviewed_by_id is None:
        return _("Nobody reviews their own statement: somebody else has to approve it first.")
    return ""


def _is_mine(statement: Statement, by: Actor) -> bool:
    return by is None or statement.entered_by_id == by.pk
