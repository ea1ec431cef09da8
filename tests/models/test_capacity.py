"""The capacity beside a name: the post held on the day, unless another was chosen."""

import pytest

from statements.models import EventParty, Statement
from tests.factories import (
    make_article,
    make_country,
    make_event,
    make_official,
    make_organization,
    make_party,
    make_post,
    make_statement,
    make_tenure,
)

pytestmark = pytest.mark.django_db


def capacity(official, said_on="2024-01-19", **fields):
    statement = make_statement(speaker=official, said_on=said_on, **fields)
    return Statement.objects.with_links().get(pk=statement.pk).speakers[0].capacity


def holder(started_on=None, ended_on=None, *, title="Foreign Minister", **fields):
    official = make_official()
    make_tenure(official, make_post(title), started_on, ended_on, **fields)
    return official


@pytest.mark.parametrize(
    ("started_on", "ended_on", "said_on", "is_held"),
    [
        ("2023-08-17", "2024-03-11", "2024-01-19", True),
        ("2023-08-17", "2024-03-11", "2023-08-17", True),
        ("2023-08-17", "2024-03-11", "2024-03-11", True),
        ("2023-08-17", "2024-03-11", "2023-08-16", False),
        ("2023-08-17", "2024-03-11", "2024-03-12", False),
        # A month or a year may mean any of its days, and the benefit of the doubt is given.
        ("2023-08", "2024-03", "2023-08-01", True),
        ("2023-08", "2024-03", "2024-03-31", True),
        ("2023-08", "2024-03", "2023-07-31", False),
        ("2023-08", "2024-03", "2024-04-01", False),
        ("2023", "2024", "2023-01-01", True),
        ("2023", "2024", "2024-12-31", True),
        ("2023", "2024", "2025-01-01", False),
        # An end that nobody knows excludes nothing.
        (None, "2024-03", "1950-01-01", True),
        (None, "2024-03", "2024-04-01", False),
        ("2023-08", None, "2050-01-01", True),
        (None, None, "0001-01-01", True),
        # A statement of a month or a year must lie in the tenure whole.
        ("2023-08-17", "2024-03-11", "2024-01", True),
        ("2023-08-17", "2024-03-11", "2024-03", False),
        ("2023-08-17", "2024-03-11", "2024", False),
        ("2023", "2024", "2024", True),
        ("2024-01", None, "2024-01", True),
    ],
)
def test_the_post_held_on_the_day(started_on, ended_on, said_on, is_held):
    expected = "Foreign Minister, Pakistan" if is_held else ""
    assert capacity(holder(started_on, ended_on), said_on) == expected


@pytest.mark.parametrize(
    ("qualifier", "until", "is_held"),
    [
        ("about", None, True),
        ("not_after", None, True),
        ("not_before", None, True),
        ("between", "2024-03-11", True),
        ("between", "2024-03-12", False),
    ],
)
def test_open_ends_of_the_day_are_left_aside(qualifier, until, is_held):
    """`not_after` the 19th names the 19th, and that is the day the post is looked up on."""
    found = capacity(
        holder("2023-08-17", "2024-03-11"),
        "2024-01-19",
        said_on_qualifier=qualifier,
        said_on_until=until,
    )
    assert bool(found) is is_held


def test_an_undated_statement_has_no_capacity_of_the_day():
    assert capacity(holder(), None) == ""


def test_posts_held_at_once_are_all_named_the_earliest_first():
    official = make_official()
    make_tenure(official, make_post("Deputy Prime Minister"), "2024-04", None)
    make_tenure(official, make_post("Foreign Minister"), "2024-03", None)
    assert capacity(official, "2024-05-01") == (
        "Foreign Minister, Pakistan; Deputy Prime Minister, Pakistan"
    )


def test_one_post_held_twice_is_named_once():
    official, post = make_official(), make_post()
    make_tenure(official, post, "2023", "2024-01-19")
    make_tenure(official, post, "2024-01-19", None)
    assert capacity(official) == "Foreign Minister, Pakistan"


def test_who_acts_in_a_post_is_said_to():
    assert capacity(holder(acting=True)) == "Acting Foreign Minister, Pakistan"


def test_a_post_that_was_chosen_is_shown_whatever_the_day():
    statement = make_statement()
    party = make_party(statement, "addressee", holder("2030"), post=make_post("Envoy"))
    assert party.capacity == "Envoy, Pakistan"


def test_words_that_were_chosen_are_shown_above_all():
    statement = make_statement()
    party = make_party(
        statement, "addressee", holder(), post=make_post("Envoy"), chosen_capacity="Negotiator"
    )
    assert party.capacity == "Negotiator"
    assert party.derived_capacity == "Envoy, Pakistan"


@pytest.mark.parametrize(
    ("title", "organization", "country", "expected"),
    [
        ("Foreign Minister", None, "pk", "Foreign Minister, Pakistan"),
        ("Foreign Minister of Pakistan", None, "pk", "Foreign Minister of Pakistan"),
        ("Spokesperson", "Foreign Office", "pk", "Spokesperson, Foreign Office, Pakistan"),
        ("Secretary-General", "United Nations", None, "Secretary-General, United Nations"),
        ("Pope", None, None, "Pope"),
    ],
)
def test_a_post_is_told_with_what_it_belongs_to(title, organization, country, expected):
    owner = organization and make_organization(organization, country=country)
    assert make_post(title, organization=owner, country=country).capacity == expected


def test_an_organization_a_country_and_the_public_have_no_capacity():
    statement = make_statement(
        speaker=make_organization(), addressee=make_country("ir"), relayer=None
    )
    make_party(statement, "subject", kind="public")
    assert {party.capacity for party in statement.parties.all()} == {""}


def test_someone_unnamed_has_the_post_or_the_organization_that_is_told():
    statement = make_statement(speaker="an official")
    office = make_organization("Foreign Office", country="pk")
    assert statement.speakers[0].capacity == ""
    of_office = make_party(statement, "subject", "a clerk", organization=office)
    in_post = make_party(statement, "subject", "a clerk", post=make_post("Envoy"))
    assert of_office.capacity == "Foreign Office, Pakistan"
    assert in_post.capacity == "Envoy, Pakistan"


def test_a_party_to_an_event_has_the_capacity_of_its_first_day():
    official = holder("2023-08-17", "2024-03-11")
    event = make_event(started_on="2024-01-19", ended_on="2024-12")
    event.refresh_from_db()
    party = EventParty(event=event, role="speaker", kind="official", official=official)
    assert party.capacity == "Foreign Minister, Pakistan"


class TestSide:
    """The country that a party stands for when nobody says otherwise."""

    def side(self, actor, **fields):
        party = make_party(make_statement(), "addressee", actor, **fields)
        return party.country and party.country.code

    def test_that_of_the_post_held_on_the_day_not_the_persons_own(self):
        official = make_official("Henry Kissinger", country="de")
        make_tenure(official, make_post("Secretary of State", country="us"), "1973", None)
        assert self.side(official) == "us"

    def test_an_official_of_the_united_nations_stands_for_no_country(self):
        nations = make_organization("United Nations", country=None)
        secretary = make_post("Secretary-General", country=None, organization=nations)
        guterres = make_official("António Guterres", country="pt")
        make_tenure(guterres, secretary, "2017-01-01", None)
        assert self.side(guterres) is None

    def test_but_before_that_he_stood_for_his_own(self):
        nations = make_organization("United Nations", country=None)
        secretary = make_post("Secretary-General", country=None, organization=nations)
        guterres = make_official("António Guterres", country="pt")
        make_tenure(guterres, secretary, "2025-01-01", None)
        assert self.side(guterres) == "pt"

    def test_that_of_the_organization_that_a_post_belongs_to(self):
        office = make_organization(country="ir")
        official = make_official(country=None)
        make_tenure(official, make_post(country=None, organization=office), None, None)
        assert self.side(official) == "ir"

    def test_that_of_a_chosen_post(self):
        assert self.side(make_official(country="pk"), post=make_post(country="ir")) == "ir"

    def test_an_organizations_is_its_country(self):
        assert self.side(make_organization(country="tr")) == "tr"

    def test_someone_unnamed_has_that_of_what_he_belongs_to(self):
        assert self.side("an official", organization=make_organization(country="ir")) == "ir"
        assert self.side("an official") is None

    def test_a_side_that_is_told_stays(self):
        assert self.side(make_official(country="pk"), country=make_country("ir")) == "ir"


class TestName:
    def test_it_is_the_actors(self):
        statement = make_statement(
            speaker=[
                make_official("Jilani"),
                make_organization("Foreign Office"),
                make_post("Foreign Minister"),
                make_country("ir"),
                "a senior official",
            ]
        )
        make_party(statement, kind="public")
        assert [party.name for party in statement.speakers] == [
            "Jilani", "Foreign Office", "Foreign Minister", "Iran", "a senior official",
            "the public",
        ]  # fmt: skip

    def test_the_words_printed_for_the_public(self):
        party = make_party(make_statement(), kind="public", name_as_printed="the nation")
        assert party.name == "the nation"


def test_capacities_of_a_list_cost_no_query_each(django_assert_max_num_queries):
    for number in range(6):
        make_statement(
            speaker=holder(), addressee=holder(), relayer=make_organization(), key=f"s-{number}"
        )
    with django_assert_max_num_queries(12):
        told = [
            (party.name, party.capacity)
            for statement in Statement.objects.with_links()
            for party in statement.parties.all()
        ]
    assert len(told) == 18


def test_the_vectors_and_the_stored_texts_stay_in_the_database():
    make_statement(relayer=make_organization())
    [statement] = Statement.objects.with_links()
    assert {"search_vector", "facets"} <= statement.get_deferred_fields()
    [citation] = statement.citations.all()
    assert "body" in citation.article.get_deferred_fields()


def test_a_body_is_left_where_it_is_unless_asked_for():
    make_article(body="The report.")
    [article] = type(make_article()).objects.without_body().exclude(body="")
    assert "body" in article.get_deferred_fields()
