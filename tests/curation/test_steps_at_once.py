"""Two accounts that take steps with one statement at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from statements import curation
from statements.curation import RefusedError
from statements.models import Review, Statement
from tests.factories import make_account, make_statement

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("transactions")]


def at_once(*steps):
    """Takes all steps from threads of their own; returns what each came to."""
    barrier = Barrier(len(steps))

    def take(step):
        try:
            barrier.wait(timeout=10)
            return step().status
        except RefusedError as refused:
            return refused.reasons[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as threads:
        return sorted(threads.map(take, steps))


@pytest.fixture
def in_review():
    return make_statement(status="in_review", published_at=None)


def test_of_two_who_publish_one_is_told_that_it_is_done(in_review):
    one, two = (make_account(name, role="Publisher") for name in ("one", "two"))
    told = at_once(
        lambda: curation.publish(statement=in_review, by=one),
        lambda: curation.publish(statement=in_review, by=two),
    )
    assert told == ["It is published already.", "published"]
    assert Review.objects.filter(step="published").count() == 1


def test_of_one_who_publishes_and_one_who_sends_back_only_one_does(in_review, settings):
    settings.REQUIRE_REVIEW = True
    one, two = (make_account(name, role="Publisher") for name in ("one", "two"))
    told = at_once(
        lambda: curation.publish(statement=in_review, by=one),
        lambda: curation.return_to_draft(statement=in_review, by=two, note="Which day?"),
    )
    status = Statement.objects.get().status
    assert status in told
    assert status in ("published", "draft")
    assert Review.objects.count() == 1
