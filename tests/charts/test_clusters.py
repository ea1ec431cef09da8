import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.charts.clusters import clusters

TRIANGLES = {(0, 1): 5, (1, 2): 5, (2, 0): 5, (3, 4): 4, (4, 5): 4, (5, 3): 4, (2, 3): 1}

weights = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1]),
    st.integers(1, 1000),
    max_size=60,
)


def modularity(label, told):
    """As M. E. J. Newman defines it, straight from the definition."""
    total = 2 * sum(told.values())
    degrees = [0] * 12
    for (source, target), n in told.items():
        degrees[source] += n
        degrees[target] += n
    within = sum(2 * n for (source, target), n in told.items() if label[source] == label[target])
    expected = sum(
        degrees[a] * degrees[b] for a in range(12) for b in range(12) if label[a] == label[b]
    )
    return within / total - expected / total**2


def test_it_works():
    assert clusters(6, TRIANGLES) == [0, 0, 0, 1, 1, 1]


def test_directions_are_added_up():
    assert clusters(4, {(0, 1): 3, (1, 0): 3, (2, 3): 9, (3, 2): 9, (1, 2): 1}) == [1, 1, 0, 0]


def test_who_has_to_do_with_nobody_is_alone():
    assert clusters(3, {(0, 1): 1}) == [0, 0, 1]


@pytest.mark.parametrize("n", [0, 1, 3])
def test_without_a_tie_everybody_is_alone(n):
    assert clusters(n, {}) == list(range(n))


@given(weights)
def test_the_parting_is_at_least_as_good_as_none(told):
    label = clusters(12, told)
    assert sorted(set(label)) == list(range(max(label) + 1))
    if told:
        best = max(modularity([0] * 12, told), modularity(list(range(12)), told))
        assert modularity(label, told) >= best - 1e-6


@given(weights)
def test_the_same_network_always_falls_into_the_same_clusters(told):
    assert clusters(12, told) == clusters(12, dict(reversed(told.items())))
