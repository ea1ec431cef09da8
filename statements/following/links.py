"""The addresses that mails lead to: each names its reader by a code that the archive signed."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

CONFIRM, END, MINE = "confirm", "end", "mine"


def token(purpose: str, code: str) -> str:
    """Signs a code for one purpose. Whoever reads the database alone cannot make it."""
    return _signer(purpose).sign(code)


def code_of(purpose: str, told: str) -> str | None:
    """The code in a token; None where it was not signed here, for this purpose."""
    try:
        return _signer(purpose).unsign(told)
    except signing.BadSignature:
        return None


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"statements.following.{purpose}", sep=".")


def absolute(path: str) -> str:
    """A full address of the archive, as a command that has no request needs it."""
    return settings.SITE_URL + path


def confirm_url(code: str) -> str:
    return _url(CONFIRM, code)


def end_url(code: str) -> str:
    """Where one search is ended; also what a mail program sends its one click to (RFC 8058)."""
    return _url(END, code)


def mine_url(code: str) -> str:
    """Where somebody sees all that they follow."""
    return _url(MINE, code)


def _url(purpose: str, code: str) -> str:
    return absolute(reverse(f"follow-{purpose}", args=[token(purpose, code)]))
