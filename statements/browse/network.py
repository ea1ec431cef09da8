"""The network: who addresses whom, as a graph, as a matrix and in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from statements.charts.matrix import MatrixChart, matrix_chart
from statements.charts.network import (
    N_MARKS,
    Actor,
    NetworkChart,
    Tie,
    legend_mark,
    network_chart,
)
from statements.models.permalinks import in_format
from statements.networks import KINDS, Member, NetworkSearch, Pair, drawn

from .finding import faults, kept_parameters
from .statements import canonical

N_LEADING = 5  # members of a cluster that are named


@dataclass(frozen=True, slots=True)
class Tab:
    """The same network of countries or of officials."""

    label: str | Promise
    url: str
    is_selected: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster, told by those of its members that say and hear most."""

    mark: str
    leading: list[str]
    n: int
    n_more: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The network as it is drawn; charts tell actors by their places among the members."""

    members: list[Member]
    network: NetworkChart
    matrix: MatrixChart
    ties: list[Tie]  # the busiest first
    tie_urls: dict[tuple[int, int], str]
    around_urls: list[str]
    groups: list[Group]
    is_part: bool  # of the pairs that were found

    @property
    def has_others(self) -> bool:
        return len(self.network.clusters) > N_MARKS

    @property
    def other_mark(self) -> str:
        return legend_mark(N_MARKS)

    @property
    def most(self) -> str:
        """The number of the broadest line."""
        return f"{self.network.n_most:,}"


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Draws who addresses whom in the statements that the parameters ask for."""
    search = NetworkSearch(request.GET)
    return render(
        request,
        "browse/network.html",
        {
            "search": search,
            "tabs": _tabs(search),
            "drawing": drawing(search),
            "n_pairs": f"{len(search.pairs):,}",
            "kept": kept_parameters(request.GET),
            "elsewhere": faults(search),
            "json_url": suffixed(request.GET, "json"),
            "csv_url": suffixed(request.GET, "csv"),
            "canonical": canonical(request, search),
        },
    )


def suffixed(parameters: QueryDict, suffix: str) -> str:
    """The address of the same network in another format."""
    address = in_format(reverse("network"), suffix)
    return f"{address}?{parameters.urlencode()}" if parameters else address


def _tabs(search: NetworkSearch) -> list[Tab]:
    if not search.is_valid:
        return []
    return [
        Tab(kind.label, search.address(who=[code]), code == search.kind.code)
        for code, kind in KINDS.items()
    ]


def drawing(search: NetworkSearch) -> Drawing | None:
    """Draws the busiest pairs; nothing where there are none."""
    pairs = drawn(search.pairs)
    if not pairs:
        return None
    members = search.members(pk for pair in pairs for pk in (pair.source, pair.target))
    ties = _ties(pairs, members)
    chart = network_chart([Actor(member.short_name, member.home) for member in members], ties)
    return Drawing(
        members=members,
        network=chart,
        matrix=matrix_chart([member.short_name for member in members], ties, chart.clusters),
        ties=ties,
        tie_urls={
            (tie.source, tie.target): search.tie_url(members[tie.source], members[tie.target])
            for tie in ties
        },
        around_urls=[search.around_url(member) for member in members],
        groups=_groups(chart, members),
        is_part=len(pairs) < len(search.pairs),
    )


def _ties(pairs: Sequence[Pair], members: Sequence[Member]) -> list[Tie]:
    place = {member.pk: n for n, member in enumerate(members)}
    return [
        Tie(place[pair.source], place[pair.target], pair.n)
        for pair in pairs
        if pair.source in place and pair.target in place
    ]


def _groups(chart: NetworkChart, members: Sequence[Member]) -> list[Group]:
    """The clusters that have a mark of their own; one alone divides nothing."""
    if len(chart.clusters) < 2:
        return []
    return [
        Group(
            legend_mark(number),
            [members[actor].name for actor in cluster[:N_LEADING]],
            len(cluster),
            max(len(cluster) - N_LEADING, 0),
        )
        for number, cluster in enumerate(islice(chart.clusters, N_MARKS))
    ]
