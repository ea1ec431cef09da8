"""Where the nodes of a network stand, so that a little more said moves them a little.

Each has a home that does not depend on the network. It stands between its home and those that it
has to do with, as in W. T. Tutte, "How to draw a graph", 1963, but that there some are nailed down
and here each is held a little. Then they are spread over the room there is, and pushed apart as in
T. Fruchterman and E. Reingold, "Graph drawing by force-directed placement", 1991, by neighbours
alone. Nothing is drawn by lot.
"""

from collections.abc import Mapping, Sequence
from math import hypot, sqrt

Point = tuple[float, float]

HELD = 0.2  # how much of a place is the node's home
N_PULLS = 12
EVENED = 0.8  # how far places are made as dense everywhere
N_PUSHES = 16
N_PUSHES_A_LOOK = 4  # until it is looked up again who is near
LOOKED_BEYOND = 1.2
PULLED_BACK = 0.06


def places(
    homes: Sequence[Point], weights: Mapping[tuple[int, int], float], *, width: float, height: float
) -> list[Point]:
    """The place of each node within a frame; homes may lie in any coordinates.

    300 nodes and 500 links cost about 20 ms.
    """
    if len(homes) < 2:
        return [(width / 2, height / 2) for _ in homes]
    pulled = _pulled(homes, weights)
    spread = list(
        zip(
            _spread([x for x, _y in pulled], width),
            _spread([y for _x, y in pulled], height),
            strict=True,
        )
    )
    return _pushed_apart(spread, width=width, height=height)


def _pulled(homes: Sequence[Point], weights: Mapping[tuple[int, int], float]) -> list[Point]:
    """Draws each node from its home to the middle of those that it has to do with."""
    totals = [0.0] * len(homes)
    for (source, target), weight in weights.items():
        totals[source] += sqrt(weight)
        totals[target] += sqrt(weight)
    links = [
        (
            source,
            target,
            (1 - HELD) * sqrt(w) / totals[source],
            (1 - HELD) * sqrt(w) / totals[target],
        )
        for (source, target), w in weights.items()
    ]
    held = [HELD if total else 1.0 for total in totals]
    home_xs = [x * hold for (x, _y), hold in zip(homes, held, strict=True)]
    home_ys = [y * hold for (_x, y), hold in zip(homes, held, strict=True)]
    xs, ys = [x for x, _y in homes], [y for _x, y in homes]
    for _pull in range(N_PULLS):
        new_xs, new_ys = list(home_xs), list(home_ys)
        for source, target, to_source, to_target in links:
            new_xs[source] += to_source * xs[target]
            new_ys[source] += to_source * ys[target]
            new_xs[target] += to_target * xs[source]
            new_ys[target] += to_target * ys[source]
        xs, ys = new_xs, new_ys
    return list(zip(xs, ys, strict=True))


def _spread(values: list[float], length: float) -> list[float]:
    """Fills a length: where nodes crowd there is more room, where they are few there is less."""
    low, high = min(values), max(values)
    ordered = sorted(range(len(values)), key=lambda node: (values[node], node))
    ranks = [0.0] * len(values)
    for rank, node in enumerate(ordered):
        ranks[node] = rank / (len(values) - 1)
    extent = (high - low) or 1.0
    return [
        length * (EVENED * ranks[node] + (1 - EVENED) * (value - low) / extent)
        for node, value in enumerate(values)
    ]


def _pushed_apart(start: list[Point], *, width: float, height: float) -> list[Point]:
    """Gives every node its room, which all have alike, and keeps it near where it was."""
    reach = 1.15 * sqrt(width * height / len(start))
    xs, ys = [x for x, _y in start], [y for _x, y in start]
    near: list[tuple[int, int]] = []
    for push in range(N_PUSHES):
        if push % N_PUSHES_A_LOOK == 0:
            near = _near(xs, ys, reach * LOOKED_BEYOND)
        most = reach * 0.35 * (1 - push / N_PUSHES)  # later pushes are smaller, until none is left
        by_xs, by_ys = _pushes(xs, ys, near, reach)
        for node, (start_x, start_y) in enumerate(start):
            x, y = xs[node], ys[node]
            by_x = by_xs[node] + PULLED_BACK * (start_x - x)
            by_y = by_ys[node] + PULLED_BACK * (start_y - y)
            shrink = min(1.0, most / (hypot(by_x, by_y) or 1.0))
            xs[node] = min(max(x + by_x * shrink, 0.0), width)
            ys[node] = min(max(y + by_y * shrink, 0.0), height)
    return list(zip(xs, ys, strict=True))


def _near(xs: list[float], ys: list[float], reach: float) -> list[tuple[int, int]]:
    """The pairs of nodes that may be within reach, which a grid of squares finds."""
    squares: dict[tuple[int, int], list[int]] = {}
    for node, x in enumerate(xs):
        squares.setdefault((int(x / reach), int(ys[node] / reach)), []).append(node)
    near = []
    for (column, row), here in squares.items():
        # Each pair of squares once: the rest of the neighbours look this way.
        beyond = [
            other
            for right, down in ((1, -1), (1, 0), (1, 1), (0, 1))
            for other in squares.get((column + right, row + down), ())
        ]
        for place, node in enumerate(here):
            x, y = xs[node], ys[node]
            near += [
                (node, other)
                for other in (*here[place + 1 :], *beyond)
                if -reach < x - xs[other] < reach and -reach < y - ys[other] < reach
            ]
    return near


def _pushes(
    xs: list[float], ys: list[float], near: list[tuple[int, int]], reach: float
) -> tuple[list[float], list[float]]:
    """How far each node is pushed by those within reach: half of what is missing, by both."""
    by_xs, by_ys = [0.0] * len(xs), [0.0] * len(xs)
    reached = reach * reach
    for node, other in near:
        by_x, by_y = xs[node] - xs[other], ys[node] - ys[other]
        square = by_x * by_x + by_y * by_y
        if square >= reached:
            continue
        if square < 1e-12:  # two in one place part along a line of their own
            by_x, by_y = 1.0, (node - other) % 7 / 7
            square = 1.0
        share = 0.5 * (reach / sqrt(square) - 1)
        by_x *= share
        by_y *= share
        by_xs[node] += by_x
        by_ys[node] += by_y
        by_xs[other] -= by_x
        by_ys[other] -= by_y
    return by_xs, by_ys
