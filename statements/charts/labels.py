"""Names beside what they name, where there is room for them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHARACTER = 6.6  # the usual width of a letter of 12 units; some scripts have letters twice as wide
LINE = 13.0
GAP = 3.0
N_CHARACTERS = 26
SQUARE = 40.0

Box = tuple[float, float, float, float]  # left, top, right, bottom
Disc = tuple[tuple[float, float], float]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a name begins, is centred or ends; where none is free it stands on others."""

    x: float
    y: float
    anchor: str
    is_free: bool


class Labels:
    """The names of a drawing; each takes its room from those that come after."""

    def __init__(self, width: float, height: float, discs: Sequence[Disc]) -> None:
        self._width, self._height = width, height
        self._taken: dict[tuple[int, int], list[Box]] = {}
        for (x, y), size in discs:
            self._take((x - size, y - size, x + size, y + size))

    def place(self, text: str, x: float, y: float, size: float) -> Placed:
        """Finds room for the name of what stands at a place, of so many units to its edge."""
        width = width_of(text)
        own = (x - size, y - size, x + size, y + size)
        for placed, box in _beside(x, y, size, width):
            if self._is_free(box, own):
                self._take(box)
                return placed
        # It is shown when it is asked for, and then stays within the drawing.
        is_left = x + size + GAP + width > self._width
        at, anchor = (x - size - GAP, "end") if is_left else (x + size + GAP, "start")
        return Placed(round(at, 1), round(y + 4, 1), anchor, is_free=False)

    def _take(self, box: Box) -> None:
        for square in _squares(box):
            self._taken.setdefault(square, []).append(box)

    def _is_free(self, box: Box, own: Box) -> bool:
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self._width or bottom > self._height:
            return False
        return not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for square in _squares(box)
            for other in self._taken.get(square, ())
            if other != own
        )


def _beside(x: float, y: float, size: float, width: float) -> Iterator[tuple[Placed, Box]]:
    """The four places that a name may take, the best first, and the room that it then needs."""
    right, left = x + size + GAP, x - size - GAP
    half = LINE / 2
    yield Placed(round(right, 1), round(y + 4, 1), "start", True), (
        right, y - half, right + width, y + half,
    )  # fmt: skip
    yield Placed(round(left, 1), round(y + 4, 1), "end", True), (
        left - width, y - half, left, y + half,
    )  # fmt: skip
    above, below = y - size - GAP, y + size + GAP
    yield Placed(round(x, 1), round(below + 10, 1), "middle", True), (
        x - width / 2, below, x + width / 2, below + LINE,
    )  # fmt: skip
    yield Placed(round(x, 1), round(above, 1), "middle", True), (
        x - width / 2, above - LINE, x + width / 2, above,
    )  # fmt: skip


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(edge // SQUARE) for edge in box)
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield column, row


def width_of(text: str) -> float:
    """About how wide a text of 12 units is."""
    n_wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return CHARACTER * (len(text) + n_wide)


def shortened(name: str, n_characters: int = N_CHARACTERS) -> str:
    """A name that no drawing is too small for."""
    return name if len(name) <= n_characters else name[: n_characters - 1].rstrip() + "…"
