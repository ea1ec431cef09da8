"""Counts as a few levels, each so many times as high as the one before, for shades."""

N_LEVELS = 4

Legend = list[tuple[int, int, int]]


def level_bounds(most: int) -> list[int]:
    """The most that each level holds: the powers of one root of the greatest count.

    Where there is little there are fewer levels, and the highest is always there.
    """
    if most <= 0:
        return []
    return sorted({round(most ** (level / N_LEVELS)) for level in range(1, N_LEVELS)} | {most})


def level_of(n: int, bounds: list[int]) -> int:
    """The level of a count, 0 for none."""
    if n <= 0:
        return 0
    return next(level for level, top in enumerate(bounds, _first_level(bounds)) if n <= top)


def legend_of(bounds: list[int]) -> Legend:
    """Each level with the least and the most that it holds."""
    below = [0, *bounds]
    return [
        (level, below[place] + 1, bounds[place])
        for place, level in enumerate(range(_first_level(bounds), N_LEVELS + 1))
    ]


def _first_level(bounds: list[int]) -> int:
    return N_LEVELS - len(bounds) + 1
