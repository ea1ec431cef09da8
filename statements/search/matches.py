"""The newest matches of a search, at a cost that is bounded however many match.

A token or word that stands in a tenth of millions of statements can neither be sorted nor be
walked through in time. Only a window of days is searched, wide enough to hold as many matches as
are wanted by PostgreSQL's own estimate; it is widened until it does. Within a window the index
on words and the index on days are combined, or for what is very common the days walked through.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchRank
from django.core.cache import cache
from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from statements.models import Statement, current_revision
from statements.models.statements import StatementQuerySet

from . import kept
from .estimates import fetch, n_expected, spread_of_days
from .tallying import EACH_FACET, PAIRS, tallying
from .words import TsQuery

Found = TypeVar("Found")

N_MATCHES = 10_000
N_FIRST = 201  # a page at most, and one more
N_TOKENS_A_KIND = 60
N_PAIRS = 4_000  # of a network: so many, the busiest first
MARGIN = 1.5  # how many times as many matches as are wanted a window should hold
WIDER = 8  # at most, than the window before
WIDEST = 0.6  # of all days, beyond which all of them are searched


def with_token(*tokens: str) -> StatementQuerySet:
    """The published statements that have any of these tokens: see `tokens.LETTERS`."""
    tsquery = " | ".join(f"'@{token}'" for token in tokens)
    return Statement.objects.published().filter(search_vector=TsQuery(tsquery))


def rank_of(tsquery: str) -> Cast:
    """How well a statement answers; in double precision, so that a cursor holds the very rank."""
    return Cast(SearchRank(F("search_vector"), TsQuery(tsquery)), FloatField())


# Kept apart, the matches are found by the index on words before they are put in order; without,
# PostgreSQL may as well walk through the days, no farther than the window.
WALK = """
WITH found AS {kept} ({found})
SELECT id FROM found ORDER BY sort_on {order}, id {order} LIMIT {n}
"""


@dataclass(frozen=True, slots=True)
class Tallies:
    """What the newest matches are made of; `best` are those that answer the words best.

    All matches are counted in `tokens` and `months`, not the newest alone, when it `is_whole`.
    """

    n: int
    tokens: dict[str, int]
    months: dict[str, int]
    first: list[int]
    best: list[tuple[int, float]] = field(default_factory=list)
    last: tuple[date, int] | None = None  # the place of the oldest that is counted, if any is not
    is_whole: bool = False

    def newest(self) -> Q:
        """The condition that keeps to the matches that are counted here."""
        if self.last is None:
            return Q()
        day, pk = self.last
        return Q(sort_on__gte=day) & (Q(sort_on__gt=day) | Q(pk__gte=pk))

    @property
    def is_partial(self) -> bool:
        """Whether there are more matches than were counted by token."""
        return self.n > N_MATCHES and not self.is_whole


NOTHING = Tallies(0, {}, {}, [])


@dataclass(frozen=True, slots=True)
class Matches:
    """The rows that match; `ranking` is the tsquery by which the best of them are told.

    `likely` are about as many, told so that PostgreSQL knows how many, where of `rows` it does not.
    `side` is the token of the one country's side that is all they have to have, as `@t122`.
    """

    rows: QuerySet[Statement]
    likely: QuerySet[Statement] | None = None
    is_everything: bool = False
    side: str = ""
    ranking: str = ""
    since: date | None = None  # days that bound the matches, but for a few whose day is open
    until: date | None = None

    def tallies(self, which: str = "", *, n_tokens: int = N_TOKENS_A_KIND) -> Tallies:
        """Counts the newest matches by token; `which` is the letter of the one kind wanted.

        The `n_tokens` most frequent of a kind are told. With one of `tallying.PAIRS` everything is
        told, and thousands of these; but where the database keeps their counts, these alone.
        Counts are kept until something public changes, for all processes: the key holds the
        archive's revision.
        """
        if self.rows.query.is_empty():
            return NOTHING
        # What was told of all facets tells of each, but not of all pairs.
        key, is_of_pairs = self._key(n_tokens), which in PAIRS
        which = "" if self.is_everything and not is_of_pairs else which
        keys = [key + which] if is_of_pairs else [key, key + which]
        kept: dict[str, Tallies] = cache.get_many(keys)
        found = next(filter(None, map(kept.get, keys)), None)
        if found is None:
            found = self._counted(which, n_tokens)
            cache.set(key + which, found)
        return found

    def _key(self, n_tokens: int = N_TOKENS_A_KIND) -> str:
        sql, values = self.rows.order_by().values("id").query.sql_with_params()
        revision = current_revision()
        told = repr((revision.era, revision.number, self.ranking, n_tokens, sql, values))
        return sha256(told.encode("utf-8", "replace")).hexdigest()

    def _counted(self, which: str, n_tokens: int) -> Tallies:
        if told := self._kept(which, n_tokens):
            return Tallies(0, told, {}, [], is_whole=True)
        if self.is_everything and (told := kept.of_everything(n_tokens)):
            return self._of_everything(told)

        def run(window: Q) -> tuple[Tallies, int]:
            tallies = self._tallied(window, which, n_tokens)
            return tallies, tallies.n

        return self._within_days(N_MATCHES + 1, run)

    def _kept(self, which: str, n_tokens: int) -> dict[str, int]:
        """What the database keeps of one kind; nothing where it does not."""
        if which in PAIRS:
            if self.is_everything:
                return kept.pairs(which, N_PAIRS)
            return kept.pairs_of(self.side, N_PAIRS) if which == "z" and self.side else {}
        return kept.across(self.side, which, n_tokens) if self.side else {}

    def _of_everything(self, told: dict[str, int]) -> Tallies:
        n = told.pop("@")
        months = {token[2:]: told.pop(token) for token in sorted(told) if token[1] == "i"}
        return Tallies(n, told | _years(months), months, self.walk(N_FIRST), is_whole=True)

    def newest_told(self, name: str, sql: str, *columns: str) -> list[tuple[Any, ...]]:
        """What a query tells of the newest matches, of which it has these columns as `{found}`.

        The last value of its first row is how many there are, counted no farther than one over
        `N_MATCHES`. Kept as counts are, under a name.
        """
        if self.rows.query.is_empty():
            return []
        key = f"{self._key()}-{name}"
        kept: list[tuple[Any, ...]] | None = cache.get(key)
        if kept is not None:
            return kept

        def run(window: Q) -> tuple[list[tuple[Any, ...]], int]:
            found, values = self._found(self.rows, window, columns)
            told = fetch(sql.format(found=found), values)
            return told, told[0][-1]

        told = self._within_days(N_MATCHES + 1, run)
        cache.set(key, told)
        return told

    def _found(
        self, rows: QuerySet[Any], window: Q, columns: Sequence[str]
    ) -> tuple[str, tuple[Any, ...]]:
        """The query for columns of the matches in a window, and its values."""
        found = rows.filter(window).order_by().values(*columns)
        # Within a window PostgreSQL may walk through the days until it has enough, which is the
        # faster way to what is common; without one it might walk for ever.
        if window or self.is_everything:
            found = found.order_by("-sort_on", "-id")[: N_MATCHES + 1]
        return found.query.sql_with_params()

    def _tallied(self, window: Q, which: str, n_tokens: int) -> Tallies:
        rows: QuerySet[Any] = self.rows
        columns = ["id", "sort_on", "facets"]
        if self.ranking:
            rows, columns = rows.annotate(rank=rank_of(self.ranking)), [*columns, "rank"]
        found, values = self._found(rows, window, columns)
        sql = tallying(which, is_ranked=bool(self.ranking)).format(
            found=found,
            limit=N_MATCHES + 1,
            n_first=N_FIRST,
            n_matches=N_MATCHES,
            n_tokens=n_tokens,
            n_pairs=N_PAIRS,
            pairs=which,
            tokens=PAIRS.get(which, EACH_FACET),
            which=f"WHERE token LIKE '@{which}%%'" if which and which not in PAIRS else "",
        )
        return _read(fetch(sql, values))

    def oldest_first(
        self, n: int, place: tuple[Any, ...] | None = None, *, is_back: bool = False
    ) -> list[int]:
        """The ids of `n` matches after a place from oldest to newest, the undated after all.

        A place is whether it is undated, its day and its id.
        """
        parts = [True, False] if is_back else [False, True]  # whether the part is the undated
        if place is not None and place[0] == parts[1]:
            parts = parts[1:]
        at = place and place[1:]
        found: list[int] = []
        for is_undated in parts:
            part = replace(self, rows=self.rows.filter(said_on__isnull=is_undated))
            found += part.walk(n - len(found), at, is_forward=not is_back)
            if len(found) >= n:
                break
            at = None
        return found

    def walk(
        self, n: int, place: tuple[Any, ...] | None = None, *, is_forward: bool = False
    ) -> list[int]:
        """The ids of `n` matches before a place, newest first; or after it, oldest first."""
        if self.rows.query.is_empty():
            return []
        step, order = ("gt", "ASC") if is_forward else ("lt", "DESC")
        rows = self.rows
        if place:
            day, pk = place
            rows = rows.filter(
                Q(**{f"sort_on__{step}": day}) | Q(sort_on=day, **{f"pk__{step}": pk}),
                **{f"sort_on__{step}e": day},
            )

        def run(window: Q) -> tuple[list[int], int]:
            inner, values = (
                rows.filter(window).order_by().values("id", "sort_on").query.sql_with_params()
            )
            kept = "" if window or self.is_everything else "MATERIALIZED"
            sql = WALK.format(found=inner, kept=kept, order=order, n=n)
            found = [pk for (pk,) in fetch(sql, values)]
            return found, len(found)

        return self._within_days(n, run, place[0] if place else None, is_forward=is_forward)

    def _within_days(
        self,
        wanted: int,
        run: Callable[[Q], tuple[Found, int]],
        start: date | None = None,
        *,
        is_forward: bool = False,
    ) -> Found:
        """What `run` finds under a condition on the day, and how many, once these are enough.

        Each window is as wide as the number found in the one before asks for; the last is open.
        """
        bounds = [] if self.is_everything else spread_of_days()
        width = self._first_width(wanted, bounds)
        start = start or (self.since if is_forward else self.until)
        while width < len(bounds) * WIDEST:
            found, n = run(_window(bounds, start, width, is_forward))
            if n >= wanted:
                return found
            width *= min(max(MARGIN * wanted / max(n, 1), 2), WIDER)
        return run(Q())[0]

    def _first_width(self, wanted: int, bounds: Sequence[date]) -> float:
        """How many of the parts that `bounds` make should hold as many matches as are wanted."""
        if not bounds:
            return 0
        likely = self.rows if self.likely is None else self.likely
        return MARGIN * wanted / max(n_expected(likely), 1) * self._n_parts(bounds)

    def _n_parts(self, bounds: Sequence[date]) -> int:
        """How many of the parts that `bounds` make lie within the days that bound the matches."""
        first = bisect_left(bounds, self.since) if self.since else 0
        last = bisect_right(bounds, self.until) if self.until else len(bounds)
        return max(last - first, 1)


def _window(bounds: Sequence[date], start: date | None, width: float, is_forward: bool) -> Q:
    """At least so many parts of the days, from a day on or from the last one backwards."""
    n = int(width) + 1
    if is_forward:
        place = bisect_right(bounds, start) if start else 0
        return Q(sort_on__lte=bounds[min(place + n, len(bounds) - 1)])
    place = bisect_left(bounds, start) if start else len(bounds)
    return Q(sort_on__gte=bounds[max(place - n - 1, 0)])


def _read(rows: list[tuple[str, str, int]]) -> Tallies:
    told: dict[str, dict[str, int]] = {"token": {}, "month": {}, "count": {}}
    first, best, last = [], [], None
    for kind, name, n in rows:
        if kind == "id":
            first.append(n)
        elif kind == "best":
            best.append((n, float(name)))
        elif kind == "last":
            last = (date.fromisoformat(name), n)
        else:
            told[kind][name] = n
    tokens = {**told["token"], **_years(told["month"])}
    return Tallies(told["count"][""], tokens, told["month"], first, best, last)


def _years(months: dict[str, int]) -> dict[str, int]:
    """The tokens of all years, however many; of other kinds only the most frequent are told."""
    years: dict[str, int] = {}
    for month, n in months.items():
        token = f"@y{month[:4]}"
        years[token] = years.get(token, 0) + n
    return years
