"""A network as a drawing: who addresses whom, with direction and weight in the shape of a line.

A line is broad at who speaks and runs out to a point at who is addressed: D. Holten and J. J. van
Wijk, "A user study on visualizing directed edges in graphs", CHI 2009, found that such lines are
read faster and with fewer errors than arrowheads, and than colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from .clusters import clusters
from .labels import Labels, shortened
from .places import Point, places

WIDTH, HEIGHT = 1160, 760  # at most: a drawing of few has less room
N_FULL = 110  # actors that fill all of it
LEAST_SCALE = 0.3  # the width of a phone
MARGIN_X, MARGIN_Y = 34, 22
LEAST_MARK, MOST_MARK = 4.0, 15.0  # from the middle of a mark to its edge
LEAST_LINE, MOST_LINE = 1.1, 9.0  # across, where a line begins
FINENESS = 4  # parts of a unit in which lines are told
BEND = 0.13  # of a line's length: so that there and back are two lines
N_MARKS = 6  # clusters that have a mark of their own


@dataclass(frozen=True, slots=True)
class Actor:
    """One who speaks or is addressed; `home` is where it would stand if it did neither."""

    name: str  # as the drawing has it
    home: Point


@dataclass(frozen=True, slots=True)
class Tie:
    """How many statements go from one actor to another; actors are told by their places."""

    source: int
    target: int
    n: int


@dataclass(frozen=True, slots=True)
class Node:
    """An actor where it stands; `mark` is the path of its sign."""

    actor: int
    x: float
    y: float
    mark: str
    cluster: int
    n_out: int
    n_in: int
    n_addressed: int  # actors that it addresses
    n_addressing: int
    label: str
    label_x: float
    label_y: float
    label_anchor: str
    is_labelled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A tie; `path` is the outline of its line, in parts of a unit: see FINENESS."""

    source: int
    target: int
    n: int
    path: str


@dataclass(frozen=True, slots=True)
class NetworkChart:
    """What a template draws; lines and nodes in the order in which they cover each other."""

    nodes: list[Node]
    lines: list[Line]
    clusters: list[list[int]]  # the actors of each, those with most statements first
    n_most: int
    width: int
    height: int
    line_scale: float = 1 / FINENESS


def network_chart(actors: Sequence[Actor], ties: Sequence[Tie]) -> NetworkChart:
    """Draws a network, the same one always alike. 300 actors and 500 ties cost about 35 ms."""
    weights = {(tie.source, tie.target): float(tie.n) for tie in ties}
    cluster_of = clusters(len(actors), weights)
    width, height = _extent(len(actors))
    inner = {"width": width - 2 * MARGIN_X, "height": height - 2 * MARGIN_Y}
    found = places([actor.home for actor in actors], weights, **inner)
    at = [(x + MARGIN_X, y + MARGIN_Y) for x, y in found]
    totals = _totals(len(actors), ties)
    n_most = max((tie.n for tie in ties), default=0)
    sizes = _sizes([out + into for out, into in totals])
    lines = [_line(tie, at, sizes, n_most) for tie in sorted(ties, key=_lightest_first)]
    labels = Labels(width, height, list(zip(at, sizes, strict=True)))
    nodes = _nodes(actors, ties, _Drawn(at, sizes, totals, cluster_of), labels)
    return NetworkChart(nodes, lines, _members(cluster_of, totals), n_most, width, height)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is known of every actor by its place in the list."""

    at: list[Point]
    sizes: list[float]
    totals: list[tuple[int, int]]
    cluster_of: list[int]


def _extent(n_actors: int) -> tuple[int, int]:
    """The room of a drawing: as much for each actor, however many there are."""
    scale = min(max(sqrt(n_actors / N_FULL), LEAST_SCALE), 1.0)
    return round(WIDTH * scale), round(HEIGHT * scale)


def _lightest_first(tie: Tie) -> tuple[int, int, int]:
    return tie.n, tie.source, tie.target


def _totals(n_actors: int, ties: Sequence[Tie]) -> list[tuple[int, int]]:
    """How many statements go out from each actor and come in, over the ties drawn."""
    out, into = [0] * n_actors, [0] * n_actors
    for tie in ties:
        out[tie.source] += tie.n
        into[tie.target] += tie.n
    return list(zip(out, into, strict=True))


def _sizes(totals: list[int]) -> list[float]:
    """Areas of marks are as the numbers of statements."""
    most = max(totals, default=0) or 1
    return [LEAST_MARK + (MOST_MARK - LEAST_MARK) * sqrt(total / most) for total in totals]


def _members(cluster_of: list[int], totals: list[tuple[int, int]]) -> list[list[int]]:
    members: list[list[int]] = [[] for _ in range(max(cluster_of, default=-1) + 1)]
    for actor in sorted(range(len(totals)), key=lambda actor: (-sum(totals[actor]), actor)):
        members[cluster_of[actor]].append(actor)
    return members


def _line(tie: Tie, at: list[Point], sizes: list[float], n_most: int) -> Line:
    """The outline of a line: two curves from the ends of a short stroke to one point."""
    (x0, y0), (x1, y1) = at[tie.source], at[tie.target]
    by_x, by_y = x1 - x0, y1 - y0
    length = hypot(by_x, by_y) or 1.0
    along_x, along_y = by_x / length, by_y / length
    # Seen from who speaks, all lines bend to the same side.
    middle_x = (x0 + x1) / 2 - by_y * BEND
    middle_y = (y0 + y1) / 2 + by_x * BEND
    half = (LEAST_LINE + (MOST_LINE - LEAST_LINE) * sqrt(tie.n / n_most)) / 2
    stop = min(sizes[tie.target] * 0.9, length / 3)
    tip_x, tip_y = x1 - along_x * stop, y1 - along_y * stop
    side_x, side_y = -along_y * half, along_x * half
    begin, end = (x0 + side_x, y0 + side_y), (x0 - side_x, y0 - side_y)
    out, back = (
        (middle_x + side_x / 2, middle_y + side_y / 2),
        (
            middle_x - side_x / 2,
            middle_y - side_y / 2,
        ),
    )
    path = _outline([begin, out, (tip_x, tip_y), back, end])
    return Line(tie.source, tie.target, tie.n, path)


def _outline(points: list[Point]) -> str:
    """Two curves through five points, in whole parts of a unit and from point to point, which is
    half as long as it would be in units."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3), (x4, y4) = [
        (round(x * FINENESS), round(y * FINENESS)) for x, y in points
    ]
    return (
        f"M{x0} {y0}q{x1 - x0} {y1 - y0} {x2 - x0} {y2 - y0}"
        f"q{x3 - x2} {y3 - y2} {x4 - x2} {y4 - y2}"
    )


def _nodes(
    actors: Sequence[Actor], ties: Sequence[Tie], drawn: _Drawn, labels: Labels
) -> list[Node]:
    """The heaviest come last, so that they lie uppermost, and are labelled first."""
    addressed = [0] * len(actors)
    addressing = [0] * len(actors)
    for tie in ties:
        addressed[tie.source] += 1
        addressing[tie.target] += 1
    nodes = []
    for actor in sorted(range(len(actors)), key=lambda actor: (-sum(drawn.totals[actor]), actor)):
        (x, y), size, cluster = drawn.at[actor], drawn.sizes[actor], drawn.cluster_of[actor]
        label = shortened(actors[actor].name)
        placed = labels.place(label, x, y, size)
        nodes.append(
            Node(
                actor=actor,
                x=round(x, 1),
                y=round(y, 1),
                mark=mark(cluster, x, y, size),
                cluster=cluster,
                n_out=drawn.totals[actor][0],
                n_in=drawn.totals[actor][1],
                n_addressed=addressed[actor],
                n_addressing=addressing[actor],
                label=label,
                label_x=placed.x,
                label_y=placed.y,
                label_anchor=placed.anchor,
                is_labelled=placed.is_free,
            )
        )
    return nodes[::-1]


def mark(cluster: int, x: float, y: float, size: float) -> str:
    """The outline of a node's sign, by its cluster; the area tells how much is said and heard."""
    if cluster == 1:
        s = size * 0.9
        return f"M{x - s:.1f} {y - s:.1f}h{2 * s:.1f}v{2 * s:.1f}h{-2 * s:.1f}Z"
    if cluster == 2:
        s = size * 1.25
        return f"M{x:.1f} {y - s:.1f}l{s:.1f} {s:.1f}l{-s:.1f} {s:.1f}l{-s:.1f} {-s:.1f}Z"
    if cluster in (3, 4):
        s = size * 1.3 * (1 if cluster == 3 else -1)
        return f"M{x:.1f} {y - s:.1f}l{abs(s):.1f} {1.7 * s:.1f}h{-2 * abs(s):.1f}Z"
    if cluster == 5:
        s, t = size * 1.1, size * 0.5
        return (
            f"M{x - t:.1f} {y - s:.1f}h{2 * t:.1f}v{s - t:.1f}h{s - t:.1f}v{2 * t:.1f}"
            f"h{t - s:.1f}v{s - t:.1f}h{-2 * t:.1f}v{t - s:.1f}h{t - s:.1f}v{-2 * t:.1f}"
            f"h{s - t:.1f}Z"
        )
    if cluster == 0:
        return _circle(x, y, size)
    # The small ones that are left share a ring: the hole is drawn the other way round.
    return _circle(x, y, size) + _circle(x, y, size * 0.5, turn=0)


def _circle(x: float, y: float, size: float, turn: int = 1) -> str:
    arc = f"a{size:.1f} {size:.1f} 0 1 {turn}"
    return f"M{x - size:.1f} {y:.1f}{arc} {2 * size:.1f} 0{arc} {-2 * size:.1f} 0Z"


def legend_mark(cluster: int) -> str:
    """The sign of a cluster in the middle of a square of 20 units."""
    return mark(cluster, 10, 10, 7)
