"""What two sides said to each other: two countries, or two officials."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import DateField, F, Func, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from statements.models import Country, Event, Official, Redirect, Renamed, Statement
from statements.models.statements import UNDATED, StatementQuerySet
from statements.texts import led
from statements.tone import SCALE
from statements.vocabulary import Role

from .by_day import Load
from .filters import Setting, StatementFilters
from .matches import Matches
from .results import BY_DAY, Chip, StatementSearch

# What names a row of either kind, the page of two of them, and the tokens of its two roles.
KEYS = {Renamed.COUNTRY: "code", Renamed.OFFICIAL: "slug"}
N_PAIRS = 3  # of a statement that many spoke, to many
ROUTES = {Renamed.COUNTRY: "between", Renamed.OFFICIAL: "between-officials"}


class Way(StrEnum):
    """Who of a pair spoke to whom; in `BOTH` each to the other."""

    FORTH = "forth"
    BACK = "back"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two countries or two officials; the first stands at the start of their page."""

    kind: Renamed
    one: Any
    other: Any

    @property
    def keys(self) -> tuple[str, str]:
        return getattr(self.one, KEYS[self.kind]), getattr(self.other, KEYS[self.kind])

    @property
    def is_one(self) -> bool:
        """Whether both are the same, so that there is nothing between them."""
        return bool(self.one.pk == self.other.pk)

    @property
    def turned(self) -> "Pair":
        return Pair(self.kind, self.other, self.one)

    @property
    def title(self) -> str:
        told = _("%(one)s and %(other)s") % {"one": self.one.name, "other": self.other.name}
        return led(told, is_from_the_right=get_language_bidi())

    @property
    def column(self) -> str:
        """The column of a party that tells whether it is one of the two."""
        return "country_id" if self.kind == Renamed.COUNTRY else "official_id"

    def get_absolute_url(self) -> str:
        return reverse(ROUTES[self.kind], args=self.keys)

    def tokens(self, way: Way) -> tuple[str, ...]:
        """The tokens that a statement of this one way has, all of them."""
        speaker, addressee = (
            (self.one.pk, self.other.pk) if way == Way.FORTH else (self.other.pk, self.one.pk)
        )
        if self.kind == Renamed.COUNTRY:
            return (f"@z{speaker}-{addressee}",)
        return (f"@s{speaker}", f"@a{addressee}")

    @property
    def tsquery(self) -> str:
        """The statements of either to the other."""
        ways = (self.tokens(way) for way in (Way.FORTH, Way.BACK))
        return " | ".join("(" + " & ".join(f"'{token}'" for token in way) + ")" for way in ways)

    def way_of(self, statement: Statement) -> Way:
        """Who spoke to whom in a statement of these two, loaded with its parties."""
        spoke, heard = (self._ids(statement, role) for role in (Role.SPEAKER, Role.ADDRESSEE))
        if not (self.other.pk in spoke and self.one.pk in heard):
            return Way.FORTH
        return Way.BOTH if self.one.pk in spoke and self.other.pk in heard else Way.BACK

    def _ids(self, statement: Statement, role: Role) -> Collection[int]:
        return {getattr(party, self.column) for party in statement.in_role(role)}


def find_pair(kind: Renamed, one: str, other: str) -> Pair | None:
    """The pair that two codes or slugs name, in any case, old ones followed.

    None unless both are there; one query where nothing was renamed.
    """
    asked = [one.lower(), other.lower()]
    rows = _rows(kind, asked)
    for place, key in enumerate(asked):
        if key not in rows:
            asked[place] = Redirect.objects.successor(kind, key)
            rows |= _rows(kind, asked[place : place + 1])
    if not all(key in rows for key in asked):
        return None
    return Pair(kind, rows[asked[0]], rows[asked[1]])


def _rows(kind: Renamed, keys: list[str]) -> dict[str, Any]:
    named: dict[Renamed, QuerySet[Any]] = {
        Renamed.COUNTRY: Country.objects.order_by(),
        Renamed.OFFICIAL: Official.objects.select_related("country").order_by(),
    }
    found = named[kind].filter(**{f"{KEYS[kind]}__in": keys})
    return {getattr(row, KEYS[kind]): row for row in found}


def pairs_of(statement: Statement) -> list[Pair]:
    """The countries and officials that a statement, with its parties, passed between.

    The first few of each, the countries first.
    """
    found: list[Pair] = []
    for kind, column in ((Renamed.COUNTRY, "country"), (Renamed.OFFICIAL, "official")):
        met = {
            frozenset((one.pk, other.pk)): Pair(kind, one, other)
            for speaker in reversed(statement.speakers)
            for addressee in reversed(statement.addressees)
            if (one := getattr(speaker, column)) and (other := getattr(addressee, column))
            if one != other
        }
        found += list(reversed(met.values()))[:N_PAIRS]
    return found


class ToneSetting(Setting):
    field_class = forms.ChoiceField


class PairFilters(StatementFilters):
    """The parameters of the list of statements, and whether the line of tone is asked for."""

    tone = ToneSetting(label=gettext_lazy("Tone"), choices=[(SCALE.lower(), SCALE)])


class PairSearch(StatementSearch):
    """A search within what two sides said to each other."""

    def __init__(self, parameters: QueryDict, pair: Pair, *, n_rows: int = 50) -> None:
        super().__init__(parameters, n_rows=n_rows)
        self.pair = pair

    @cached_property
    def filters(self) -> StatementFilters:
        return PairFilters(self.parameters)

    @property
    def is_toned(self) -> bool:
        return bool(self._values.get("tone"))

    @property
    def is_in_time(self) -> bool:
        return self.sort in ("newest", "oldest")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the pair itself says what is in the list."""
        return bool(self.chips)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day that are asked for."""
        since, until = self._values.get("since"), self._values.get("until")
        return since.earliest if since else None, until.latest if until else None

    @property
    def day_before(self) -> date | None:
        """The day of the statement before the first of this page, in order of time; none of page 1.

        An undated one stands after all days. Costs two queries where the page was reached from the
        one after it.
        """
        if not self.previous_url:
            return None
        is_back, place = BY_DAY[self.sort].read(self.form.cleaned_data["cursor"])
        if not is_back:
            return self._in_order(place[-2])
        first = self.rows[0]
        if self.sort == "newest":
            pks = self.matches().walk(1, (first.sort_on, first.pk), is_forward=True)
        else:
            at = (first.is_undated, first.sort_on, first.pk)
            pks = self.matches().oldest_first(1, at, is_back=True)
        [row] = Statement.objects.only("sort_on").filter(pk__in=pks)
        return self._in_order(row.sort_on)

    def _in_order(self, day: date) -> date:
        """A day that statements are sorted by, that of the undated after all others."""
        return date.max if self.sort == "oldest" and day == UNDATED else day

    @cached_property
    def chips(self) -> list[Chip]:
        return [chip for chip in super().chips if chip.name != "tone"]

    @cached_property
    def title(self) -> str:
        return _("Between %(pair)s") % {"pair": self.pair.title}

    def matches(self, without: str = "") -> Matches:
        """What is found; `without` leaves one facet's choice aside."""
        return self._matches(without)

    def _conditions(
        self, without: str = "", *, is_estimated: bool = False
    ) -> tuple[str, StatementQuerySet]:
        tsquery, rows = super()._conditions(without, is_estimated=is_estimated)
        scope = f"({self.pair.tsquery})"
        return f"{scope} & {tsquery}" if tsquery else scope, rows

    def _is_plain(self, *without: str) -> bool:
        return False


class PairRecords(PairSearch):
    """The same for a program: whole records."""

    load: Load = staticmethod(StatementQuerySet.with_links)


def events_between(
    pair: Pair, since: date | None, until: date | None, n: int, *, with_undated: bool
) -> list[Event]:
    """The newest events that both took part in, begun within these days; an open end is None."""
    if pair.kind == Renamed.COUNTRY:
        rows = Event.objects.filter(countries=pair.one.pk).filter(countries=pair.other.pk)
    else:
        one, other = ({"parties__official": each.pk} for each in (pair.one, pair.other))
        rows = Event.objects.filter(**one).filter(**other).distinct()
    began = Func(F("started_on"), function="earliest_day", output_field=DateField())
    within = Q(began_on__isnull=False)
    if since:
        within &= Q(began_on__gte=since)
    if until:
        within &= Q(began_on__lte=until)
    if with_undated:
        within |= Q(began_on__isnull=True)
    rows = rows.annotate(began_on=began).filter(within)
    return list(rows.order_by(F("began_on").desc(nulls_last=True), "-pk")[:n])
