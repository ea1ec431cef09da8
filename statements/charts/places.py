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
N_PULLS = 15
EVENED = 0.8  # how far places are made as dense everywhere
N_PUSHES = 30
PULLED_BACK = 0.06


def places(
    homes: Sequence[Point], weights: Mapping[tuple[int, int], float], *, width: float, height: float
) -> list[Point]:
    """The place of each node within a frame; homes may lie in any coordinates.

    300 nodes and 700 links cost about 50 ms.
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
    links: list[list[tuple[int, float]]] = [[] for _ in homes]
    for (source, target), weight in weights.items():
        links[source].append((target, sqrt(weight)))
        links[target].append((source, sqrt(weight)))
    totals = [sum(weight for _other, weight in beside) for beside in links]
    xs, ys = [x for x, _y in homes], [y for _x, y in homes]
    for _pull in range(N_PULLS):
        before_x, before_y = list(xs), list(ys)
        for node, beside in enumerate(links):
            if not beside:
                continue
            x = sum(before_x[other] * weight for other, weight in beside) / totals[node]
            y = sum(before_y[other] * weight for other, weight in beside) / totals[node]
            xs[node] = HELD * homes[node][0] + (1 - HELD) * x
            ys[node] = HELD * homes[node][1] + (1 - HELD) * y
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
    for push in range(N_PUSHES):
        most = reach * 0.35 * (1 - push / N_PUSHES)  # later pushes are smaller, until none is left
        for node, (by_x, by_y) in enumerate(_pushes(xs, ys, reach)):
            by_x += PULLED_BACK * (start[node][0] - xs[node])
            by_y += PULLED_BACK * (start[node][1] - ys[node])
            shrink = min(1.0, most / (hypot(by_x, by_y) or 1.0))
            xs[node] = min(max(xs[node] + by_x * shrink, 0.0), width)
            ys[node] = min(max(ys[node] + by_y * shrink, 0.0), height)
    return list(zip(xs, ys, strict=True))


def _pushes(xs: list[float], ys: list[float], reach: float) -> list[list[float]]:
    """How far each node is pushed by those within reach, which a grid of squares finds."""
    squares: dict[tuple[int, int], list[int]] = {}
    for node, x in enumerate(xs):
        squares.setdefault((int(x / reach), int(ys[node] / reach)), []).append(node)
    pushes = [[0.0, 0.0] for _ in xs]
    for (column, row), here in squares.items():
        # Each pair of squares once: the rest of the neighbours look this way.
        beyond = [
            other
            for beside in ((1, -1), (1, 0), (1, 1), (0, 1))
            for other in squares.get((column + beside[0], row + beside[1]), ())
        ]
        for place, node in enumerate(here):
            x, y, push = xs[node], ys[node], pushes[node]
            for other in (*here[place + 1 :], *beyond):
                by_x, by_y = x - xs[other], y - ys[other]
                distance = hypot(by_x, by_y)
                if distance >= reach:
                    continue
                if distance < 1e-6:  # two in one place part along a line of their own
                    by_x, by_y, distance = 1.0, (node - other) % 7 / 7, 1.0
                share = 0.5 * (reach - distance) / distance
                push[0] += by_x * share
                push[1] += by_y * share
                pushes[other][0] -= by_x * share
                pushes[other][1] -= by_y * share
    return pushes
