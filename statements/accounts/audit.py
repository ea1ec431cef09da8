"""What became of attempts to log in, and for how long that is known."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from statements.models import LogIn
from statements.models.accounts import N_USER_AGENT_CHARACTERS, N_USERNAME_CHARACTERS
from statements.vocabulary import LogInResult

from .origin import address_of

SAID_ONCE_IN = timedelta(minutes=1)


def record(request: HttpRequest, result: LogInResult, username: str) -> None:
    """Keeps what became of an attempt. One that is slowed is kept once a minute, not each time."""
    row = LogIn(
        result=result.value,
        username=_kept(username, N_USERNAME_CHARACTERS),
        address=address_of(request),
        user_agent=_kept(request.headers.get("User-Agent", ""), N_USER_AGENT_CHARACTERS),
    )
    if result != LogInResult.SLOWED or not _is_told(row):
        row.save()


@transaction.atomic
def forget(*, days: int | None = None) -> int:
    """Deletes the log-ins older than so many days, LOG_INS_KEPT_DAYS unless told otherwise."""
    kept_for = timedelta(days=settings.LOG_INS_KEPT_DAYS if days is None else days)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL demarche.forgets_log_ins = 'on'")
        n_forgotten = LogIn.objects.filter(at__lt=timezone.now() - kept_for).delete()[0]
        cursor.execute("SET LOCAL demarche.forgets_log_ins = 'off'")
    return n_forgotten


def _is_told(row: LogIn) -> bool:
    since = timezone.now() - SAID_ONCE_IN
    same = LogIn.objects.filter(username=row.username, address=row.address, at__gte=since)
    return same.filter(result=row.result).exists()


def _kept(text: str, n_characters: int) -> str:
    """What PostgreSQL can hold of what a client sent."""
    told = text.encode("utf-8", "replace").decode().replace("\x00", "")
    return told[:n_characters]
