"""Handing over the mails that are ready, each once.

That SMTP delivers exactly once nobody can promise: a server may take a mail and its answer be
lost. So a mail is marked as being handed over, and that is committed, before the server is spoken
to. What is known not to have been taken is tried again under the same Message-ID; what may have
been taken is not, and is reported.
"""

import logging
import smtplib
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from statements.models import Follower, Mail
from statements.models.following import N_FAILURE_CHARACTERS, MailState

from .letters import letter
from .smtp import AnswerLost

# Longer than a mail takes, each of its steps waiting as long as it may.
LEFT_AFTER = timedelta(minutes=15)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(hours=12)
GIVES_UP_AFTER = timedelta(days=4)
N_REFUSED = 3  # mails refused for good, one after the other, before an address is forgotten
KEPT_FOR = timedelta(days=60)
PERMANENT = range(500, 600)
OK = 250

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class HandedOver:
    """What became of the mails: each is counted once."""

    n_sent: int = 0
    n_waiting: int = 0
    n_refused: int = 0
    n_unsure: int = 0
    is_unreachable: bool = False

    @property
    def is_all_well(self) -> bool:
        return not (self.n_waiting or self.n_refused or self.n_unsure or self.is_unreachable)


def report_left() -> list[Mail]:
    """Marks as perhaps sent what somebody was handing over who is not there any more."""
    with transaction.atomic():
        rows = Mail.objects.select_for_update(skip_locked=True).filter(
            state=MailState.HANDING_OVER, moved_at__lt=timezone.now() - LEFT_AFTER
        )
        left = list(rows.order_by("pk"))
        for mail in left:
            _move(mail, MailState.UNSURE, "whoever handed it over was stopped")
    return left


def hand_over(on_progress: Callable[[int], None] = lambda n: None) -> HandedOver:
    """Hands over all mails that are ready, on one connection as far as it holds."""
    told = HandedOver()
    if not _ready().exists():
        return told
    with closing(Server()) as server:
        while server.is_reached():
            taken = _take(_ready())
            if taken is None:
                return told
            _hand_over(taken, server, told)
            on_progress(told.n_sent)
    told.is_unreachable = True
    return told


def hand_over_one(mail: Mail) -> HandedOver:
    """Hands over one mail, if it is still ready."""
    told = HandedOver()
    with closing(Server()) as server:
        if not server.is_reached():
            told.is_unreachable = True
        elif taken := _take(_ready().filter(pk=mail.pk)):
            _hand_over(taken, server, told)
    return told


def forget_sent() -> int:
    """Deletes what was done with long ago; tells how many."""
    done = [MailState.SENT, MailState.REFUSED, MailState.UNSURE]
    return Mail.objects.filter(state__in=done, moved_at__lt=timezone.now() - KEPT_FOR).delete()[0]


class Server:
    """The connection to the mail server, opened anew where it broke."""

    def __init__(self) -> None:
        self._backend: Any = get_connection()

    def is_reached(self) -> bool:
        """Whether a mail can be handed over; what is in the way is logged."""
        try:
            if not self._answers():
                self.close()
            self._backend.open()
        except OSError as error:
            logger.error("The mail server cannot be reached: %s", error)
            self._backend.connection = None
            return False
        return True

    def _answers(self) -> bool:
        session = getattr(self._backend, "connection", None)
        if session is None:
            return False
        try:
            return bool(session.noop()[0] == OK)
        except OSError:
            return False

    def send(self, message: EmailMessage) -> None:
        self._backend.send_messages([message])

    def close(self) -> None:
        with suppress(OSError):
            self._backend.close()


def _ready() -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.READY, attempt_at__lte=timezone.now())


def _take(rows: QuerySet[Mail]) -> tuple[Mail, EmailMessage | None] | None:
    """Marks the next mail as being handed over, and writes it; None when there is none left.

    Of two at once each takes another. A mail that has nothing to say any more has no words.
    """
    with transaction.atomic():
        locked = rows.select_for_update(skip_locked=True, of=("self",))
        mail = locked.select_related("follower", "following").order_by("attempt_at", "pk").first()
        if mail is None:
            return None
        mail.n_attempts += 1
        _move(mail, MailState.HANDING_OVER)
        return mail, letter(mail)


def _hand_over(taken: tuple[Mail, EmailMessage | None], server: Server, told: HandedOver) -> None:
    mail, message = taken
    if message is None:
        mail.delete()
        return
    try:
        server.send(message)
    except AnswerLost as error:
        _move(mail, MailState.UNSURE, str(error))
        told.n_unsure += 1
    except OSError as error:  # of which all errors of smtplib are
        _not_taken(mail, error, told)
    else:
        _move(mail, MailState.SENT)
        Follower.objects.filter(pk=mail.follower_id).exclude(n_refused=0).update(n_refused=0)
        told.n_sent += 1


def _not_taken(mail: Mail, error: OSError, told: HandedOver) -> None:
    """Has a mail tried again later, unless it was refused for good."""
    is_address, is_for_good = _refusal(error)
    if is_for_good or mail.made_at < timezone.now() - GIVES_UP_AFTER:
        _move(mail, MailState.REFUSED, str(error))
        told.n_refused += 1
        if is_address:
            _count_refusal(mail)
        return
    wait = min(FIRST_WAIT * 2 ** min(mail.n_attempts - 1, 10), LONGEST_WAIT)
    mail.attempt_at = timezone.now() + wait
    _move(mail, MailState.READY, str(error))
    told.n_waiting += 1


def _refusal(error: OSError) -> tuple[bool, bool]:
    """Whether it is the address that was refused, and whether that is for good (RFC 5321, 4.2.1).

    A refused sender is a fault of the archive's settings, which somebody may mend.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return True, all(code in PERMANENT for code in codes)
    return False, isinstance(error, smtplib.SMTPDataError) and error.smtp_code in PERMANENT


def _count_refusal(mail: Mail) -> None:
    follower = Follower.objects.filter(pk=mail.follower_id)
    follower.update(n_refused=F("n_refused") + 1)
    follower.filter(n_refused__gte=N_REFUSED).delete()


def _move(mail: Mail, state: MailState, failure: str = "") -> None:
    """Says how far a mail is; of one that was forgotten meanwhile there is nothing to say."""
    mail.state, mail.moved_at = state, timezone.now()
    mail.failure = "".join(filter(str.isprintable, failure))[:N_FAILURE_CHARACTERS]
    Mail.objects.filter(pk=mail.pk).update(
        state=mail.state,
        moved_at=mail.moved_at,
        failure=mail.failure,
        attempt_at=mail.attempt_at,
        n_attempts=mail.n_attempts,
    )
