"""One official parted into two."""

import pytest
from django.core.exceptions import PermissionDenied

from statements import curation
from statements.curation.splitting import Share
from statements.models import Alias, EventParty, Official, Statement
from tests.curation.test_merging import export
from tests.factories import (
    make_country,
    make_event,
    make_official,
    make_post,
    make_statement,
    make_tenure,
)


@pytest.fixture
def khan(db):
    return make_official("Khan", slug="khan", country="pk", aliases=["Khan the elder"])


@pytest.fixture
def younger(db):
    return Official(slug="khan-2", name="Khan the younger", country=make_country("ir"))


def split(official, to, by, **pks):
    return curation.split(official=official, to=to, share=Share.of(**pks), by=by)


def test_what_was_chosen_is_the_new_ones(chief, khan, younger):
    tenure = make_tenure(khan, make_post("Envoy", country="ir"), "2024-01", "2024-02")
    theirs, his = make_statement(speaker=khan), make_statement(speaker=khan)
    alias = khan.aliases.get()
    taken_part = EventParty.objects.create(event=make_event(), role="speaker", official=khan)
    done = split(
        khan,
        younger,
        chief,
        tenures=[tenure.pk],
        aliases=[alias.pk],
        parties=[theirs.parties.get().pk],
        event_parties=[taken_part.pk],
    )
    new = Official.objects.get(slug="khan-2")
    assert done.row_id == new.pk
    party = theirs.parties.get()
    assert (party.official, party.country.code, party.capacity) == (new, "ir", "Envoy, Iran")
    assert f"@s{new.pk}" in Statement.objects.get(pk=theirs.pk).facets
    assert [*new.tenures.all()] == [tenure]
    assert [*new.aliases.all()] == [alias]
    assert new.eventparty_set.get() == taken_part
    assert his.parties.get().official == khan


def test_an_official_on_file_takes_what_was_chosen(chief, khan):
    other = make_official("Other")
    both = make_statement(speaker=[khan, other])
    split(
        khan, other, chief, parties=both.parties.filter(official=khan).values_list("pk", flat=True)
    )
    assert [party.official for party in both.parties.all()] == [other]


def test_undoing_puts_back_the_same_bytes_and_takes_the_new_one_away(chief, khan, younger):
    statement = make_statement(speaker=khan)
    tenure = make_tenure(khan)
    before = export()
    parties = [statement.parties.get().pk]
    done = split(khan, younger, chief, parties=parties, tenures=[tenure.pk])
    curation.undo(rearrangement=done, by=chief)
    assert export() == before
    assert not Official.objects.filter(slug="khan-2").exists()


def test_an_undo_is_refused_once_the_new_one_has_more(chief, khan, younger):
    statement = make_statement(speaker=khan)
    done = split(khan, younger, chief, parties=[statement.parties.get().pk])
    make_tenure(Official.objects.get(slug="khan-2"))
    with pytest.raises(curation.RefusedError, match="“Khan the younger” has 1 row more since"):
        curation.undo(rearrangement=done, by=chief)
    assert statement.parties.get().official.slug == "khan-2"


def test_rows_of_others_are_passed_over(chief, khan, younger):
    other = make_statement()
    mine = make_statement(speaker=khan)
    parties = [other.parties.get().pk, mine.parties.get().pk]
    split(khan, younger, chief, parties=parties)
    assert other.parties.get().official.slug != "khan-2"


def test_nothing_chosen_is_refused(chief, khan, younger):
    with pytest.raises(curation.RefusedError, match="Choose what is the other's"):
        split(khan, younger, chief)
    assert not Official.objects.filter(slug="khan-2").exists()


def test_a_taken_address_is_refused(chief, khan, younger):
    younger.slug = "khan"
    alias = Alias.objects.get(official=khan)
    with pytest.raises(curation.RefusedError, match="already exists"):
        split(khan, younger, chief, aliases=[alias.pk])


def test_itself_is_refused(chief, khan):
    with pytest.raises(curation.RefusedError, match="two different"):
        split(khan, khan, chief, aliases=[khan.aliases.get().pk])


def test_who_may_not_add_officials_splits_none(novice, khan, younger):
    with pytest.raises(PermissionDenied):
        split(khan, younger, novice, aliases=[khan.aliases.get().pk])
    assert not Official.objects.filter(slug="khan-2").exists()
