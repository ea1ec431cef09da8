"""Statements given to another speaker; their keys stay."""

import pytest
from django.core.exceptions import PermissionDenied

from statements import curation
from statements.curation.moving import actors_in
from statements.models import Party, Statement
from statements.vocabulary import Role
from tests.curation.test_merging import export
from tests.factories import (
    make_official,
    make_organization,
    make_party,
    make_post,
    make_statement,
    make_tenure,
)


@pytest.fixture
def wrong(db):
    return make_official("Wrong One", country="pk")


@pytest.fixture
def right(db):
    right = make_official("Right One", country="ir")
    make_tenure(right, make_post("Envoy", country="ir"), "2024-01", "2024-02")
    return right


def move(statements, of, to, by, role=Role.SPEAKER):
    pks = [statement.pk for statement in statements]
    return curation.move(statements=pks, role=role, of=of, to=to, by=by)


def test_the_chosen_statements_alone_move(chief, wrong, right):
    moved, stays = make_statement(speaker=wrong), make_statement(speaker=wrong)
    make_party(moved, "addressee", wrong)
    move([moved], f"official:{wrong.pk}", right, chief)
    assert {(party.role, party.official) for party in moved.parties.all()} == {
        ("speaker", right),
        ("addressee", wrong),
    }
    assert stays.parties.get().official == wrong


def test_side_capacity_and_tokens_follow_and_the_key_stays(chief, wrong, right):
    statement = make_statement(speaker=wrong)
    move([statement], f"official:{wrong.pk}", right, chief)
    party = statement.parties.get()
    assert (party.country.code, party.capacity) == ("ir", "Envoy, Iran")
    after = Statement.objects.get(pk=statement.pk)
    assert after.key == statement.key
    assert f"@s{right.pk}" in after.facets
    assert after.updated_at > statement.updated_at


def test_a_side_that_somebody_said_stays(chief, wrong, right):
    statement = make_statement(speaker=wrong)
    office = make_organization(country="tr")
    statement.parties.update(country=office.country)
    move([statement], f"official:{wrong.pk}", right, chief)
    assert statement.parties.get().country.code == "tr"


def test_someone_unnamed_gets_a_name_and_stays_as_printed(chief, right):
    statement, other = (make_statement(speaker=said) for said in ("a senior official", "a source"))
    move([statement, other], "unnamed:a senior official", right, chief)
    party = statement.parties.get()
    assert (party.kind, party.official) == ("official", right)
    assert party.name_as_printed == "a senior official"
    assert other.parties.get().kind == "unnamed"


def test_a_post_that_spoke_is_the_capacity_of_the_official(chief, right):
    post = make_post("Foreign Minister", country="ir")
    statement = make_statement(speaker=post)
    move([statement], f"post:{post.pk}", right, chief)
    party = statement.parties.get()
    assert (party.kind, party.official, party.post) == ("official", right, post)
    assert party.capacity == "Foreign Minister, Iran"


def test_who_speaks_already_is_not_told_twice(chief, wrong, right):
    statement = make_statement(speaker=[wrong, right])
    move([statement], f"official:{wrong.pk}", right, chief)
    assert [party.official for party in statement.parties.all()] == [right]


def test_undoing_puts_back_the_same_bytes(chief, wrong, right):
    statements = [make_statement(speaker=[wrong, right]), make_statement(speaker=wrong)]
    before = export()
    done = move(statements, f"official:{wrong.pk}", right, chief)
    assert export() != before
    curation.undo(rearrangement=done, by=chief)
    assert export() == before


def test_the_actors_are_told_by_how_often_they_speak(wrong, right):
    statements = [make_statement(speaker=right), make_statement(speaker=[wrong, right])]
    make_statement(speaker="Somebody else")
    actors = actors_in([statement.pk for statement in statements], "speaker")
    assert [(actor.name, actor.n_statements) for actor in actors] == [
        ("Right One", 2),
        ("Wrong One", 1),
    ]


def test_who_has_them_already_is_refused(chief, wrong):
    statement = make_statement(speaker=wrong)
    with pytest.raises(curation.RefusedError, match="theirs already"):
        move([statement], f"official:{wrong.pk}", wrong, chief)


def test_who_is_not_there_is_refused(chief, wrong, right):
    statement = make_statement(speaker=wrong)
    with pytest.raises(curation.RefusedError, match="Nobody of that name"):
        move([statement], f"official:{right.pk}", right, chief)
    assert Party.objects.filter(official=wrong).count() == 1


def test_who_may_not_change_statements_moves_none(novice, wrong, right):
    statement = make_statement(speaker=wrong)
    with pytest.raises(PermissionDenied):
        move([statement], f"official:{wrong.pk}", right, novice)
    assert statement.parties.get().official == wrong
