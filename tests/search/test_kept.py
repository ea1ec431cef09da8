"""Counts that the database keeps are those that counting gives."""

import threading
from importlib import import_module

import pytest
from django.db import connection, transaction

from statements.contacts import busiest_pairs
from statements.curation.publication import withdraw
from statements.models import Official, Party, Statement, current_revision
from statements.search import kept, matches
from statements.search.matches import Matches
from tests.counts import COUNTED, assert_true, rows
from tests.factories import (
    make_country,
    make_official,
    make_party,
    make_statement,
    make_topic,
)
from tests.search.world import search

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    """Statements of several days, sides and states."""
    jilani, abdollahian = make_official(), make_official("Hossein Amirabdollahian", country="ir")
    for day in ("2024-01-18", "2024-01-19", "2024-03", None):
        make_statement(speaker=jilani, addressee=abdollahian, said_on=day)
    make_statement(speaker=abdollahian, addressee=make_country("pk"), said_on="0001")
    make_statement(speaker=jilani, addressee=abdollahian, status="draft")


def valid(parameters):
    asked = search(parameters)
    assert asked.errors == {}
    return asked


def of(tallies, letters):
    return {token: n for token, n in tallies.tokens.items() if token[1] in letters}


def add_party():
    make_party(Statement.objects.filter(status="published").earliest("pk"), "addressee",
               make_country("tr"))  # fmt: skip


def change_party():
    Party.objects.filter(role="addressee").update(country=make_country("tr"))


def remove_party():
    Party.objects.filter(role="addressee", kind="official").delete()


def publish():
    make_statement(key="new", speaker=make_official("Another", country="tr"))


def withdraw_one():
    published = Statement.objects.filter(status="published")
    withdraw(statement=published.latest("pk"), reason="Not said.", by=None)


def change_day():
    Statement.objects.filter(said_on="2024-03").update(said_on="2023")


def add_topic():
    Statement.objects.filter(status="published").earliest("pk").topics.add(make_topic())


def delete_draft():
    Statement.objects.filter(status="draft").delete()


def take_back():
    try:
        with transaction.atomic():
            publish()
            raise RuntimeError
    except RuntimeError:
        pass


def take_part_back():
    with transaction.atomic():
        publish()
        try:
            with transaction.atomic():
                change_day()
                raise RuntimeError
        except RuntimeError:
            pass


ACTS = [
    add_party, change_party, remove_party, publish, withdraw_one, change_day, add_topic,
    delete_draft, take_back, take_part_back,
]  # fmt: skip


def test_nothing_is_counted_in_an_empty_archive():
    assert_true()
    assert kept.of_everything(60) == {"@": 0}


@pytest.mark.parametrize("act", ACTS)
def test_they_stay_true(story, act):
    before = rows(COUNTED)
    act()
    assert_true()
    is_other = rows(COUNTED) != before
    assert is_other == (act not in {delete_draft, take_back})


def test_they_stay_true_when_several_write_at_once(story):
    def write():
        try:
            for _n in range(5):
                make_statement(speaker=Official.objects.earliest("pk"))
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _n in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Statement.objects.published().count() == 20
    assert_true()


def test_they_can_be_counted_anew(story):
    rows("UPDATE statements_count SET n = n + 1 RETURNING token, n")
    rows("SELECT 1, count_anew()::text")
    assert_true()


def test_officials_who_speak_to_each_other_are_two_pairs(story):
    a, b = Official.objects.order_by("pk")
    make_statement(speaker=[a, b], addressee=[a, b])
    assert kept.pairs("Z", 100) == {f"@Z{a.pk}-{b.pk}": 5, f"@Z{b.pk}-{a.pk}": 1}
    assert_true()


def test_pairs_come_the_busiest_first_and_no_more_than_asked_for(story):
    [(first, n)] = kept.pairs("z", 1).items()
    assert (first, n) == next(iter(kept.pairs("z", 100).items()))
    assert n == max(kept.pairs("z", 100).values()) == 4


@pytest.mark.parametrize(("side", "numbers"), [("f", [4]), ("t", [1]), ("ft", [4, 1])])
def test_pairs_of_one_country(story, side, numbers):
    make_statement(speaker=make_official("Fidan", country="tr"), addressee=make_country("ir"))
    pakistan = make_country("pk").pk
    told = kept.pairs_of(f"@{side}{pakistan}", 100)
    assert list(told.values()) == numbers
    assert all(str(pakistan) in token[2:].split("-") for token in told)


def test_the_counts_of_pairs_can_be_taken_away_and_made_again(story):
    before = kept.pairs("Z", 100)
    assert before
    migration = import_module("statements.migrations.0019_pairs_of_officials").Migration
    [operation] = migration.operations
    with connection.cursor() as cursor:
        cursor.execute(operation.reverse_sql)
        assert kept.pairs("Z", 100) == {}
        publish()
        cursor.execute(operation.sql)
    assert kept.pairs("Z", 100) == before
    assert_true()


def test_nobody_waits_for_a_transaction_that_has_not_ended(story):
    """Two people publish what has the same tokens, and the second is done first."""
    done = threading.Event()

    def publish_another():
        try:
            publish()
            done.set()
        finally:
            connection.close()

    with transaction.atomic():
        make_statement(speaker=Official.objects.earliest("pk"))
        another = threading.Thread(target=publish_another)
        another.start()
        assert done.wait(10)
    another.join()
    assert_true()


def test_a_transaction_that_has_changed_something_counts_by_itself(story):
    with transaction.atomic():
        publish()
        assert kept.of_everything(60) == {}
        assert search().count.n == 6


@pytest.mark.parametrize(
    ("parameters", "without", "which"),
    [
        ("", "", ""),
        ("from=pk", "from", "f"),
        ("since=2024&until=2024", "year", "y"),
        ("from=pk&to=ir", "from", "f"),
        ("from=pk&to=ir", "to", "t"),
        ("to=pk", "from", "f"),
    ],
)
def test_a_list_is_told_the_same_as_by_counting(story, monkeypatch, parameters, without, which):
    asked = valid(parameters)._matches(without)
    told = asked.tallies(which)
    assert told.is_whole
    monkeypatch.setattr(kept, "of_everything", lambda limit: {})
    monkeypatch.setattr(kept, "across", lambda token, letter, limit: {})
    counted = asked.tallies(which)
    assert not counted.is_whole
    letters = {which} if which and which != "y" else set("ftsahmkqwbdulyz")
    assert of(told, letters) == of(counted, letters)
    if not which:
        assert (told.n, told.months, told.first) == (counted.n, counted.months, counted.first)


@pytest.mark.parametrize(
    "parameters", ["from=pk&to=ir&channel=letter", "from=pk&from=tr&to=ir&to=pk", "from=pk&q=trust"]
)
def test_what_is_asked_besides_is_counted(story, parameters):
    make_country("tr")
    assert not valid(parameters)._matches("from").tallies("f").is_whole


def test_all_are_counted_where_the_newest_would_not_tell(story, monkeypatch):
    monkeypatch.setattr(matches, "N_MATCHES", 2)
    told = search()
    assert str(told.count) == "2+"
    assert not any(facet.is_partial for facet in told.facets)
    assert sum(bar.n for bar in told.histogram) == 4


def test_pairs_are_the_busiest_of_all(story):
    [first, *_rest] = busiest_pairs(5)
    assert (first.from_country.code, first.to_country.code, first.n) == ("pk", "ir", 4)


def test_of_a_narrowed_list_nothing_is_kept():
    assert not Matches(Statement.objects.published()).tallies().is_whole


def test_they_stay_true_when_what_waits_is_checked_half_way(story):
    """As `loaddata` does, and whoever wants to know now: what comes later is counted too."""
    with transaction.atomic():
        publish()
        connection.check_constraints()
        half_way = current_revision()
        change_day()
        change_party()
    assert_true()
    assert current_revision().number > half_way.number


def test_so_they_do_when_each_change_is_checked_at_once(story):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        publish()
        change_day()
    assert_true()


def test_an_act_that_is_told_twice_is_counted_once(story):
    Statement.objects.filter(status="published").update(acts=["appeal", "appeal"])
    assert_true()
    assert kept.of_everything(60)["@kappeal"] == search("act=appeal").count.n == 5
