from itertools import combinations
from math import dist
from random import Random
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from statements.charts.places import places

WIDTH, HEIGHT = 1000, 700
FRAME = {"width": WIDTH, "height": HEIGHT}
N = 120


def world(seed=1):
    """Homes over the globe, and pairs of which few say much and many little, mostly within the
    four blocs that the numbers fall into."""
    random = Random(seed)
    homes = [(random.uniform(-180, 180), random.uniform(-60, 60)) for _ in range(N)]
    told = {}
    for _ in range(40_000):
        a, b = (min(int(random.paretovariate(0.4)), N) - 1 for _ in range(2))
        if a != b and (a % 4 == b % 4 or random.random() < 0.02):
            told[a, b] = told.get((a, b), 0) + 1
    return homes, told


def test_it_works():
    homes, told = world()
    at = places(homes, told, **FRAME)
    assert len(at) == N
    nearest = [min(dist(a, b) for b in at if b is not a) for a in at]
    assert min(nearest) > 12
    assert median(nearest) > 40


def test_who_has_to_do_with_each_other_stands_nearer():
    homes, told = world()
    at = places(homes, told, **FRAME)
    within, across = [], []
    for a, b in combinations(range(N), 2):
        (within if a % 4 == b % 4 else across).append(dist(at[a], at[b]))
    assert median(within) < 0.8 * median(across)


def test_a_day_moves_them_little():
    """One statement in two hundred more, which is months in an archive of decades."""
    homes, told = world()
    random = Random(2)
    later = dict(told)
    pairs, counts = list(told), list(told.values())
    for pair in random.choices(pairs, counts, k=sum(counts) // 200):
        later[pair] += 1
    before, after = places(homes, told, **FRAME), places(homes, later, **FRAME)
    moved = sorted(dist(a, b) for a, b in zip(before, after, strict=True))
    assert median(moved) < 0.005 * WIDTH
    assert moved[int(N * 0.9)] < 0.02 * WIDTH


def test_a_newcomer_leaves_the_others_about_where_they_were():
    homes, told = world()
    before = places(homes, told, **FRAME)
    after = places([*homes, (20.0, 10.0)], {**told, (N, 3): 1}, **FRAME)
    moved = sorted(dist(a, b) for a, b in zip(before, after[:N], strict=True))
    assert median(moved) < 0.02 * WIDTH


points = st.tuples(st.integers(-180, 180), st.integers(-90, 90))


@given(st.lists(points, min_size=1, max_size=30))
def test_all_stand_within_the_frame_and_apart(homes):
    at = places(homes, {(0, n): n for n in range(1, len(homes))}, **FRAME)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in at)
    assert all(dist(a, b) > 10 for a, b in combinations(at, 2))
    assert at == places(homes, {(0, n): n for n in range(1, len(homes))}, **FRAME)


def test_nobody_has_no_place():
    assert places([], {}, **FRAME) == []


def test_one_alone_stands_in_the_middle():
    assert places([(3, 4)], {}, **FRAME) == [(500, 350)]
