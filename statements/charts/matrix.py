"""A network as a matrix: who speaks by rows, who is addressed by columns, clusters side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .labels import shortened, width_of
from .network import Tie

PITCH = 14  # of rows and columns
LEAST_CELL, MOST_CELL = 3.0, 13.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The statements from one actor to another, as a square of a size that grows with them."""

    source: int
    target: int
    n: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a row and a column; `at` is the middle of either."""

    actor: int
    label: str
    at: float


@dataclass(frozen=True, slots=True)
class MatrixChart:
    """What a template draws: three pictures, of which that of the cells is square."""

    cells: list[Cell]
    names: list[Name]
    borders: list[int]  # between clusters
    extent: int
    names_extent: int
    pitch: int = PITCH


def matrix_chart(
    names: Sequence[str], ties: Sequence[Tie], members: Sequence[Sequence[int]]
) -> MatrixChart:
    """Draws the ties; `members` are the actors of each cluster, in the order of their rows."""
    order = [actor for cluster in members for actor in cluster]
    place = {actor: n for n, actor in enumerate(order)}
    most = max((tie.n for tie in ties), default=0) or 1
    borders, n_before = [], 0
    for cluster in members[:-1]:
        n_before += len(cluster)
        borders.append(n_before * PITCH)
    told = [
        Name(actor, shortened(names[actor]), place[actor] * PITCH + PITCH / 2) for actor in order
    ]
    return MatrixChart(
        cells=[_cell(tie, place, most) for tie in ties],
        names=told,
        borders=borders,
        extent=len(order) * PITCH,
        names_extent=round(max((width_of(name.label) for name in told), default=0)) + 12,
    )


def _cell(tie: Tie, place: dict[int, int], most: int) -> Cell:
    size = round(LEAST_CELL + (MOST_CELL - LEAST_CELL) * sqrt(tie.n / most), 1)
    inset = (PITCH - size) / 2
    return Cell(
        source=tie.source,
        target=tie.target,
        n=tie.n,
        x=round(place[tie.target] * PITCH + inset, 1),
        y=round(place[tie.source] * PITCH + inset, 1),
        size=size,
    )
