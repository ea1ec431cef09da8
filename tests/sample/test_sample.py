from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from statements.models import Outlet, Statement
from statements.sample import write
from statements.sample.world import World
from tests.counts import assert_true

pytestmark = pytest.mark.django_db
DERIVED = """
SELECT id, account, basis, search_vector,
    (SELECT array_agg(facet ORDER BY facet) FROM unnest(facets) AS facet)
FROM statements_statement ORDER BY id
"""


def make(n_statements, seed=3):
    out = StringIO()
    call_command("make_sample", "--statements", str(n_statements), "--seed", str(seed), stdout=out)
    return out.getvalue()


def derived():
    with connection.cursor() as cursor:
        cursor.execute(DERIVED)
        return cursor.fetchall()


def said_so(said):
    names = [speaker.slug for speaker in [*said.speakers, *said.addressees]]
    return said.key, said.words, said.channel, said.topics, said.original, names


def test_it_works():
    assert make(300) == "created 300 synthetic statements\n"
    assert Statement.objects.published().count() == 300
    assert_true()


def test_what_it_derives_is_what_the_database_derives():
    make(300)
    made = derived()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_statement SET id = id")
    assert derived() == made


def test_the_same_seed_says_the_same():
    first, again, other = (World(seed, 60, 250).statements() for seed in (4, 4, 5))
    told = [said_so(said) for said in first]
    assert told == [said_so(said) for said in again]
    assert told != [said_so(said) for said in other]


def test_a_sample_is_made_once():
    make(20)
    with pytest.raises(CommandError, match="seed 3 is in the archive already"):
        make(20)
    assert Statement.objects.count() == 20


def test_it_says_that_it_is_synthetic():
    make(20)
    assert set(Statement.objects.values_list("note", flat=True)) == {
        "Synthetic: made by make_sample, said by nobody."
    }
    assert all("Synthetic" in name for name in Outlet.objects.values_list("name", flat=True))


def test_it_stands_beside_what_is_there(client):
    make(40)
    statement = Statement.objects.newest_first().first()
    assert client.get(statement.get_absolute_url()).status_code == 200
    assert client.get("/statements/?q=government").status_code == 200


@pytest.mark.parametrize("arguments", [("0", "1"), ("-5", "1"), ("10", "-1")])
def test_a_number_that_means_nothing_is_refused(arguments):
    with pytest.raises(CommandError):
        make(*arguments)


def test_a_second_sample_among_many_leaves_the_indexes_and_derives_the_same():
    make(300)
    make(20, seed=4)
    made = derived()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_statement SET id = id")
    assert derived() == made
    assert len(made) == 320


def test_statements_lie_in_order_of_day():
    make(200)
    days = list(Statement.objects.order_by("id").values_list("sort_on", flat=True))
    assert days == sorted(days)


def test_nothing_is_left_of_a_sample_that_ends_early(monkeypatch):
    before = indexes()

    def fail(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(write, "_copy", fail)
    with pytest.raises(KeyboardInterrupt):
        make(100)
    assert not Statement.objects.exists()
    assert not Outlet.objects.exists()
    assert indexes() == before


def test_indexes_and_keys_are_what_they_were():
    before = indexes()
    make(100)
    assert indexes() == before


def indexes():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, indkey::text, indisunique, indpred IS NULL"
            " FROM pg_index WHERE indrelid::regclass::text LIKE 'statements_%' ORDER BY 1"
        )
        found = cursor.fetchall()
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, contype FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'statements_%' ORDER BY 1, 2"
        )
        return found + cursor.fetchall()
