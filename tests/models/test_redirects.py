"""A slug that is given up leads on for ever, and nobody else may take it."""

import pytest
from django.db import IntegrityError, transaction

from statements.models import Official, Redirect, Renamed
from tests.factories import (
    make_article,
    make_country,
    make_event,
    make_official,
    make_organization,
    make_outlet,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db

MADE = {
    "official": make_official,
    "organization": make_organization,
    "post": make_post,
    "outlet": make_outlet,
    "article": make_article,
    "event": make_event,
    "topic": make_topic,
}


def rename(row, slug, column="slug"):
    type(row).objects.filter(pk=row.pk).update(**{column: slug})
    row.refresh_from_db()


def successor(slug, kind="official"):
    return Redirect.objects.successor(kind, slug)


def test_everything_with_a_slug_that_may_change_is_known():
    assert set(Renamed.codes()) == {*MADE, "country"}


@pytest.mark.parametrize("kind", MADE)
def test_a_renamed_slug_leads_on(kind):
    rename(MADE[kind](slug="old"), "new")
    assert successor("old", kind) == "new"
    assert successor("new", kind) == "new"


def test_a_country_that_has_another_code_leads_on():
    rename(make_country("x-hawaii"), "x-kingdom-of-hawaii", "code")
    assert successor("x-hawaii", "country") == "x-kingdom-of-hawaii"


def test_a_slug_that_was_never_there_is_its_own():
    assert successor("nobody") == "nobody"


def test_renamed_twice_leads_all_the_way():
    official = make_official(slug="first")
    rename(official, "second")
    rename(official, "third")
    assert successor("first") == successor("second") == "third"


def test_renamed_back_the_present_slug_is_no_redirect():
    official = make_official(slug="first")
    rename(official, "second")
    rename(official, "first")
    assert successor("first") == "first"
    assert successor("second") == "first"


def test_renamed_back_over_two_steps():
    official = make_official(slug="first")
    for slug in ("second", "third", "first"):
        rename(official, slug)
    assert {successor(slug) for slug in ("first", "second", "third")} == {"first"}


def test_to_and_fro_many_times():
    official = make_official(slug="first")
    for _ in range(5):
        rename(official, "second")
        rename(official, "first")
    assert successor("second") == "first"
    assert Redirect.objects.count() == 1


def test_nobody_else_may_take_a_slug_that_was_given_up():
    rename(make_official(slug="old"), "new")
    with pytest.raises(IntegrityError, match="leads elsewhere"), transaction.atomic():
        make_official(slug="old")


def test_nor_be_renamed_to_it():
    rename(make_official(slug="old"), "new")
    other = make_official(slug="other")
    with pytest.raises(IntegrityError, match="leads elsewhere"), transaction.atomic():
        rename(other, "old")


def test_something_of_another_kind_may():
    rename(make_official(slug="old"), "new")
    assert make_topic(slug="old").pk


def test_a_change_of_something_else_is_no_renaming():
    official = make_official(slug="same")
    Official.objects.filter(pk=official.pk).update(name="Another Name", slug="same")
    assert not Redirect.objects.exists()


def test_many_renamed_at_once():
    officials = [make_official(slug=f"old-{number}") for number in range(3)]
    for official in officials:
        official.slug = official.slug.replace("old", "new")
    Official.objects.bulk_update(officials, ["slug"])
    assert [successor(f"old-{number}") for number in range(3)] == ["new-0", "new-1", "new-2"]


def test_a_circle_ends():
    Redirect.objects.create(kind="official", old_slug="a", new_slug="b")
    Redirect.objects.create(kind="official", old_slug="b", new_slug="a")
    assert successor("a") in {"a", "b"}


def test_following_costs_a_query_a_step(django_assert_num_queries):
    official = make_official(slug="first")
    rename(official, "second")
    with django_assert_num_queries(2):
        successor("first")
