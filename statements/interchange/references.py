"""Slugs, codes and keys -> rows, loaded a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

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
from statements.records import Reference

ROWS: dict[str, tuple[QuerySet[Any], str]] = {
    "country": (Country.objects.all(), "code"),
    "organization": (Organization.objects.select_related("country"), "slug"),
    "post": (Post.objects.select_related("country", "organization__country"), "slug"),
    "official": (Official.objects.with_tenures(), "slug"),
    "outlet": (Outlet.objects.all(), "slug"),
    "article": (Article.objects.all(), "slug"),
    "topic": (Topic.objects.all(), "slug"),
    "event": (Event.objects.all(), "slug"),
    "statement": (Statement.objects.only("key"), "key"),
}
# There may be millions of these, so that only those of the batch at hand are kept.
MANY = ("article", "event", "statement")


class References:
    """The rows that records name, by kind and slug."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = defaultdict(dict)

    def load(self, references: Iterable[Reference]) -> None:
        """Fetches the rows that these name and that are not at hand, one query a kind."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for reference in references:
            wanted[reference.kind].add(reference.slug)
        for kind in MANY:
            self._rows[kind].clear()
        for kind, slugs in wanted.items():
            missing = slugs - self._rows[kind].keys()
            if missing:
                rows, field = ROWS[kind]
                for row in rows.filter(**{f"{field}__in": missing}):
                    self._rows[kind][getattr(row, field)] = row

    def has(self, reference: Reference) -> bool:
        return reference.slug in self._rows[reference.kind]

    def get(self, kind: str, slug: str | None) -> Any:
        """The row, or None where nothing is named; a row that was never loaded is a KeyError."""
        return None if slug is None else self._rows[kind][slug]

    def forget(self, kind: str) -> None:
        """Drops rows that have changed since they were fetched."""
        self._rows[kind].clear()


def goes_in_a_circle(article: Article) -> bool:
    """Whether an article is based on itself by way of others; one query for each step."""
    met: set[int] = set()
    following = article.based_on_id
    while following is not None and following not in met:
        met.add(following)
        found = Article.objects.filter(pk=following).values_list("based_on_id", flat=True)
        following = found.first()
    return article.pk in met
