"""The Equal Earth projection, on which areas are true, and lines with fewer points.

Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of
Geographical Information Science 33 (2018), 454-465.
"""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from math import asin, cos, radians, sin, sqrt

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2

Point = tuple[float, float]


def equal_earth(longitude: float, latitude: float) -> Point:
    """Projects degrees to the plane of a sphere of radius 1: x to the east, y to the north."""
    theta = asin(M * sin(radians(latitude)))
    square = theta * theta
    sixth = square * square * square
    slope = A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)
    x = radians(longitude) * cos(theta) / (M * slope)
    return x, theta * (A1 + A2 * square + sixth * (A3 + A4 * square))


def simplify(points: Sequence[Point], least_area: float) -> list[int]:
    """Gives the places of the points that remain when small triangles are taken away.

    The point whose triangle with its neighbours is smallest goes first, as long as that is smaller
    than `least_area`; both ends stay. Visvalingam and Whyatt, "Line generalisation by repeated
    elimination of points", The Cartographic Journal 30 (1993), 46-51.
    """
    before = [n - 1 for n in range(len(points))]
    after = [n + 1 for n in range(len(points))]
    areas = [
        _area(points[n - 1], points[n], points[n + 1]) if 0 < n < len(points) - 1 else float("inf")
        for n in range(len(points))
    ]
    heap = [(area, n) for n, area in enumerate(areas) if area < float("inf")]
    heapify(heap)
    is_gone = [False] * len(points)
    while heap:
        area, n = heappop(heap)
        if area >= least_area:
            break
        if is_gone[n] or area != areas[n]:
            continue
        is_gone[n] = True
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for m in (left, right):
            if 0 < m < len(points) - 1:
                # What was lost already must not make its neighbour seem smaller.
                areas[m] = max(_area(points[before[m]], points[m], points[after[m]]), area)
                heappush(heap, (areas[m], m))
    return [n for n, gone in enumerate(is_gone) if not gone]


def ring_area(points: Sequence[Point]) -> float:
    """The area that a closed line surrounds."""
    doubled = sum(x * points[n - 1][1] - points[n - 1][0] * y for n, (x, y) in enumerate(points))
    return abs(doubled) / 2


def _area(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
