"""Two curators at once: whoever comes second waits, and is told."""

import threading

import pytest
from django.db import IntegrityError, connections, transaction

from statements import curation
from statements.models import Official, Party, Rearrangement, Redirect
from tests.factories import make_official, make_statement
from tests.interchange.test_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("transactions")]


@pytest.fixture
def chief(django_user_model):
    return django_user_model.objects.create_superuser("chief")


def test_one_is_merged_into_one_of_two(chief):
    double = make_official("Double", slug="double")
    kept = [make_official("One"), make_official("Two")]
    statement = make_statement(speaker=double)

    def merge(into):
        return curation.merge(kept=into, absorbed=double, choices={}, by=chief)

    found = at_once(lambda: merge(kept[0]), lambda: merge(kept[1]))
    [done] = [one for one in found if isinstance(one, Rearrangement)]
    [refused] = [one for one in found if isinstance(one, curation.RefusedError)]
    assert refused.reasons == ("One of the two is no longer there.",)
    assert statement.parties.get().official_id == done.row_id
    assert Redirect.objects.filter(old_slug="double").count() == 1


def test_two_merged_into_each_other_leave_one(chief):
    one, two = make_official("One"), make_official("Two")
    found = at_once(
        lambda: curation.merge(kept=one, absorbed=two, choices={}, by=chief),
        lambda: curation.merge(kept=two, absorbed=one, choices={}, by=chief),
    )
    assert sorted(type(one).__name__ for one in found) == ["Rearrangement", "RefusedError"]
    assert Official.objects.filter(name__in=["One", "Two"]).count() == 1


def test_a_statement_entered_meanwhile_refers_to_nobody_gone(chief):
    """It is refused when it comes to be kept, and nothing refers to what was merged away."""
    kept, double = make_official("Kept"), make_official("Double")
    statement = make_statement(speaker=kept)
    is_entered, is_merged = threading.Event(), threading.Event()

    def enter():
        with transaction.atomic():
            Party.objects.create(statement=statement, role="subject", official=double)
            is_entered.set()
            assert is_merged.wait(30)

    def merge():
        assert is_entered.wait(30)
        try:
            return curation.merge(kept=kept, absorbed=double, choices={}, by=chief)
        finally:
            is_merged.set()
            connections.close_all()

    entered, merged = at_once(enter, merge)
    assert isinstance(entered, IntegrityError)
    assert isinstance(merged, Rearrangement)
    assert not Party.objects.filter(official=double.pk).exists()


def test_an_undo_twice_at_once_is_done_once(chief):
    kept, double = make_official("Kept"), make_official("Double", slug="double")
    done = curation.merge(kept=kept, absorbed=double, choices={}, by=chief)
    works = [lambda: curation.undo(rearrangement=done, by=chief)] * 2
    found = at_once(*works)
    assert sorted(type(one).__name__ for one in found) == ["Rearrangement", "RefusedError"]
    assert Official.objects.filter(slug="double").count() == 1
