"""How often somebody may try to log in: token buckets in the database.

Every process and machine counts together there, and a bucket fills up again by itself. The pair
of a username and an address is slowed first, so that nobody locks out a colleague or an office.
Wide buckets slow one address that tries many names, and many addresses that try one name; a pair
that has logged in before passes them by.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from statements.models import Allowance, LogIn
from statements.vocabulary import LogInResult

from .origin import neighbourhood

KNOWN_FOR = timedelta(days=30)
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts at once, and as many again spread over so many seconds."""

    name: str
    n: int
    per: int


PAIR = Limit("pair", 5, 15 * 60)
ADDRESS = Limit("address", 50, 15 * 60)
USERNAME = Limit("username", 50, 15 * 60)
CODE = Limit("code", 5, 15 * 60)

TAKE = """
INSERT INTO statements_allowance AS kept (key, n_left, at)
VALUES (%(key)s, %(n)s - 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET at = clock_timestamp(), n_left = least(
    %(n)s, kept.n_left + extract(epoch FROM clock_timestamp() - kept.at) * %(n)s / %(per)s
) - 1
WHERE least(
    %(n)s, kept.n_left + extract(epoch FROM clock_timestamp() - kept.at) * %(n)s / %(per)s
) >= 1
RETURNING n_left
"""
WAIT = """
SELECT (1 - n_left) * %(per)s / %(n)s - extract(epoch FROM clock_timestamp() - at)
FROM statements_allowance WHERE key = %(key)s
"""
GIVE_BACK = "UPDATE statements_allowance SET n_left = least(%(n)s, n_left + 1) WHERE key = %(key)s"


def seconds_to_wait(username: str, address: str | None) -> int:
    """Takes an attempt from what is left to a username and an address; 0 when there was one."""
    return next(filter(None, (_take(limit, whom) for limit, whom in _limits(username, address))), 0)


def accepted(username: str, address: str | None) -> None:
    """Gives back what a log-in that was accepted had taken."""
    Allowance.objects.filter(key=_key(PAIR, _pair(username, address))).delete()
    for limit, whom in ((ADDRESS, neighbourhood(address)), (USERNAME, _folded(username))):
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, {"key": _key(limit, whom), "n": limit.n})


def seconds_to_wait_for_code(account: int) -> int:
    """Takes an attempt at a second factor from what is left to an account."""
    return _take(CODE, str(account))


def code_accepted(account: int) -> None:
    Allowance.objects.filter(key=_key(CODE, str(account))).delete()


def forget_full() -> int:
    """Drops the buckets that have long been full again; returns how many."""
    return Allowance.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _limits(username: str, address: str | None) -> Iterator[tuple[Limit, str]]:
    yield PAIR, _pair(username, address)
    if not _is_known(username, address):
        yield ADDRESS, neighbourhood(address)
        yield USERNAME, _folded(username)


def _is_known(username: str, address: str | None) -> bool:
    """Whether this username has logged in from this address of late."""
    since = timezone.now() - KNOWN_FOR
    before = LogIn.objects.filter(username=username, address=address, at__gte=since)
    return address is not None and before.filter(result=LogInResult.ACCEPTED).exists()


def _take(limit: Limit, whom: str) -> int:
    asked: dict[str, str | int] = {"key": _key(limit, whom), "n": limit.n, "per": limit.per}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, asked)
        if cursor.fetchone():
            return 0
        cursor.execute(WAIT, asked)
        row = cursor.fetchone()
    return max(1, math.ceil(row[0])) if row else 1


def _pair(username: str, address: str | None) -> str:
    return f"{_folded(username)} {neighbourhood(address)}"


def _folded(username: str) -> str:
    return username.casefold()


def _key(limit: Limit, whom: str) -> str:
    return sha256(f"{limit.name}:{whom}".encode()).hexdigest()
