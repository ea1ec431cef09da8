"""Networks: which countries, or officials, address each other in the statements of a search."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin, sqrt
from typing import Any
from zlib import crc32

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from statements.models import Country, Official
from statements.search.filters import SortSetting, StatementFilters
from statements.search.matches import N_PAIRS, Tallies
from statements.search.results import StatementSearch

N_ACTORS = 300
N_TIES = 450
# Degrees around its country within which an official would stand if he spoke to nobody.
N_DEGREES_AROUND = 9
# Turned by it from one to the next, points on a spiral never fall in rows.
GOLDEN_ANGLE = pi * (3 - sqrt(5))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a network is of; `letter` is that of its pairs among the counts (`tallying.PAIRS`)."""

    code: str
    label: str | Promise
    letter: str
    source: str  # the parameters of the list of statements for who speaks, who is addressed,
    target: str
    either: str  # and either
    rows: Callable[[], QuerySet[Any]]
    key: str
    page: str  # the view of one of them
    columns: tuple[str, ...]  # name, short name, and of the country name, latitude and longitude


KINDS = {
    "countries": Kind(
        "countries", _("Countries"), "z", "from", "to", "country",
        Country.objects.all, "code", "country",
        ("name", "name", "name", "latitude", "longitude"),
    ),
    "officials": Kind(
        "officials", _("Officials"), "Z", "speaker", "addressee", "official",
        Official.objects.all, "slug", "official",
        ("name", "sort_name", "country__name", "country__latitude", "country__longitude"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """One actor that addressed another, in so many statements; both by their ids."""

    source: int
    target: int
    n: int


@dataclass(frozen=True, slots=True)
class Member:
    """A country or an official of a network, as an address and as a reader call it."""

    pk: int
    key: str
    name: str
    short_name: str
    country: str | None
    latitude: float | None
    longitude: float | None

    @property
    def home(self) -> tuple[float, float]:
        """Degrees east and south: where on the map it belongs, or somewhere of its own."""
        number = crc32(self.key.encode())
        if self.latitude is None or self.longitude is None:
            return number % 360 - 180.0, number // 360 % 120 - 60.0
        if self.country == self.name:  # a country
            return self.longitude, -self.latitude
        away, turn = N_DEGREES_AROUND * sqrt(number % 997 / 997), number * GOLDEN_ANGLE
        return self.longitude + away * cos(turn), away * sin(turn) - self.latitude


class NetworkFilters(StatementFilters):
    """Every parameter of `/statements/`, and what the network is of."""

    who = SortSetting(label=_("Of whom"), choices=[(k.code, k.label) for k in KINDS.values()])


class NetworkSearch(StatementSearch):
    """The statements that parameters ask for, told by who addresses whom in them.

    No statement is loaded. Without any filter, and for one country alone, all are counted, since
    the database keeps these counts; else the newest of those that match.
    """

    @cached_property
    def filters(self) -> NetworkFilters:
        return NetworkFilters(self.parameters)

    @cached_property
    def is_valid(self) -> bool:
        return bool(self.filters.is_valid())

    @property
    def kind(self) -> Kind:
        return KINDS[self._values.get("who") or "countries"]

    @cached_property
    def pairs(self) -> list[Pair]:
        """The busiest pairs, the busiest first; nobody is a pair with himself."""
        if not self.is_valid:
            return []
        sources, targets, either = (self._chosen(name) for name in self._sides)
        pairs = [pair for pair in self._counted if pair.source != pair.target]
        if sources or targets or either:
            pairs = [
                pair
                for pair in pairs
                if (not sources or pair.source in sources)
                and (not targets or pair.target in targets)
                and (not either or pair.source in either or pair.target in either)
            ]
        return sorted(pairs, key=lambda pair: (-pair.n, pair.source, pair.target))

    @cached_property
    def _counted(self) -> list[Pair]:
        """What tokens of pairs tell: `@z198-122`."""
        start = f"@{self.kind.letter}"
        told = [
            (token[2:].split("-"), n)
            for token, n in self._told.tokens.items()
            if token.startswith(start)
        ]
        return [Pair(int(source), int(target), n) for (source, target), n in told]

    @property
    def is_partial(self) -> bool:
        """Whether only the newest matches were counted."""
        return self.is_valid and self._told.is_partial

    @property
    def is_cut(self) -> bool:
        """Whether there may be more pairs, less busy ones, than were read."""
        return self.is_valid and len(self._counted) >= N_PAIRS

    @cached_property
    def _told(self) -> Tallies:
        return self._matches().tallies(self.kind.letter)

    @cached_property
    def tallies(self) -> Tallies:
        """What the facets divide: told together with the pairs, but where those are kept."""
        return self._matches().tallies() if self._told.is_whole else self._told

    @property
    def _ranking(self) -> str:
        """Nothing is ranked where no statement is shown."""
        return ""

    @property
    def _sides(self) -> tuple[str, str, str]:
        return self.kind.source, self.kind.target, self.kind.either

    def _chosen(self, name: str) -> set[int]:
        return {row.pk for row in self._values.get(name) or ()}

    def _only_side(self, without: str) -> str:
        """Besides, the one country that is asked for, if nothing else is: `@f5`, `@t5`, `@ft5`."""
        if without:
            return super()._only_side(without)
        for name, letters in (("from", "f"), ("to", "t"), ("country", "ft")):
            chosen = self._chosen(name)
            if len(chosen) == 1 and self._is_plain(name):
                return f"@{letters}{chosen.pop()}"
        return ""

    def members(self, pks: Iterable[int]) -> list[Member]:
        """The countries or officials of these ids, in the order of their addresses: one query."""
        kind = self.kind
        rows = kind.rows().filter(pk__in=set(pks)).order_by(kind.key)
        return [Member(*row) for row in rows.values_list("pk", kind.key, *kind.columns)]

    def tie_url(self, source: Member, target: Member) -> str:
        """The query string of the statements from one to the other."""
        return f"{self._tie_base}{self.kind.source}={source.key}&{self.kind.target}={target.key}"

    @cached_property
    def _tie_base(self) -> str:
        rest = self.address(
            **dict.fromkeys(("who", "sort", "limit", self.kind.source, self.kind.target))
        )
        return rest if rest == "?" else f"{rest}&"

    def around_url(self, member: Member) -> str:
        """The query string of the network around one."""
        return self.address(**{self.kind.either: [member.key]})


def drawn(pairs: list[Pair], *, n_actors: int = N_ACTORS, n_ties: int = N_TIES) -> list[Pair]:
    """What of these pairs a drawing can hold, the busiest first.

    It holds the busiest actors; of each its busiest pair, so that none of them is missing; and
    then the busiest pairs of all.
    """
    totals: dict[int, int] = {}
    for pair in pairs:
        totals[pair.source] = totals.get(pair.source, 0) + pair.n
        totals[pair.target] = totals.get(pair.target, 0) + pair.n
    busiest = set(sorted(totals, key=lambda pk: (-totals[pk], pk))[:n_actors])
    among = [pair for pair in pairs if pair.source in busiest and pair.target in busiest]
    seen: set[int] = set()
    first: list[Pair] = []
    rest: list[Pair] = []
    for pair in among:
        is_first = pair.source not in seen or pair.target not in seen
        seen |= {pair.source, pair.target}
        (first if is_first else rest).append(pair)
    chosen = first + rest[: max(n_ties - len(first), 0)]
    return sorted(chosen, key=lambda pair: (-pair.n, pair.source, pair.target))
