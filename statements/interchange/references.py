"""Slugs, codes and keys -> rows, loaded a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from statements.models import (
    Article,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Statement,
    Topic,
)
from statements.records import Record, Reference

ROWS: dict[str, tuple[QuerySet[Any], str]] = {
    "country": (Country.objects.all(), "code"),
    "organization": (Organization.objects.select_related("country"), "slug"),
    "post": (Post.objects.select_related("country", "organization__country"), "slug"),
    "official": (Official.objects.with_tenures(), "slug"),
    "outlet": (Outlet.objects.all(), "slug"),
    "article": (Article.objects.without_body(), "slug"),
    "topic": (Topic.objects.all(), "slug"),
    "event": (Event.objects.all(), "slug"),
    "statement": (Statement.objects.only("key"), "key"),
}
# There may be millions of these, so that only those of the batch at hand are kept.
MANY = ("article", "event", "statement")
N_IDS = 50_000  # of any other kind
N_ROWS = 5_000


class References:
    """What records name, by kind and slug: the numbers of rows, and the rows where asked for."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = defaultdict(dict)
        self._rows: dict[str, dict[str, Any]] = defaultdict(dict)
        self._wanted: dict[str, set[str]] = {}
        self.has_all = False  # of what was looked up last

    def load(self, records: Iterable[Record]) -> None:
        """Looks up what these name and what is not at hand, one query a kind.

        Statements are left out: links are looked at last.
        """
        self._wanted = defaultdict(set)
        for record in records:
            record.add_named(self._wanted)
        self._wanted.pop("statement", None)
        for kind, ids in self._ids.items():
            if kind in MANY or len(ids) > N_IDS:
                ids.clear()
        for kind, rows in self._rows.items():
            if kind in MANY or len(rows) > N_ROWS:
                rows.clear()
        for kind, slugs in self._wanted.items():
            if missing := slugs - self._ids[kind].keys():
                self._ids[kind].update(ids_of(kind, missing))
        self.has_all = all(slugs <= self._ids[kind].keys() for kind, slugs in self._wanted.items())

    def missing(self, record: Record) -> list[Reference]:
        """What a record of those looked up last names and is not in the database."""
        if self.has_all:
            return []
        return [
            reference
            for reference in record.references_made()
            if reference.kind != "statement" and reference.slug not in self._ids[reference.kind]
        ]

    def id(self, kind: str, slug: str | None) -> int | None:
        """The row's number, or None where nothing is named; one never looked up is a KeyError."""
        return None if slug is None else self._ids[kind][slug]

    def row(self, kind: str, slug: str | None) -> Any:
        """The row itself; the first time, those of the whole batch are fetched in one go."""
        if slug is None:
            return None
        if slug not in self._rows[kind]:
            self.fetch(kind, self._wanted[kind])
        return self._rows[kind][slug]

    def fetch(self, kind: str, slugs: Iterable[str]) -> None:
        """Fetches those of the rows that are not at hand."""
        found = self._rows[kind]
        if missing := set(slugs) - found.keys():
            rows, key = ROWS[kind]
            found.update((getattr(row, key), row) for row in rows.filter(**{f"{key}__in": missing}))

    def forget_rows(self) -> None:
        """Drops rows that may have changed since they were fetched; their numbers stay."""
        self._rows.clear()

    def forget(self) -> None:
        """Drops everything, when what was written is taken back."""
        self.has_all = False
        self._ids.clear()
        self._rows.clear()


def ids_of(kind: str, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the rows that are there, by key."""
    rows, key = ROWS[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, id FROM {rows.model._meta.db_table}"  # noqa: S608 - names of ours
            f" WHERE {key} = ANY(string_to_array(%s, ' '))",
            [" ".join(keys)],  # one text is quoted at a fraction of what a list costs
        )
        return dict(cursor.fetchall())


def goes_in_a_circle(article: Article) -> bool:
    """Whether an article is based on itself by way of others; one query for each step."""
    met: set[int] = set()
    following = article.based_on_id
    while following is not None and following not in met:
        met.add(following)
        found = Article.objects.filter(pk=following).values_list("based_on_id", flat=True)
        following = found.first()
    return article.pk in met
