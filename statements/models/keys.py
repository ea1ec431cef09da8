"""Keys of statements: made once, of the day and the first parties, and never changed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils.text import slugify

from statements.vocabulary import PartyKind, Role

from .actors import Official
from .parts import Party
from .statements import Statement

_NUMBER = re.compile(r"(-[1-9][0-9]{0,8})?")
UNDATED = "undated"
N_NAME_CHARACTERS = 90  # two names, a day and a number fit the key's 250


def key_of(statement: Statement, parties: Iterable[Party]) -> str:
    """Makes the key of a statement before any number: `2024-01-19-jilani-amir-abdollahian`.

    The parties are taken in the order given; the public is no addressee to name a key after.
    """
    parties = list(parties)
    names = (_first(parties, Role.SPEAKER), _first(parties, Role.ADDRESSEE))
    day = str(statement.said_on) if statement.said_on else UNDATED
    return "-".join((day, *(name for name in names if name)))


def numbered(base: str) -> Iterator[str]:
    """Yields the key itself if it is free, then the numbers after the highest one taken."""
    n = _next_number(base)
    if n == 1:
        yield base
        n = 2
    while True:
        yield f"{base}-{n}"
        n += 1


def is_made_of(key: str, base: str) -> bool:
    """Whether a key is this one, or this one with a number."""
    number = key.removeprefix(base)
    return key.startswith(base) and bool(_NUMBER.fullmatch(number))


def _next_number(base: str) -> int:
    alike = Statement.objects.filter(key__startswith=base)
    highest = (
        alike.filter(key__regex=rf"^{base}-[1-9][0-9]{{0,8}}$")
        .annotate(number=Cast(Substr("key", len(base) + 2), IntegerField()))
        .aggregate(Max("number"))["number__max"]
    )
    if highest:
        return int(highest) + 1
    return 2 if alike.filter(key=base).exists() else 1


def _first(parties: list[Party], role: Role) -> str:
    names = (_name(party) for party in parties if party.role == role)
    return next((name for name in names if name), "")


def _name(party: Party) -> str:
    if party.kind == PartyKind.PUBLIC:
        return ""
    name = slugify(party.name_as_printed) or PartyKind.UNNAMED.value
    if party.official:
        name = _surname(party.official)
    elif party.kind == PartyKind.ORGANIZATION and party.organization:
        name = party.organization.slug
    elif party.kind == PartyKind.POST and party.post:
        name = party.post.slug
    elif party.kind == PartyKind.COUNTRY and party.country:
        name = slugify(party.country.name) or party.country.code
    return name[:N_NAME_CHARACTERS].strip("-_")


def _surname(official: Official) -> str:
    surname = official.sort_name or (official.name.split() or [""])[-1]
    return slugify(surname) if _is_spelt_in_latin(surname) else official.slug


def _is_spelt_in_latin(name: str) -> bool:
    """Whether a slug keeps every letter, accents aside: it drops ł and every Cyrillic one."""
    letters = [letter for letter in unicodedata.normalize("NFKD", name) if letter.isalpha()]
    return bool(letters) and all(letter.isascii() for letter in letters)
