"""One search behind the page, the JSON and whatever else lists statements."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from statements.models import Statement
from statements.vocabulary import Status

from . import operators, wording
from .facets import FACETS, N_CHOICES, N_MATCHES, Facet
from .filters import StatementFilters
from .histogram import Bar, bars
from .paging import (
    BadCursor,
    Key,
    Order,
    Page,
    read_day,
    read_id,
    read_instant,
    read_rank,
    read_truth,
)
from .query import N_TERMS, Query, parse
from .words import TsQuery, Words, compile_words

N_ROWS = 50
N_COUNTED = 10_000
# Parameters that arrange the list or say where in it one is; the rest say what is in it.
ARRANGING = ("sort", "limit", "cursor")

ID = Key("pk", read_id, is_descending=True)
ORDERS = {
    "newest": Order("newest", (Key("sort_on", read_day, is_descending=True), ID)),
    "oldest": Order(
        "oldest", (Key("is_undated", read_truth), Key("sort_on", read_day), Key("pk", read_id))
    ),
    "relevance": Order("relevance", (Key("rank", read_rank, is_descending=True), ID)),
    "added": Order("added", (Key("published_at", read_instant, is_descending=True), ID)),
    "updated": Order("updated", (Key("updated_at", read_instant, is_descending=True), ID)),
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many match, exactly up to a limit."""

    n: int
    is_exact: bool

    def __str__(self) -> str:
        return f"{self.n:,}" if self.is_exact else f"{self.n:,}+"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a reader may choose or drop; `url` is the search after that."""

    value: str
    label: str
    n: int
    url: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the search that is on; `url` is the search without it."""

    name: str
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class CountedFacet:
    """A facet with its choices; `n_more` are not shown, `is_partial` counts the newest alone."""

    name: str
    label: str
    choices: list[Choice]
    n_more: int
    is_partial: bool


class StatementSearch:
    """The published statements that a set of parameters asks for.

    Everything is worked out when it is first asked for, and costs nothing before. A page of rows
    costs as much as the page, a count stops at `N_COUNTED`, and facets count at most the newest
    `N_MATCHES` matches.
    """

    def __init__(self, parameters: QueryDict, within: QuerySet[Statement] | None = None) -> None:
        self.parameters = parameters
        self._within = within
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

    @cached_property
    def words(self) -> Words:
        words = compile_words(self._typed)
        if words.tsquery is None:
            self.messages.append(
                _("These words are too common to be searched for: add one that tells more.")
            )
        return words

    @property
    def sort(self) -> str:
        chosen = self._values.get("sort") or ""
        if chosen and not (chosen == "relevance" and not self.has_words):
            return str(chosen)
        return "relevance" if self.has_words else "newest"

    # What is found

    def matching(self, *, without: str = "") -> QuerySet[Statement]:
        """The statements that match, in no order; `without` leaves one parameter aside."""
        statements = Statement.objects.published() if self._within is None else self._within
        if self.includes_tombstones:
            statements = Statement.objects.filter(status__in=[Status.PUBLISHED, Status.WITHDRAWN])
        filters = self.filters
        if without:
            parameters = self.parameters.copy()
            for name in _names(without):
                parameters.pop(name, None)
            filters = StatementFilters(parameters, queryset=statements)
        filters.is_valid()
        for name, value in filters.form.cleaned_data.items():
            statements = filters.filters[name].filter(statements, value)
        for operator in self._operators:
            statements = operator.narrow(statements)
        if self.has_words:
            statements = statements.filter(self._has_words())
        return statements

    def _has_words(self) -> Q:
        if self.words.tsquery is None:
            return Q(pk__in=[])
        return Q(search_vector=self._tsquery())

    def _tsquery(self) -> TsQuery:
        return TsQuery(self.words.tsquery or "")

    @property
    def includes_tombstones(self) -> bool:
        """Whether withdrawn statements are told of, for those who keep a copy."""
        return False

    @cached_property
    def rows(self) -> list[Statement]:
        return self._page.rows if self.is_valid else []

    @cached_property
    def _page(self) -> Page:
        values = self.form.cleaned_data
        order = ORDERS[self.sort]
        statements = self._annotated(self.matching()).with_links()  # type: ignore[attr-defined]
        return order.page(
            statements, cursor=values.get("cursor") or None, n_rows=values.get("limit") or N_ROWS
        )

    def _annotated(self, statements: QuerySet[Statement]) -> QuerySet[Statement]:
        if self.sort == "relevance" and self.words.tsquery:
            # In double precision, so that a cursor holds the very rank that it is compared with.
            rank = Cast(SearchRank(F("search_vector"), self._tsquery()), FloatField())
            return statements.annotate(rank=rank)
        if self.sort == "relevance":
            return statements.annotate(rank=Value(0.0))
        if self.sort == "oldest":
            is_undated = ExpressionWrapper(Q(said_on=None), BooleanField())
            return statements.annotate(is_undated=is_undated)
        return statements

    @cached_property
    def count(self) -> Count:
        if not self.is_valid:
            return Count(0, is_exact=True)
        n = self.matching()[: N_COUNTED + 1].count()
        return Count(min(n, N_COUNTED), is_exact=n <= N_COUNTED)

    # How it is told

    def address(self, **changes: list[str] | None) -> str:
        """The query string of this search with parameters changed; the page starts anew."""
        parameters = self.parameters.copy()
        parameters.pop("cursor", None)
        for name, values in changes.items():
            if values:
                parameters.setlist(name, values)
            else:
                parameters.pop(name, None)
        known = [name for name in parameters if name in self.filters.filters]
        told = QueryDict(mutable=True)
        for name in known:
            told.setlist(name, [value for value in parameters.getlist(name) if value])
        return f"?{told.urlencode()}"

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
        names = [name for name in wording.SORTS if name != "relevance" or self.has_words]
        return [
            Choice(name, str(wording.SORTS[name]), 0, self.address(sort=[name]), name == self.sort)
            for name in names
        ]

    @cached_property
    def _newest_pks(self) -> list[int]:
        return self._newest_without("")

    def _newest_without(self, name: str) -> list[int]:
        rows = self.matching(without=name).order_by("-sort_on", "-pk")
        return list(rows.values_list("pk", flat=True)[:N_MATCHES])

    def _is_on(self, facet: str) -> bool:
        return any(self.parameters.getlist(name) for name in _names(facet))

    @cached_property
    def facets(self) -> list[CountedFacet]:
        """Every facet that divides the matches, each counted as if its own choice were off."""
        if not self.is_valid:
            return []
        counted = [self._counted(facet) for facet in FACETS]
        return [facet for facet in counted if facet.choices]

    def _counted(self, facet: Facet) -> CountedFacet:
        pks = self._newest_without(facet.name) if self._is_on(facet.name) else self._newest_pks
        tally = facet.tally(pks)
        selected = self._selected(facet.name)
        labels = facet.labels([value for value, _n in tally])
        choices = [
            self._choice(facet.name, *labels[value], n, selected)
            for value, n in tally
            if value in labels
        ]
        shown = [c for place, c in enumerate(choices) if place < N_CHOICES or c.is_selected]
        if len(choices) == 1 and not choices[0].is_selected and facet.name == "standing":
            shown = []
        return CountedFacet(
            facet.name,
            str(facet.label),
            shown,
            n_more=len(choices) - len(shown),
            is_partial=len(pks) >= N_MATCHES,
        )

    def _selected(self, name: str) -> list[str]:
        if name == "year":
            values = self.form.cleaned_data
            since, until = values.get("since"), values.get("until")
            return [str(since)] if since and since == until else []
        chosen = self.form.cleaned_data.get(name) or []
        return [wording.code(value).lower() for value in chosen]

    def _choice(self, name: str, value: str, label: str, n: int, selected: list[str]) -> Choice:
        is_selected = value.lower() in selected
        if name == "year":
            year = None if is_selected else [value.zfill(4)]
            return Choice(value, label, n, self.address(since=year, until=year), is_selected)
        rest = [other for other in selected if other != value.lower()]
        values = rest if is_selected else [*rest, value]
        return Choice(value, label, n, self.address(**{name: values or None}), is_selected)

    @cached_property
    def histogram(self) -> list[Bar]:
        """The newest matches by month or year, whatever days are chosen; oldest first."""
        if not self.is_valid:
            return []
        values = self.form.cleaned_data
        is_on = self._is_on("year")
        pks = self._newest_without("year") if is_on else self._newest_pks
        return bars(pks, values.get("since"), values.get("until"), self.address)


def _names(facet: str) -> tuple[str, ...]:
    """The parameters that a facet sets."""
    return ("since", "until") if facet == "year" else (facet,)


class CopySearch(StatementSearch):
    """The search of a program that keeps a copy: with `updated_since`, tombstones are included."""

    @property
    def includes_tombstones(self) -> bool:
        return bool(self._values.get("updated_since"))
