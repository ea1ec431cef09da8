"""What of a network is drawn; the pages' tests tell what it is of."""

import pytest

from statements.networks import Member, Pair, drawn


def pairs(*told):
    return [Pair(*pair) for pair in told]


CHAIN = pairs((1, 2, 90), (2, 1, 80), (1, 3, 70), (2, 3, 60), (4, 1, 1), (5, 4, 1))


def test_what_fits_is_drawn_whole():
    assert drawn(CHAIN) == CHAIN


def test_of_each_the_busiest_pair_is_drawn_and_then_the_busiest_of_all():
    assert drawn(CHAIN, n_ties=5) == pairs((1, 2, 90), (2, 1, 80), (1, 3, 70), (4, 1, 1), (5, 4, 1))


def test_the_busiest_actors_are_drawn():
    assert drawn(CHAIN, n_actors=3) == CHAIN[:4]


def test_nothing_is_drawn_of_nothing():
    assert drawn([]) == []


class TestHome:
    def test_a_country_is_at_home_where_it_lies(self):
        member = Member(1, "pk", "Pakistan", "Pakistan", "Pakistan", 30.0, 70.0)
        assert member.home == (70.0, -30.0)

    def test_officials_of_a_country_are_at_home_near_it_and_apart(self):
        homes = [
            Member(pk, slug, "A", "A", "Pakistan", 30.0, 70.0).home
            for pk, slug in enumerate(["jilani", "baloch", "qureshi"])
        ]
        assert len(set(homes)) == 3
        assert all(abs(x - 70) <= 9 and abs(y + 30) <= 9 for x, y in homes)

    @pytest.mark.parametrize("key", ["x-hawaii", "guterres"])
    def test_who_has_no_place_on_the_map_has_one_that_stays(self, key):
        x, y = Member(1, key, "A", "A", None, None, None).home
        assert -180 <= x <= 180
        assert -60 <= y <= 60
        assert Member(2, key, "B", "B", None, None, None).home == (x, y)
