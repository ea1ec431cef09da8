"""Officials, organizations, posts, countries, events and topics by their names."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from statements.models import Country, Event, Official, Organization, Post, Tenure, Topic

from .people import (
    People,
    find_holders,
    find_posts,
    near_countries,
    near_officials,
    nearest_officials,
    people,
    read_post,
)

# Every name that a word of the query begins, best first: the whole name, then its beginning,
# then a word within; shorter names before longer ones.
NAMES = """
WITH asked AS (
    SELECT fold(%(words)s) AS folded, (
        SELECT string_agg(quote_literal(lexeme) || ':*', ' & ')
        FROM unnest(to_tsvector('simple', fold(%(words)s)))
    )::tsquery AS prefixes
), named (kind, id, name) AS (
    SELECT 'country', id, name FROM statements_country, asked
        WHERE to_tsvector('simple', fold(name)) @@ prefixes
    UNION ALL SELECT 'country', id, official_name FROM statements_country, asked
        WHERE to_tsvector('simple', fold(official_name)) @@ prefixes
    UNION ALL SELECT 'country', id, demonym FROM statements_country, asked
        WHERE to_tsvector('simple', fold(demonym)) @@ prefixes
    UNION ALL SELECT 'official', id, name FROM statements_official, asked
        WHERE to_tsvector('simple', fold(name)) @@ prefixes
    UNION ALL SELECT 'organization', id, name FROM statements_organization, asked
        WHERE to_tsvector('simple', fold(name)) @@ prefixes
    UNION ALL SELECT 'post', id, title FROM statements_post, asked
        WHERE to_tsvector('simple', fold(title)) @@ prefixes
    UNION ALL SELECT 'event', id, title FROM statements_event, asked
        WHERE to_tsvector('simple', fold(title)) @@ prefixes
    UNION ALL SELECT 'topic', id, name FROM statements_topic, asked
        WHERE to_tsvector('simple', fold(name)) @@ prefixes
    UNION ALL
    SELECT CASE WHEN official_id IS NOT NULL THEN 'official'
            WHEN organization_id IS NOT NULL THEN 'organization' ELSE 'country' END,
        coalesce(official_id, organization_id, country_id), name
        FROM statements_alias, asked
        WHERE to_tsvector('simple', fold(name)) @@ prefixes
)
SELECT kind, id, min(
    CASE WHEN fold(name) = folded THEN 0
        WHEN starts_with(fold(name), folded) THEN 1 ELSE 2 END
) AS distance
FROM named, asked
WHERE kind = ANY(%(kinds)s)
GROUP BY kind, id
ORDER BY distance, min(length(name)), kind, id
LIMIT %(limit)s
"""
N_CHARACTERS = 300
N_NEAR_COUNTRIES = 2
ROWS: dict[str, QuerySet[Any]] = {
    "country": Country.objects.all(),
    "official": Official.objects.with_tenures(),
    "organization": Organization.objects.select_related("country"),
    "post": Post.objects.select_related("country", "organization"),
    "event": Event.objects.all(),
    "topic": Topic.objects.all(),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name and an address; `is_near` when it is only spelled like the words."""

    kind: str
    name: str
    detail: str
    url: str
    row: Any
    is_exact: bool = False
    is_near: bool = False


def find_names(words: str, limit: int = 10, *, kinds: tuple[str, ...] = tuple(ROWS)) -> list[Named]:
    """Finds what the words name: outright, as the holder of a post, or by a near spelling.

    First comes what has just this name; then, for the likes of `foreign minister of iran`, the
    post and its holders, those of the day first; then the names that the words begin. Officials
    of a like name, in any script, and where nothing is called so countries, fill up what is left,
    unless the words are the whole name of something else. At most six queries more than
    `find_written` has.
    """
    found = find_written(words, limit, kinds=kinds)
    if len(found) >= limit or "official" not in kinds or not _has_letters(words):
        return found
    table = people()
    in_posts = _in_posts(words, table)
    if in_posts:
        exact = [named for named in found if named.is_exact]
        return _once([*exact, *in_posts, *found], limit)
    if any(named.is_exact and named.kind != "official" for named in found):
        return found
    near = _officials(near_officials(words, table, limit))
    if not found and "country" in kinds:
        near = [*_near_countries(words, table), *near]
    return _once([*found, *near], limit)


def find_written(
    words: str, limit: int = 10, *, kinds: tuple[str, ...] = tuple(ROWS)
) -> list[Named]:
    """Finds what has these words, or beginnings of words, in a name or an alias.

    Accents and case are folded; every word must be there. At most one query for the names and one
    for each kind found.
    """
    if not _has_letters(words):
        return []
    with connection.cursor() as cursor:
        cursor.execute(NAMES, {"words": words[:N_CHARACTERS], "limit": limit, "kinds": list(kinds)})
        found = cursor.fetchall()
    rows = {
        (kind, row.pk): row
        for kind in {kind for kind, _, _ in found}
        for row in ROWS[kind].filter(pk__in=[pk for other, pk, _ in found if other == kind])
    }
    return [
        _named(kind, rows[kind, pk], is_exact=distance == 0)
        for kind, pk, distance in found
        if (kind, pk) in rows
    ]


def find_nearest(words: str, limit: int) -> list[Named]:
    """Finds the official whose name is likest, and any as like; nobody when they are many."""
    return _officials(nearest_officials(words, people(), limit)) if _has_letters(words) else []


def find_near_countries(words: str) -> list[Named]:
    """Finds the countries that are spelled nearly so, `N_NEAR_COUNTRIES` at most."""
    return _near_countries(words, people())


def _near_countries(words: str, table: People) -> list[Named]:
    pks = near_countries(words, table, N_NEAR_COUNTRIES)
    rows = {row.pk: row for row in ROWS["country"].filter(pk__in=pks)} if pks else {}
    named = [_named("country", rows[pk]) for pk in pks if pk in rows]
    return [replace(country, is_near=True) for country in named]


def _has_letters(words: str) -> bool:
    return any(character.isalnum() for character in words)


def _officials(pks: list[int]) -> list[Named]:
    rows = {row.pk: row for row in ROWS["official"].filter(pk__in=pks)} if pks else {}
    named = [_named("official", rows[pk]) for pk in pks if pk in rows]
    return [replace(official, is_near=True) for official in named]


def _in_posts(words: str, table: People) -> list[Named]:
    """The posts that the words mean, and who held them, each by the post that is asked for."""
    asked = read_post(words, table.countries)
    posts = find_posts(asked) if asked else []
    if not asked or not posts:
        return []
    holders = [_holder(tenure) for tenure in find_holders(posts, asked)]
    return [*(_named("post", post) for post in posts), *holders]


def _holder(tenure: Tenure) -> Named:
    official = tenure.official
    url = official.get_absolute_url()
    return Named("official", official.name, tenure.capacity, url, official)


def _once(found: list[Named], limit: int) -> list[Named]:
    """Each only once, where it comes first."""
    unique: dict[tuple[str, int], Named] = {}
    for named in found:
        unique.setdefault((named.kind, named.row.pk), named)
    return list(unique.values())[:limit]


def _named(kind: str, row: Any, *, is_exact: bool = False) -> Named:
    name = getattr(row, "name", None) or row.title
    return Named(kind, name, _detail(kind, row), row.get_absolute_url(), row, is_exact)


def _detail(kind: str, row: Any) -> str:
    """What tells two of the same name apart."""
    if kind == "official":
        tenures = list(row.tenures.all())
        return tenures[-1].capacity if tenures else str(row.country or "")
    if kind == "post":
        return str(row.capacity).removeprefix(row.title).lstrip(", ")
    if kind == "event":
        return str(row.place)
    if kind == "country":
        return _("former state") if row.existed_until else ""
    return str(getattr(row, "country", None) or "")
