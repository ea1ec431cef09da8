"""Mails that somebody waits for, handed over beside the request that asked for them.

A mail server may take seconds, and a different time for each address would tell who follows. What
is not handed over here, because too many wait or the process ends, `send_followed` hands over.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from threading import BoundedSemaphore

from django.db import DatabaseError, connection

from statements.models import Mail

from .outbox import hand_over_one

N_WAITING = 20

logger = logging.getLogger(__name__)
_room = BoundedSemaphore(N_WAITING)


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    """One thread for each web process, begun when it is first needed, after the process forked."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def hand_over_soon(mail: Mail) -> None:
    """Has a mail handed over in a moment; call it when the mail is committed."""
    if _room.acquire(blocking=False):
        _thread().submit(_hand_over, mail).add_done_callback(_tell)


def _hand_over(mail: Mail) -> None:
    try:
        hand_over_one(mail)
    except DatabaseError:
        logger.exception("The mail %d was left to the next send_followed.", mail.pk)
    finally:
        connection.close()  # of this thread
        _room.release()


def _tell(done: Future[None]) -> None:
    """Logs what a thread would keep to itself."""
    if error := done.exception():
        logger.error("A mail was not handed over: %s", error, exc_info=error)
