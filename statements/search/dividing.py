"""What a reader may narrow the matches by: each facet with its counts, and the chart of days."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import wording
from .facets import FACETS, N_CHOICES, Facet, Labels, Source, by_letter, labelled
from .histogram import Bar, bars
from .matches import Tallies

Address = Callable[..., str]
Without = Callable[[str, str], Tallies]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a reader may choose or drop; `url` is the search after that."""

    value: str
    label: str
    n: int
    url: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class CountedFacet:
    """A facet with its choices; `n_more` are not shown, `is_partial` counts the newest alone."""

    name: str
    label: str
    choices: list[Choice]
    n_more: int
    is_partial: bool


@dataclass(frozen=True, slots=True)
class TalliedFacet:
    """A facet with what is to be shown of it: values as its tokens tell them, and their counts."""

    facet: Facet
    shown: list[tuple[str, int]]
    n_more: int
    is_partial: bool


class Dividing:
    """How matches divide, given what is chosen.

    `without` tallies what would match if a facet's own choice were off, by the letter of its
    tokens; `address` makes the query string of the search with parameters changed.
    """

    def __init__(
        self, chosen: dict[str, Any], tallies: Tallies, without: Without, address: Address
    ) -> None:
        self._values = chosen
        self._tallies = tallies
        self._by_letter = by_letter(tallies.tokens)
        self._without = without
        self._address = address

    def facets(self) -> list[CountedFacet]:
        """Every facet that divides the matches, each counted as if its own choice were off."""
        tallied = [self._tallied(facet) for facet in FACETS]
        values: dict[Source, set[str]] = {}
        for told in tallied:
            values.setdefault(told.facet.labels, set()).update(value for value, _n in told.shown)
        labels = labelled(values)
        counted = [self._counted(told, labels[told.facet.labels]) for told in tallied]
        return [facet for facet in counted if facet.choices and not _is_idle(facet)]

    def histogram(self) -> list[Bar]:
        """The newest matches by month or year, whatever days are chosen; oldest first."""
        tallies = self._without("year", "y") if self._is_on("year") else self._tallies
        return bars(
            tallies.months, self._values.get("since"), self._values.get("until"), self._address
        )

    def _is_on(self, facet: str) -> bool:
        return any(self._values.get(name) for name in parameters_of(facet))

    def _tallied(self, facet: Facet) -> TalliedFacet:
        tallies, counted = self._tallies, self._by_letter
        if self._is_on(facet.name):
            tallies = self._without(facet.name, facet.letter)
            counted = by_letter(tallies.tokens)
        tally = facet.tally(counted)
        chosen = self._chosen_tokens(facet.name)
        shown = [pair for place, pair in enumerate(tally) if place < N_CHOICES or pair[0] in chosen]
        return TalliedFacet(facet, shown, len(tally) - len(shown), tallies.is_partial)

    def _counted(self, told: TalliedFacet, labels: Labels) -> CountedFacet:
        facet, selected = told.facet, self._selected(told.facet.name)
        choices = [
            self._choice(facet.name, labels[value], n, selected)
            for value, n in told.shown
            if value in labels
        ]
        return CountedFacet(facet.name, str(facet.label), choices, told.n_more, told.is_partial)

    def _chosen_tokens(self, name: str) -> set[str]:
        """What is chosen in a facet, as its tokens tell it."""
        if name == "year":
            return set(self._selected(name))
        return {str(getattr(v, "pk", v)) for v in self._values.get(name) or ()}

    def _selected(self, name: str) -> list[str]:
        if name == "year":
            since, until = self._values.get("since"), self._values.get("until")
            return [str(since)] if since and since == until else []
        return [wording.code(value).lower() for value in self._values.get(name) or ()]

    def _choice(self, name: str, told: tuple[str, str], n: int, selected: list[str]) -> Choice:
        value, label = told
        is_selected = value.lower() in selected
        if name == "year":
            year = None if is_selected else [value.zfill(4)]
            return Choice(value, label, n, self._address(since=year, until=year), is_selected)
        rest = [other for other in selected if other != value.lower()]
        values = rest if is_selected else [*rest, value]
        return Choice(value, label, n, self._address(**{name: values or None}), is_selected)


def _is_idle(facet: CountedFacet) -> bool:
    """Whether it divides nothing that a reader would think of: all attributions are undisputed."""
    choices = facet.choices
    return facet.name == "standing" and len(choices) == 1 and not choices[0].is_selected


def parameters_of(facet: str) -> tuple[str, ...]:
    """The parameters that a facet sets."""
    return ("since", "until") if facet == "year" else (facet,)
