"""What kind of party it is, and for which side it stands."""

import pytest

from statements.curation import RefusedError, complete_party
from statements.curation.parties import kind_of
from statements.models import Country, Official, Organization, Party, Post, Statement, Tenure


@pytest.mark.parametrize(
    ("filled", "kind"),
    [
        ({"official_id": 1, "organization_id": 1, "country_id": 1}, "official"),
        ({"organization_id": 1, "post_id": 1, "country_id": 1}, "organization"),
        ({"post_id": 1, "country_id": 1}, "post"),
        ({"country_id": 1, "name_as_printed": "Tehran"}, "country"),
    ],
)
def test_it_follows_from_what_is_filled_in(filled, kind):
    assert kind_of(Party(**filled)) == kind


@pytest.mark.parametrize(
    ("filled", "said", "fault"),
    [
        ({}, "", "Name an official"),
        ({"name_as_printed": "an official"}, "", "Name an official"),
        ({"official_id": 1}, "public", "public is no"),
        ({"organization_id": 1}, "public", "public is no"),
        ({"official_id": 1, "name_as_printed": "x"}, "unnamed", "cannot be a named"),
        ({"organization_id": 1}, "unnamed", "words printed"),
    ],
)
def test_what_is_filled_in_must_fit(filled, said, fault):
    with pytest.raises(RefusedError, match=fault):
        kind_of(Party(**filled), said_to_be=said)


@pytest.fixture
def pakistan(db):
    return Country.objects.get(code="pk")


def party(**columns):
    return Party(statement=Statement(said_on="2024", text="-"), **columns)


def test_the_side_of_an_organization(pakistan):
    office = Organization(pk=1, country=pakistan)
    done = complete_party(party=party(kind="organization", organization=office))
    assert done.country == pakistan


def test_the_side_of_the_post_held_on_the_day(pakistan):
    minister = Official.objects.create(slug="m", name="M", country=Country.objects.get(code="ir"))
    post = Post.objects.create(slug="p", title="P", country=pakistan)
    Tenure.objects.create(official=minister, post=post, started_on="2023", ended_on="2025")
    statement = Statement.objects.create(key="k", text="-", form="direct", said_on="2024-05")
    statement.refresh_from_db()
    done = complete_party(party=Party(statement=statement, official=minister))
    assert done.country == pakistan


def test_a_side_that_is_given_stays(pakistan):
    iran = Country.objects.get(code="ir")
    office = Organization(pk=1, country=pakistan)
    done = complete_party(party=party(kind="organization", organization=office, country=iran))
    assert done.country == iran


def test_an_international_organisation_has_no_side():
    done = complete_party(party=party(kind="organization", organization=Organization(pk=1)))
    assert done.country is None
