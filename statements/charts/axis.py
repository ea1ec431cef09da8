"""Columns beside each other on an axis of time: how wide, and which of them are labelled."""

from collections.abc import Sequence
from dataclasses import dataclass

N_LABEL_CHARACTERS = 30  # what a screen of 320 pixels holds beside each other
BAR_SHARE, WIDEST = 0.78, 12.0


def round_up(n: int) -> int:
    """Gives the next of 1, 2, 4, 6, 8, 10, 20, 40 ... that holds `n`."""
    power = 1
    while power * 10 < n:
        power *= 10
    return next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= n)


def plot_width(top: int) -> float:
    """Leaves room at the end for the numbers of the grid, which bars must not cover."""
    return 98 - 2.6 * len(str(top))


def label_step(labels: Sequence[str]) -> int:
    """Every which label there is room for on a narrow screen."""
    longest = max(map(len, labels), default=1)
    n_labels = max(2, N_LABEL_CHARACTERS // (longest + 2))
    return max(1, -(-len(labels) // n_labels))


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the nth of so many columns stands, in per cent of the whole width."""

    n: int
    n_columns: int
    plot: float

    @property
    def share(self) -> float:
        return self.plot / self.n_columns

    @property
    def start(self) -> float:
        return self.n * self.share

    @property
    def middle(self) -> float:
        return self.start + self.share / 2

    @property
    def bar(self) -> tuple[float, float]:
        """The start and the width of the bars."""
        width = min(self.share * BAR_SHARE, WIDEST)
        return self.start + (self.share - width) / 2, width

    @property
    def label(self) -> tuple[str, float]:
        """How the label is anchored and where: the outermost of many must not hang over."""
        if self.n_columns > 6 and self.n == 0:
            return "start", self.start
        if self.n_columns > 6 and self.n == self.n_columns - 1:
            return "end", self.start + self.share
        return "middle", self.middle

    def is_labelled(self, step: int) -> bool:
        return (self.n_columns - 1 - self.n) % step == 0


def percent(number: float) -> str:
    return f"{round(number, 3):g}%"
