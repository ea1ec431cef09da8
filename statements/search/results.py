"""One search behind the page, the JSON and whatever else lists statements."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.models import Country, Statement
from statements.models.listing import listed
from statements.models.statements import StatementQuerySet
from statements.vocabulary import Status

from . import matches, operators, wording
from .by_day import NEWEST, OLDEST, Load, loaded, page_by_day
from .dividing import Choice, CountedFacet, Dividing, parameters_of
from .filters import StatementFilters
from .histogram import Bar
from .matches import Matches, Tallies, rank_of
from .paging import BadCursor, Key, Order, Page, read_id, read_instant, read_rank
from .query import N_TERMS, Query, parse
from .snippets import Snippet, snippets
from .tokens import LETTERS, any_of, any_pair
from .words import TsQuery, Words, compile_words

N_ROWS = 50
N_COUNTRIES = 1000  # more than there are

ID = Key("pk", read_id, is_descending=True)
BY_DAY = {"newest": NEWEST, "oldest": OLDEST}
OTHERS = {
    "relevance": Order("relevance", (Key("rank", read_rank, is_descending=True), ID)),
    "added": Order("added", (Key("published_at", read_instant, is_descending=True), ID)),
    "updated": Order("updated", (Key("updated_at", read_instant, is_descending=True), ID)),
}


# A page tells two hundred addresses, of the same few words.
_quoted = lru_cache(maxsize=5_000)(quote_plus)


@dataclass(frozen=True, slots=True)
class Count:
    """How many match, exactly up to a limit."""

    n: int
    is_exact: bool

    def __str__(self) -> str:
        return f"{self.n:,}" if self.is_exact else f"{self.n:,}+"


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the search that is on; `url` is the search without it."""

    name: str
    label: str
    value: str
    url: str


class StatementSearch:
    """The published statements that a set of parameters asks for.

    Everything is worked out when it is first asked for, and costs nothing before. A page of rows
    costs as much as the page; counts and facets are of the newest `matches.N_MATCHES` matches.
    `n_rows` make a page where no `limit` says otherwise.
    """

    load: Load = staticmethod(listed)

    def __init__(self, parameters: QueryDict, *, n_rows: int = N_ROWS) -> None:
        self.parameters = parameters
        self.n_rows = n_rows
        self.messages: list[str] = []
        self._typed: Query = parse(parameters.get("q", "").replace("\x00", " "))
        self._operators = operators.read(self._typed.operators, self.messages)
        if self._typed.is_cut:
            self.messages.append(_("Only the first %(n)d words are searched.") % {"n": N_TERMS})

    # What is asked

    @cached_property
    def filters(self) -> StatementFilters:
        return StatementFilters(self.parameters)

    @property
    def form(self) -> Form:
        return self.filters.form

    @cached_property
    def is_valid(self) -> bool:
        """Whether every parameter means something; no rows are found when one does not."""
        if not self.filters.is_valid():
            return False
        try:
            return self._page is not None
        except BadCursor:
            self.form.add_error(
                "cursor", _("This page address is damaged: start from the first page.")
            )
            return False

    @property
    def errors(self) -> dict[str, list[str]]:
        """What is wrong with which parameter, for a reader; a damaged cursor is told too."""
        if self.is_valid:
            return {}
        return {name: [str(text) for text in texts] for name, texts in self.form.errors.items()}

    @cached_property
    def _values(self) -> dict[str, Any]:
        """What the parameters that mean something mean."""
        self.filters.is_valid()
        values: dict[str, Any] = self.form.cleaned_data
        return values

    @property
    def has_words(self) -> bool:
        return bool(self._typed.terms)

    @property
    def is_ranked(self) -> bool:
        """Whether a word is asked for, of which one statement can have more than another."""
        return any(not term.is_negated for term in self._typed.terms)

    @cached_property
    def words(self) -> Words:
        words = compile_words(self._typed)
        if words.is_hopeless:
            self.messages.append(
                _("These words are too common to be searched for: add one that tells more.")
            )
        return words

    @property
    def sort(self) -> str:
        chosen = self._values.get("sort") or ""
        if chosen and not (chosen == "relevance" and not self.is_ranked):
            return str(chosen)
        return "relevance" if self.is_ranked else "newest"

    # What is found

    def _conditions(
        self, without: str = "", *, is_estimated: bool = False
    ) -> tuple[str, StatementQuerySet]:
        """What an index on tokens answers, and the rows narrowed by all else."""
        values = {
            name: value
            for name, value in self.form.cleaned_data.items()
            if name not in parameters_of(without)
        }
        parts = [f"({self.words.tsquery})"] if self.has_words and self.words.tsquery else []
        if values.get("from") and values.get("to"):
            parts.append(any_pair(values.pop("from"), values.pop("to")))
        parts += [any_of(name, values[name]) for name in LETTERS if values.get(name)]
        parts += [typed.tokens for typed in self._operators if typed.tokens]
        rows = self._narrowed(values)
        for wide in self.words.wide if self.has_words else []:
            rows = rows.filter(wide.estimated if is_estimated else wide.condition)
        return " & ".join(parts), rows.none() if self._is_hopeless else rows

    def _narrowed(self, values: dict[str, Any]) -> StatementQuerySet:
        rows = Statement.objects.published()
        for name, value in values.items():
            rows = self.filters.filters[name].filter(rows, value)
        for typed in self._operators:
            rows = rows.filter(typed.where)
        return rows

    @property
    def _is_hopeless(self) -> bool:
        """Whether only words were typed that stand in every text."""
        return self.has_words and self.words.is_hopeless

    def matching(self, without: str = "", *, is_estimated: bool = False) -> StatementQuerySet:
        """The statements that match, in no order; `without` leaves one facet's choice aside.

        `is_estimated` asks in words of which PostgreSQL can tell how many rows answer them.
        """
        tsquery, rows = self._conditions(without, is_estimated=is_estimated)
        return rows.filter(search_vector=TsQuery(tsquery)) if tsquery else rows

    def _matches(self, without: str = "") -> Matches:
        tsquery, rows = self._conditions(without)
        is_everything = not tsquery and not rows.query.is_empty() and self._is_plain(without)
        is_wide = self.has_words and bool(self.words.wide)
        values = {} if "since" in parameters_of(without) else self.form.cleaned_data
        since, until = values.get("since"), values.get("until")
        return Matches(
            self.matching(without),
            self.matching(without, is_estimated=True) if is_wide else None,
            is_everything,
            side=self._only_side(without),
            ranking="" if without else self._ranking,
            since=since.earliest if since else None,
            until=until.latest if until else None,
        )

    def by_country(self, side: str) -> Tallies:
        """What matches by the country that it comes `from` or goes `to`, all of them.

        Counted as a facet is: as if the choice of that side were off.
        """
        return self._matches(without=side).tallies(LETTERS[side], n_tokens=N_COUNTRIES)

    def on_any_day(self) -> Matches:
        """What matches, whatever days are chosen; the parameters have to mean something."""
        return self._matches(without="year")

    def _only_side(self, without: str) -> str:
        """The token of the one country's side that is asked for, if nothing else is."""
        other = {"from": "to", "to": "from"}.get(without, "")
        sides: list[Country] = list(self.form.cleaned_data.get(other) or ())
        if len(sides) != 1 or not self._is_plain(without, other):
            return ""
        return f"@{LETTERS[other]}{sides[0].pk}"

    @property
    def _ranking(self) -> str:
        """The tsquery that statements are ranked by, where they are."""
        if self.sort != "relevance":
            return ""
        return self.words.ranking or self.words.tsquery or ""

    def _is_plain(self, *without: str) -> bool:
        """Whether nothing but these narrows the list: then the index on days alone serves it."""
        names = {*chain.from_iterable(map(parameters_of, without)), *wording.ARRANGING, "q"}
        values = self.form.cleaned_data
        is_worded = self.has_words or self._operators
        return not is_worded and not any(values[n] for n in values if n not in names)

    @cached_property
    def tallies(self) -> Tallies:
        """What the newest matches are made of: one query, whatever was asked."""
        return self._matches().tallies()

    @cached_property
    def rows(self) -> list[Statement]:
        return self._page.rows if self.is_valid else []

    @cached_property
    def _page(self) -> Page:
        values = self.form.cleaned_data
        cursor, n_rows = values.get("cursor") or None, values.get("limit") or self.n_rows
        if self.sort in BY_DAY:
            first = self.tallies.first if self.sort == "newest" and not cursor else None
            return page_by_day(
                self._matches(),
                BY_DAY[self.sort],
                cursor=cursor,
                n_rows=n_rows,
                load=self.load,
                first=first,
            )
        if self._ranking and not cursor:
            return self._best(n_rows)
        rows = self._ranked() if self.sort == "relevance" else self.matching()
        page = OTHERS[self.sort].page(rows.without_vectors(), cursor=cursor, n_rows=n_rows)
        return Page(loaded([row.pk for row in page.rows], self.load), *page.cursors)

    def _best(self, n_rows: int) -> Page:
        """The first page by rank, which was found together with the facets."""
        ranks = dict(self.tallies.best[: n_rows + 1])
        rows = loaded(list(ranks), self.load)
        for row in rows:
            setattr(row, "rank", ranks[row.pk])  # noqa: B010 - as an annotation would
        order = OTHERS["relevance"]
        return order.page_of(rows, n_rows=n_rows, is_back=False, is_first=True)

    def _ranked(self) -> StatementQuerySet:
        """The newest matches with their rank, which costs too much for all of a common word."""
        newest = self.matching().filter(self.tallies.newest())
        return newest.annotate(rank=rank_of(self._ranking))

    def best_first(self) -> QuerySet[Any]:
        """The newest matches, those that answer the words best first, as the pages have them."""
        ranked: QuerySet[Any] = self._ranked()
        return ranked.order_by("-rank", "-pk")

    @cached_property
    def count(self) -> Count:
        if not self.is_valid:
            return Count(0, is_exact=True)
        n = self.tallies.n
        return Count(min(n, matches.N_MATCHES), is_exact=n <= matches.N_MATCHES)

    # How it is told

    @cached_property
    def snippets(self) -> dict[int, Snippet]:
        """Where the words stand in the rows of this page, by their ids."""
        return snippets(self.rows, self.words.forms) if self.has_words and self.rows else {}

    @property
    def names_found(self) -> frozenset[str]:
        """The tokens of those who have one of the words in a name."""
        return self.words.names if self.has_words else frozenset()

    @cached_property
    def _asked(self) -> list[tuple[str, str]]:
        """The parameters that mean something here, without the place in the list."""
        known = self.filters.filters
        return [
            (name, value)
            for name, values in self.parameters.lists()
            if name in known and name != "cursor"
            for value in values
            if value
        ]

    def address(self, **changes: list[str] | None) -> str:
        """The query string of this search with parameters changed; the page starts anew."""
        told: dict[str, list[str]] = {}
        for name, value in self._asked:
            told.setdefault(name, []).append(value)
        told |= {name: values or [] for name, values in changes.items()}
        return "?" + "&".join(
            f"{_quoted(name)}={_quoted(value)}" for name, values in told.items() for value in values
        )

    @property
    def next_url(self) -> str | None:
        return self._page_url(self._page.next_cursor) if self.is_valid else None

    @property
    def previous_url(self) -> str | None:
        return self._page_url(self._page.previous_cursor) if self.is_valid else None

    def _page_url(self, cursor: str | None) -> str | None:
        return self.address(cursor=[cursor]) if cursor else None

    @cached_property
    def chips(self) -> list[Chip]:
        """What is on, one chip a value, the words first."""
        if not self.filters.is_valid():
            return []
        chips = []
        for name, values in wording.values_on(self.form.cleaned_data):
            label = str(self.filters.filters[name].label)
            for value, told in values:
                rest = [other for other, _told in values if other != value]
                chips.append(Chip(name, label, told, self.address(**{name: rest or None})))
        return chips

    @cached_property
    def title(self) -> str:
        """The search in words."""
        values = self.form.cleaned_data if self.filters.is_valid() else {}
        return wording.title(values)

    @property
    def summary(self) -> str:
        return ngettext("%(count)s statement", "%(count)s statements", self.count.n) % {
            "count": self.count
        }

    @cached_property
    def sorts(self) -> list[Choice]:
        names = [name for name in wording.SORTS if name != "relevance" or self.is_ranked]
        return [
            Choice(name, str(wording.SORTS[name]), 0, self.address(sort=[name]), name == self.sort)
            for name in names
        ]

    @cached_property
    def _dividing(self) -> Dividing:
        return Dividing(
            self.form.cleaned_data,
            self.tallies,
            lambda facet, letter: self._matches(without=facet).tallies(letter),
            self.address,
        )

    @cached_property
    def facets(self) -> list[CountedFacet]:
        """Every facet that divides the matches, each counted as if its own choice were off."""
        return self._dividing.facets() if self.is_valid else []

    @cached_property
    def histogram(self) -> list[Bar]:
        """The newest matches by month or year, whatever days are chosen; oldest first."""
        return self._dividing.histogram() if self.is_valid else []


class RecordSearch(StatementSearch):
    """The search of a program: whole records."""

    load: Load = staticmethod(StatementQuerySet.with_links)


class ScopedSearch(RecordSearch):
    """A search within the statements of one page: of an official, an event, a pair."""

    def __init__(self, parameters: QueryDict, scope: Q, *, n_rows: int = N_ROWS) -> None:
        super().__init__(parameters, n_rows=n_rows)
        self.scope = scope

    def matching(self, without: str = "", *, is_estimated: bool = False) -> StatementQuerySet:
        return super().matching(without, is_estimated=is_estimated).filter(self.scope)

    def _is_plain(self, *without: str) -> bool:
        return False


class CopySearch(RecordSearch):
    """The search of a copy to be kept in step: with `updated_since`, tombstones as well.

    All that were withdrawn since then are told, whatever else was asked: to filter them would
    tell what they said, and of whom.
    """

    @property
    def sort(self) -> str:
        """Tombstones are never ranked by words."""
        chosen = super().sort
        return "updated" if chosen == "relevance" and self._since else chosen

    @property
    def _since(self) -> datetime | None:
        since: datetime | None = self._values.get("updated_since")
        return since

    def matching(self, without: str = "", *, is_estimated: bool = False) -> StatementQuerySet:
        rows = super().matching(without, is_estimated=is_estimated)
        if self._since is None:
            return rows
        withdrawn = Q(status=Status.WITHDRAWN, updated_at__gte=self._since)
        return Statement.objects.filter(Q(pk__in=rows.order_by().values("pk")) | withdrawn)
