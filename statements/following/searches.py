"""Searches as they are followed: by one query string each, and by what became public of late."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from statements.models import Edition, Following, Publication, Statement
from statements.models.following import N_QUERY_CHARACTERS
from statements.search import wording
from statements.search.results import StatementSearch

N_IN_A_MAIL = 25
# A language, perhaps its script and its region: no more of RFC 5646 than a mail may repeat.
PLAIN_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class News:
    """What a search found of what became public: how many, and the ids of the newest of them."""

    n: int
    ids: list[int]


def faults(search: StatementSearch) -> list[str]:
    """Why a search cannot be followed, for a reader: nothing where it can be."""
    if not search.filters.is_valid():
        fields = search.form.fields
        return [
            f"{fields[name].label or name}: {text}" if name in fields else str(text)
            for name, texts in search.form.errors.items()
            for text in texts
        ]
    if search.has_words:
        search.words  # noqa: B018 - reading the words adds what is wrong with them
    if search.messages:
        return list(search.messages)
    if len(canonical(search)) > N_QUERY_CHARACTERS:
        return [_("This search is too long to be followed: ask for less.")]
    return []


def canonical(search: StatementSearch) -> str:
    """The parameters that say what is found, in one order and spelling; the order of rows is none.

    Two addresses that ask the same are followed as one.
    """
    if not search.filters.is_valid():
        raise ValueError("a search that means nothing has no one spelling")
    asked: list[tuple[str, str]] = []
    for name, value in search.form.cleaned_data.items():
        if name in wording.ARRANGING or value in (None, "", []):
            continue
        several = value if isinstance(value, list) else [value]
        asked += sorted((name, _spelt(one)) for one in several)
    return urlencode(sorted(asked))


def _spelt(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else wording.code(value)


def search_of(query: str) -> StatementSearch:
    """The search that a query string asks for."""
    return StatementSearch(QueryDict(query))


def title_of(query: str) -> str:
    """A search in words, on one line; as much of it as still means something."""
    return " ".join(search_of(query).title.split())


def title_without_words(query: str) -> str:
    """A search in words of the archive's alone, none of them typed by whoever asked.

    Any words can be written as a tag of a language.
    """
    asked = QueryDict(query, mutable=True)
    asked.pop("q", None)
    asked.setlist("language", [tag for tag in asked.getlist("language") if PLAIN_TAG.match(tag)])
    return " ".join(StatementSearch(asked).title.split())


def news_of(following: Following, up_to: int) -> News | None:
    """What became public since a follower was last told; None where the search lost its meaning."""
    search = search_of(following.query)
    if not search.filters.is_valid():
        return None
    # Named one by one, PostgreSQL knows of each how much it holds: one may be a large import.
    editions = list(_editions(following.told_up_to or 0, up_to))
    if not editions:
        return News(0, [])
    # Counted in the same pass: a walk through all days in search of the newest would take longer.
    new = Publication.objects.filter(edition__in=editions).values("statement_id")
    counted: QuerySet[Any] = search.matching().filter(pk__in=new)
    counted = counted.annotate(n_found=Window(Count("pk"))).order_by("-sort_on", "-pk")
    found = list(counted.values_list("pk", "n_found")[:N_IN_A_MAIL])
    return News(found[0][1] if found else 0, [pk for pk, _n in found])


def _editions(after: int, up_to: int) -> QuerySet[Edition, int]:
    """The numbers of what became public after one revision, up to another."""
    rows = Edition.objects.filter(revision__gt=after, revision__lte=up_to)
    return rows.values_list("pk", flat=True)


def told_statements(ids: list[int]) -> list[Statement]:
    """Those that are still public, with all that a mail says of them, the newest said first."""
    rows = Statement.objects.published().with_related().filter(pk__in=ids)
    return list(rows.newest_first())
