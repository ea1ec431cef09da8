"""Token buckets: who is slowed, who is not, and for how long."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from statements.accounts import allowances, throttling
from statements.models import Allowance, LogIn

HERE, THERE = "192.0.2.1", "198.51.100.7"
N = throttling.PAIR.n


def use_up(username="curator", address=HERE, n=N):
    return [throttling.seconds_to_wait(username, address) for _n in range(n)]


def wind_back(seconds):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE statements_allowance SET at = at - make_interval(secs => %s)", [seconds]
        )


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_it_works(self):
        assert use_up() == [0] * N
        waits = use_up(n=2)
        assert all(0 < wait <= throttling.PAIR.per / N for wait in waits)

    def test_it_fills_up_by_itself(self):
        use_up(n=N + 1)
        wind_back(throttling.PAIR.per / N)
        assert use_up(n=2)[0] == 0
        assert use_up(n=1) != [0]

    def test_it_never_holds_more_than_it_may(self):
        use_up(n=1)
        wind_back(1_000_000)
        assert use_up(n=N + 1)[N] > 0

    def test_being_refused_costs_nothing_more(self):
        use_up(n=N)
        first, *_others, last = use_up(n=20)
        assert last <= first

    def test_a_log_in_that_is_accepted_resets_it(self):
        use_up(n=N)
        throttling.accepted("curator", HERE)
        assert use_up() == [0] * N

    def test_the_same_name_from_elsewhere_is_not_slowed(self):
        use_up(n=N + 1)
        assert use_up(address=THERE, n=1) == [0]

    def test_another_name_from_there_is_not_slowed(self):
        use_up(n=N + 1)
        assert use_up("colleague", n=1) == [0]

    def test_the_shape_of_its_letters_gains_nobody_attempts(self):
        use_up(n=N)
        assert use_up("CURATOR", n=1) != [0]

    def test_the_addresses_of_one_network_are_counted_together(self):
        use_up(address="2001:db8::1", n=N)
        assert use_up(address="2001:db8::2", n=1) != [0]
        assert use_up(address="2001:db8:0:1::1", n=1) == [0]

    def test_an_address_that_is_not_told(self):
        assert use_up(address=None, n=N + 1)[N] > 0

    def test_many_names_from_one_address_are_slowed(self):
        n = throttling.ADDRESS.n
        waits = [throttling.seconds_to_wait(f"name-{k}", HERE) for k in range(n + 1)]
        assert waits[:n] == [0] * n
        assert waits[n] > 0

    def test_one_name_from_many_addresses_is_slowed(self):
        n = throttling.USERNAME.n
        waits = [throttling.seconds_to_wait("curator", f"203.0.113.{k}") for k in range(n + 1)]
        assert waits[n] > 0

    def test_who_logged_in_from_there_before_passes_a_crowd_by(self):
        LogIn.objects.create(username="curator", address=HERE, result="accepted")
        for k in range(throttling.ADDRESS.n + 1):
            throttling.seconds_to_wait(f"name-{k}", HERE)
        assert use_up("newcomer", n=1) != [0]
        assert use_up("curator", n=1) == [0]

    def test_full_buckets_are_forgotten(self):
        use_up(n=1)
        assert allowances.forget_full() == 0
        wind_back(2 * 24 * 3600)
        assert allowances.forget_full() == 3
        assert not Allowance.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_instant_are_all_counted():
    def attempt(_n):
        try:
            return throttling.seconds_to_wait("curator", HERE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(attempt, range(40)))
    assert waits.count(0) == N
