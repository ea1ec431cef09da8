"""Looking searches through for what became public, and making the mails that tell of it.

What is told and how far it was told are written in one transaction, which holds the row of who
follows: two at once never tell one thing twice, and one who is killed has told nothing.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError, transaction

from statements.models import Following, Mail, current_revision
from statements.models.following import MailKind

from .asking import today
from .searches import news_of

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Looked:
    """How many searches were looked through, how many mails that made, and what failed."""

    n: int = 0
    n_mails: int = 0
    n_failed: int = 0


def look_through(on_progress: Callable[[int], None] = lambda n: None) -> Looked:
    """Makes a mail for every search that is due and found something new.

    A fault in one search leaves it due and stops no other. Raises DatabaseError where not even
    the next can be found.
    """
    day, told, last = today(), Looked(), 0
    while True:
        following = None
        try:
            with transaction.atomic():
                following = _next_due(day, last)
                if following is None:
                    return told
                last = following.pk
                told.n_mails += _look(following, day)
                told.n += 1
        except DatabaseError:
            if following is None:  # the same would be asked for ever
                raise
            logger.exception("The followed search %d could not be looked through.", last)
            told.n_failed += 1
        on_progress(told.n)


def _next_due(day: date, last: int) -> Following | None:
    """The next that is due and that nobody else looks through, held until the transaction ends."""
    due = Following.objects.due(day).filter(pk__gt=last).order_by("pk")
    return due.select_for_update(skip_locked=True).first()


def _look(following: Following, day: date) -> bool:
    """Whether there is something to tell of a search, which is then noted as told."""
    # Whoever sees a revision sees all that was published up to it: it moves as the last act of a
    # transaction, which holds its row until the end.
    up_to = current_revision().number
    news = news_of(following, up_to)
    if news is None:
        mail = Mail(kind=MailKind.LOST)
    else:
        mail = Mail(kind=MailKind.NEWS, statements=news.ids, n_found=news.n)
        following.told_up_to = up_to
    following.looked_on = day
    following.save(update_fields=["told_up_to", "looked_on"])
    if news is not None and not news.n:
        return False
    if news is None and _is_told_lost(following):
        return False
    mail.follower_id, mail.following = following.follower_id, following
    mail.save()
    return True


def _is_told_lost(following: Following) -> bool:
    """Whether it was said already that a search means nothing any more."""
    last = following.mails.order_by("-pk").first()
    return last is not None and last.kind == MailKind.LOST
