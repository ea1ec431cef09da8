"""What is in the archive twice: found near by, decided once, and never offered again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from statements import curation
from statements.curation import citing, duplicates, namesakes
from statements.models import (
    Citation,
    Link,
    OfficialLikeness,
    Statement,
    StatementLikeness,
)
from statements.search.people import people
from tests.curation.test_merging import export
from tests.factories import (
    make_article,
    make_citation,
    make_link,
    make_official,
    make_organization,
    make_party,
    make_statement,
)

WORDS = "We are ready to work with Iran on all issues in the spirit of mutual trust."
NEAR = "We are ready to work with Iran on all the issues, in a spirit of mutual trust!"


@pytest.fixture
def jilani(db):
    return make_official("Jalil Abbas Jilani")


@pytest.fixture
def first(jilani):
    return make_statement(WORDS, speaker=jilani)


def draft(text=WORDS, **fields):
    return make_statement(text, status="draft", **fields)


def alike(statement):
    pairs = duplicates.note_statement(statement=statement)
    return {pk for pair in pairs for pk in (pair.first_id, pair.second_id)} - {statement.pk}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (WORDS, "2024-01-19"),
        (WORDS.upper().replace(",", ""), "2024-01-12"),
        (NEAR, "2024-01-26"),
        (WORDS, "2024-01"),
        (WORDS, "2024"),
        (
            "He said: " + WORDS + " And then he spoke of other things, at great length.",
            "2024-01-19",
        ),
    ],
)
def test_the_same_words_of_near_days_are_alike(first, jilani, text, day):
    assert alike(draft(text, speaker=jilani, said_on=day)) == {first.pk}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (WORDS, "2024-01-27"),
        (WORDS, "2024-02"),
        (WORDS, None),
        ("We will never work with Iran on any issue.", "2024-01-19"),
    ],
)
def test_other_words_or_days_are_not(first, jilani, text, day):
    assert alike(draft(text, speaker=jilani, said_on=day)) == set()


def test_the_undated_are_compared_with_each_other(jilani):
    undated = make_statement(WORDS, speaker=jilani, said_on=None)
    assert alike(draft(speaker=jilani, said_on=None)) == {undated.pk}


def test_what_others_said_is_not_alike(first):
    assert alike(draft(speaker=make_official("Somebody else"))) == set()


def test_what_was_withdrawn_is_not_offered(jilani):
    make_statement(WORDS, speaker=jilani, status="withdrawn")
    assert alike(draft(speaker=jilani)) == set()


def test_an_organization_repeats_itself_too(db):
    office = make_organization()
    said = make_statement(WORDS, speaker=office)
    assert alike(draft(speaker=office)) == {said.pk}


def test_a_pair_is_kept_once_and_forgotten_when_it_is_none_any_more(first, jilani):
    other = draft(speaker=jilani)
    alike(other)
    assert alike(first) == {other.pk}
    assert StatementLikeness.objects.count() == 1
    Statement.objects.filter(pk=other.pk).update(text="Quite another thing was said here.")
    assert alike(Statement.objects.get(pk=other.pk)) == set()
    assert StatementLikeness.objects.count() == 0


def test_what_was_found_different_is_not_offered_again(chief, first, jilani):
    other = draft(speaker=jilani)
    [pair] = duplicates.note_statement(statement=other)
    duplicates.settle(pair=pair, by=chief)
    assert alike(other) == set()
    assert duplicates.waiting().n_statements == 0
    pair.refresh_from_db()
    assert pair.decided_by == chief


def test_no_more_candidates_are_read_than_the_bound(monkeypatch, jilani):
    monkeypatch.setattr(duplicates, "N_CANDIDATES", 3)
    for _ in range(5):
        make_statement(WORDS, speaker=jilani)
    assert len(alike(draft(speaker=jilani))) == 3


def test_the_cost_does_not_grow_with_what_is_found(first, jilani):
    other = draft(speaker=jilani)
    with CaptureQueriesContext(connection) as few:
        duplicates.note_statement(statement=other)
    for _ in range(20):
        make_statement(WORDS, speaker=jilani)
    with CaptureQueriesContext(connection) as many:
        assert len(duplicates.note_statement(statement=other)) == 21
    assert len(many) <= len(few) <= 10


def test_what_waits_is_counted_and_the_newest_named(first, jilani):
    others = [draft(speaker=jilani) for _ in range(3)]
    for other in others:
        duplicates.note_statement(statement=other)
    make_official("Jalil Abbas Jilani")
    namesakes.note_official(official=jilani, table=people().officials)
    told = duplicates.waiting(2)
    assert (told.n_statements, told.n_officials) == (6, 1)
    assert len(told.statements) == 2
    assert others[-1] in (told.statements[0].first, told.statements[0].second)


def test_counting_stops(monkeypatch, first, jilani):
    monkeypatch.setattr(duplicates, "N_COUNTED", 2)
    for _ in range(4):
        duplicates.note_statement(statement=draft(speaker=jilani))
    assert duplicates.waiting().n_statements == 3


# --- Another citation --------------------------------------------------------------------------


def cite(one, other, by):
    return citing.cite(draft=one, other=other, by=by)


def test_a_draft_becomes_another_citation(chief, first, jilani):
    other = draft(speaker=jilani, form="mixed", cited=False)
    citation = make_citation(other, make_article("Elsewhere"))
    answering = make_statement("An answer.")
    make_link(answering, other)
    done = cite(other, first, chief)
    citation.refresh_from_db()
    assert citation.statement == first
    assert (citation.form, citation.position) == ("mixed", 1)
    assert Link.objects.get(statement=answering).target == first
    assert not Statement.objects.filter(pk=other.pk).exists()
    assert (done.act, done.kind, done.row_id) == ("cite", "statement", first.pk)


def test_the_same_citation_is_not_made_twice(chief, first, jilani):
    other = draft(speaker=jilani, cited=False)
    make_citation(other, first.citations.get().article)
    cite(other, first, chief)
    assert Citation.objects.filter(statement=first).count() == 1


def test_undoing_brings_the_draft_back_as_it_was(chief, first, jilani):
    other = draft(speaker=jilani, addressee=make_official("Addressee"))
    make_party(other, "subject", "Somebody")
    make_link(other, first)
    make_link(make_statement("An answer."), other)
    duplicates.note_statement(statement=other)
    before, deleted = export(), Statement.objects.get(pk=other.pk)
    done = cite(other, first, chief)
    assert export() != before
    curation.undo(rearrangement=done, by=chief)
    assert export() == before
    other, back = deleted, Statement.objects.get(pk=other.pk)
    assert (back.facets, back.search_vector) == (other.facets, other.search_vector)
    assert StatementLikeness.objects.waiting().count() == 1


def test_what_has_been_public_is_not_discarded(chief, first, jilani):
    published = make_statement(WORDS, speaker=jilani)
    with pytest.raises(curation.RefusedError, match="has been public"):
        cite(published, first, chief)


def test_a_withdrawn_statement_gains_no_citation(chief, jilani):
    withdrawn = make_statement(WORDS, speaker=jilani, status="withdrawn")
    with pytest.raises(curation.RefusedError, match="withdrawn"):
        cite(draft(speaker=jilani), withdrawn, chief)


def test_the_later_repeats_the_earlier(chief, first, jilani):
    other = draft(speaker=jilani, said_on="2024-01-17")
    [pair] = duplicates.note_statement(statement=other)
    link = duplicates.repeat(pair=pair, by=chief)
    assert (link.statement, link.kind, link.target) == (first, "repeats", other)
    assert duplicates.waiting().n_statements == 0


def test_who_may_not_delete_statements_discards_none(novice, first, jilani):
    other = draft(speaker=jilani)
    with pytest.raises(PermissionDenied):
        cite(other, first, novice)
    assert Statement.objects.filter(pk=other.pk).exists()


# --- People ------------------------------------------------------------------------------------


def same_as(official):
    pairs = namesakes.note_official(official=official, table=people().officials)
    return {pk for pair in pairs for pk in (pair.first_id, pair.second_id)} - {official.pk}


def test_a_near_name_is_alike(jilani):
    assert same_as(make_official("JILANI, Jalil Abbas")) == {jilani.pk}


def test_an_alias_is_a_name(jilani):
    other = make_official("Somebody", aliases=["Jalil Abbas Jilani"])
    assert same_as(other) == {jilani.pk}
    assert same_as(jilani) == {other.pk}


def test_a_surname_alone_is_not_enough(jilani):
    assert same_as(make_official("Hamid Jilani")) == set()


def test_other_identifiers_speak_against_one(jilani):
    jilani.identifiers = {"wikidata": "Q1"}
    jilani.save()
    assert same_as(make_official("Jalil Abbas Jilani", identifiers={"wikidata": "Q2"})) == set()


def test_the_same_identifier_speaks_for_one(jilani):
    jilani.identifiers = {"wikidata": "Q1"}
    jilani.save()
    other = make_official("Quite Another", identifiers={"wikidata": "Q1", "viaf": "2"})
    assert same_as(other) == {jilani.pk}


def test_a_decision_goes_with_the_merged(chief, jilani):
    other, third = make_official("Jalil Abbas Jilani"), make_official("Jalil Abbas Jilani")
    same_as(jilani)
    same_as(other)
    pair = OfficialLikeness.objects.of(other.pk).of(third.pk).get()
    duplicates.settle(pair=pair, by=chief)
    OfficialLikeness.objects.of(jilani.pk).of(third.pk).delete()
    curation.merge(kept=jilani, absorbed=other, choices={}, by=chief)
    [pair] = OfficialLikeness.objects.all()
    assert {pair.first, pair.second} == {jilani, third}
    assert pair.is_decided
