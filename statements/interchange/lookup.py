"""Who and what is in the archive, for tables that call things by their names."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from statements import texts
from statements.formats.readers.statements_csv import ArticleAsked, Unresolved
from statements.models import (
    Alias,
    Article,
    Country,
    Official,
    Organization,
    Outlet,
    Post,
    Redirect,
    Topic,
)
from statements.naming import fold
from statements.search.names import find_names

ROWS: dict[str, Any] = {
    "official": Official.objects.select_related("country"),
    "organization": Organization.objects.select_related("country"),
    "post": Post.objects.select_related("country", "organization__country"),
    "country": Country.objects.all(),
    "topic": Topic.objects.all(),
    "outlet": Outlet.objects.select_related("country"),
}
ALIASED = ("official", "organization", "country")
N_CANDIDATES = 5
N_SUGGESTED = 200  # a file of strangers is not answered with guesses without end


class ArchiveLookup:
    """The names of the archive in memory, each kind from when it is first asked for."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        self._named: dict[str, dict[str, set[str]]] = {}
        self._found: dict[Any, tuple[str, str] | Unresolved] = {}
        self._articles: dict[ArticleAsked, list[str]] = {}
        self._n_suggested = 0

    def row(self, kind: str, slug: str | None) -> Any:
        """The row of a slug or code; None when there is none."""
        self._load(kind)
        return self._rows[kind].get(slug or "")

    # What the reader asks

    def find(
        self, kinds: tuple[str, ...], words: str, *, country: str | None = None
    ) -> tuple[str, str]:
        asked = (kinds, words, country)
        if asked not in self._found:
            try:
                self._found[asked] = self._find(kinds, words, country)
            except Unresolved as error:
                self._found[asked] = error
        found = self._found[asked]
        if isinstance(found, Unresolved):
            raise found
        return found

    def find_article(self, asked: ArticleAsked) -> str:
        if asked not in self._articles:
            self.prepare([asked])
        found = self._articles[asked]
        if len(found) == 1:
            return found[0]
        named = f"“{asked.url or asked.title or asked.outlet}”"
        if not found:
            raise Unresolved(f"there is no article {named}: enter it first, or give its slug")
        several = ", ".join(found[:N_CANDIDATES])
        raise Unresolved(f"{named} is more than one article: give the slug, one of {several}")

    def prepare(self, asked: list[ArticleAsked]) -> None:
        new = {one for one in asked if one not in self._articles}
        for one in new:
            self._articles[one] = []
        sound = {one for one in new if all(map(_is_sound, one)) and (one.url or one.title)}
        known = Q(url__in={one.url for one in sound if one.url}) | Q(
            title__in={one.title for one in sound if not one.url}
        )
        if not sound:
            return
        by_name = defaultdict(list)
        for one in sound:
            by_name[one.url or one.title].append(one)
        rows = Article.objects.filter(known).order_by("pk")
        for row in rows.values("slug", "url", "title", "outlet__slug", "outlet__name"):
            for one in {*by_name[row["url"]], *by_name[row["title"]]}:
                if _is_meant(one, row):
                    self._articles[one].append(row["slug"])

    # How it is found

    def _find(self, kinds: tuple[str, ...], words: str, country: str | None) -> tuple[str, str]:
        if not _is_sound(words):
            raise Unresolved("holds a character that no name has")
        for kind in kinds:
            self._load(kind)
        slug = words.casefold()
        found = [(kind, slug) for kind in kinds if slug in self._rows[kind]]
        found = found or self._by_name(kinds, words, country)
        if len(found) == 1:
            return found[0]
        if found:
            told = "; ".join(self._told(*one) for one in found[:N_CANDIDATES])
            raise Unresolved(f"“{words}” may be more than one: {told}")
        raise Unresolved(self._unknown(kinds, words))

    def _by_name(
        self, kinds: tuple[str, ...], words: str, country: str | None
    ) -> list[tuple[str, str]]:
        folded = fold(words)
        found = [
            (kind, slug)
            for kind in kinds
            for slug in sorted(self._named[kind].get(folded, ()) if folded else ())
        ]
        of_country = [
            (kind, slug)
            for kind, slug in found
            if country and country == _country(self._rows[kind][slug])
        ]
        return of_country or found

    def _unknown(self, kinds: tuple[str, ...], words: str) -> str:
        named = kinds[0] if len(kinds) == 1 else "official, organization, post or country"
        reason = f"there is no {named} “{words}”"
        moved = Redirect.objects.filter(kind__in=kinds, old_slug=words[:200]).first()
        if moved:
            return f"{reason}: it is “{moved.new_slug}” now"
        self._n_suggested += 1
        if self._n_suggested > N_SUGGESTED:
            return reason
        offered = tuple(kind for kind in kinds if kind not in ("outlet",))
        near = find_names(words, N_CANDIDATES, kinds=offered) if offered else []
        told = "; ".join(self._told(one.kind, _slug(one.row)) for one in near if one.kind in kinds)
        return f"{reason}; alike: {told}" if told else reason

    def _told(self, kind: str, slug: str) -> str:
        """A candidate as a cell may name it, and who that is."""
        row = self._rows[kind].get(slug)
        name = getattr(row, "name", None) or str(row or "")
        return f"{kind}: {slug} ({name})"

    def _load(self, kind: str) -> None:
        if kind in self._rows:
            return
        rows = self._rows[kind] = {_slug(row): row for row in ROWS[kind].iterator()}
        named = self._named[kind] = defaultdict(set)
        for slug, row in rows.items():
            for name in _names(kind, row):
                named[fold(name)].add(slug)
        if kind in ALIASED:
            aliases = Alias.objects.exclude(**{kind: None}).select_related(kind)
            for alias in aliases.iterator():
                named[fold(alias.name)].add(_slug(getattr(alias, kind)))


def _slug(row: Any) -> str:
    return str(row.code if isinstance(row, Country) else row.slug)


def _names(kind: str, row: Any) -> Iterable[str]:
    if kind == "post":
        return (row.title, row.capacity)
    if kind == "country":
        return (row.name, row.official_name) if row.official_name else (row.name,)
    return (row.name,)


def _country(row: Any) -> str | None:
    country = row.side if isinstance(row, Post) else getattr(row, "country", None)
    return country.code if country else None


def _is_meant(asked: ArticleAsked, row: Any) -> bool:
    is_of_outlet = (
        not asked.outlet
        or asked.outlet.casefold() == row["outlet__slug"]
        or fold(asked.outlet) == fold(row["outlet__name"])
    )
    is_named = asked.url == row["url"] if asked.url else asked.title == row["title"]
    return is_of_outlet and is_named


def _is_sound(words: str) -> bool:
    try:
        return bool(texts.evidence(words).isprintable() or words.strip())
    except ValueError:
        return False
