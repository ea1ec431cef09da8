"""The tokens of the search vector: each filter is one, so that one index answers all of them.

The database derives them (`derive_tokens` in the migrations); a token is an @, a letter for its
kind, and a row's id or a code.
"""

from collections.abc import Iterable
from typing import Any

# Parameter of the search -> letters of its tokens; a row that has any of them matches.
LETTERS = {
    "speaker": "s",
    "addressee": "a",
    "relayer": "r",
    "official": "o",
    "from": "f",
    "to": "t",
    "country": "ft",
    "speaker_organization": "S",
    "addressee_organization": "A",
    "relayer_organization": "R",
    "organization": "g",
    "outlet": "u",
    "event": "e",
    "about_event": "x",
    "topic": "q",
    "channel": "h",
    "form": "m",
    "act": "k",
    "account": "w",
    "basis": "b",
    "standing": "d",
    "language": "l",
}
UNCERTAIN_DAY = "'@v'"


def any_of(parameter: str, values: Iterable[Any]) -> str:
    """A tsquery for statements with any of these rows or codes under a parameter."""
    names = [getattr(value, "pk", value) for value in values]
    return _either(f"@{letter}{name}" for letter in LETTERS[parameter] for name in names)


def any_pair(senders: Iterable[Any], receivers: Iterable[Any]) -> str:
    """A tsquery for statements from any of these countries to any of those.

    It asks for the pair itself, which is rarer than either side.
    """
    receivers = list(receivers)
    return _either(f"@z{a.pk}-{b.pk}" for a in senders for b in receivers)


def _either(tokens: Iterable[str]) -> str:
    return "(" + " | ".join(f"'{token}'" for token in tokens) + ")"
