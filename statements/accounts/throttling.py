"""How often somebody may try to log in.

The pair of a username and an address is slowed first, so that nobody locks out a colleague or an
office. Wide buckets slow one address that tries many names, and many addresses that try one name;
a pair that has logged in before passes them by.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from statements.models import LogIn
from statements.vocabulary import LogInResult

from .allowances import Limit, fill, give_back, take
from .origin import neighbourhood

KNOWN_FOR = timedelta(days=30)

PAIR = Limit("pair", 5, 15 * 60)
ADDRESS = Limit("address", 50, 15 * 60)
USERNAME = Limit("username", 50, 15 * 60)
CODE = Limit("code", 5, 15 * 60)


def seconds_to_wait(username: str, address: str | None) -> int:
    """Takes an attempt from what is left to a username and an address; 0 when there was one."""
    taken = (take(limit, whom) for limit, whom in _limits(username, address))
    return next((one.seconds_to_wait for one in taken if one.seconds_to_wait), 0)


def accepted(username: str, address: str | None) -> None:
    """Gives back what a log-in that was accepted had taken."""
    fill(PAIR, _pair(username, address))
    give_back(ADDRESS, neighbourhood(address))
    give_back(USERNAME, _folded(username))


def seconds_to_wait_for_code(account: int) -> int:
    """Takes an attempt at a second factor from what is left to an account."""
    return take(CODE, str(account)).seconds_to_wait


def code_accepted(account: int) -> None:
    fill(CODE, str(account))


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


def _pair(username: str, address: str | None) -> str:
    return f"{_folded(username)} {neighbourhood(address)}"


def _folded(username: str) -> str:
    return username.casefold()
