"""How often somebody may do a thing: token buckets in the database.

Every process and machine counts together there, and a bucket fills up again by itself.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from statements.models import Allowance

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times at once, and as many again spread over so many seconds."""

    name: str
    n: int
    per: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What is left in a bucket, and the seconds until it holds one; 0 where one was taken."""

    n_left: int
    seconds_to_wait: int = 0


# What was taken just before a crash may be forgotten: nobody waits for the disk.
TAKE = """
INSERT INTO statements_allowance AS kept (key, n_left, at)
SELECT %(key)s, %(n)s - 1, clock_timestamp()
FROM set_config('synchronous_commit', 'off', true)
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


def take(limit: Limit, whom: str) -> Taken:
    """Takes one from what is left to somebody, if there is one; one query, or two if not."""
    asked: dict[str, str | int] = {"key": _key(limit, whom), "n": limit.n, "per": limit.per}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, asked)
        if row := cursor.fetchone():
            return Taken(math.floor(row[0]))
        cursor.execute(WAIT, asked)
        row = cursor.fetchone()
    return Taken(0, max(1, math.ceil(row[0])) if row else 1)


def give_back(limit: Limit, whom: str) -> None:
    """Puts back one that was taken."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, {"key": _key(limit, whom), "n": limit.n})


def fill(limit: Limit, whom: str) -> None:
    """Makes somebody's bucket full."""
    Allowance.objects.filter(key=_key(limit, whom)).delete()


def forget_full() -> int:
    """Drops the buckets that have long been full again; returns how many."""
    return Allowance.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _key(limit: Limit, whom: str) -> str:
    return sha256(f"{limit.name}:{whom}".encode()).hexdigest()
