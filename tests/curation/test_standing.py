"""What is moved, cited and taken back is changed: by who may change it where it is."""

import pytest

from statements import curation
from statements.curation import NotAllowedError, citing, duplicates
from statements.models import Link, Party, Rearrangement, Statement
from statements.vocabulary import Role
from tests.factories import make_account, make_link, make_official, make_statement

WORDS = "We are ready to work with Iran on all issues in the spirit of mutual trust."


@pytest.fixture
def wrong(db):
    return make_official("Wrong One")


@pytest.fixture
def right(db):
    return make_official("Right One")


@pytest.fixture
def mine(wrong, contributor):
    return make_statement(WORDS, speaker=wrong, status="draft", entered_by=contributor)


@pytest.fixture
def in_review(wrong, contributor, editor):
    return make_statement(
        speaker=wrong, status="in_review", entered_by=contributor, reviewed_by=editor
    )


def move(statements, of, to, by):
    pks = [statement.pk for statement in statements]
    return curation.move(statements=pks, role=Role.SPEAKER, of=f"official:{of.pk}", to=to, by=by)


def refused(act, *arguments, **named):
    with pytest.raises(NotAllowedError) as error:
        act(*arguments, **named)
    return error.value.reasons


def approver(statement):
    return Statement.objects.values_list("reviewed_by", flat=True).get(pk=statement.pk)


# --- Moving ------------------------------------------------------------------------------------


def test_ones_own_draft_is_moved(contributor, mine, wrong, right):
    move([mine], wrong, right, contributor)
    assert mine.parties.get().official == right


@pytest.mark.parametrize("status", ["published", "withdrawn", "in_review"])
def test_a_contributor_moves_nothing_that_has_left_the_drafts(
    contributor, mine, wrong, right, status
):
    out = make_statement(speaker=wrong, status=status)
    reasons = refused(move, [mine, out], wrong, right, contributor)
    assert reasons == (f"You may not change {out.key}.",)
    assert Party.objects.filter(official=wrong).count() == 2


def test_an_editor_moves_nothing_public(editor, wrong, right):
    refused(move, [make_statement(speaker=wrong)], wrong, right, editor)


def test_a_publisher_moves_what_is_public(publisher, wrong, right):
    statement = make_statement(speaker=wrong)
    move([statement], wrong, right, publisher)
    assert statement.parties.get().official == right


def test_somebody_elses_draft_is_not_moved(contributor, wrong, right, editor):
    refused(
        move,
        [make_statement(speaker=wrong, status="draft", entered_by=editor)],
        wrong,
        right,
        contributor,
    )


def test_of_many_that_may_not_be_changed_some_are_named(editor, wrong, right):
    many = [make_statement(speaker=wrong) for _ in range(12)]
    *named, more = refused(move, many, wrong, right, editor)
    assert (len(named), more) == (10, "And 2 others.")


def test_a_contributor_takes_back_no_move_of_what_is_public(contributor, publisher, wrong, right):
    statement = make_statement(speaker=wrong)
    done = move([statement], wrong, right, publisher)
    refused(curation.undo, rearrangement=done, by=contributor)
    assert statement.parties.get().official == right


def test_a_move_is_taken_back_by_who_may_change_the_statement(publisher, wrong, right):
    statement = make_statement(speaker=wrong)
    curation.undo(rearrangement=move([statement], wrong, right, publisher), by=publisher)
    assert statement.parties.get().official == wrong


# --- Citing ------------------------------------------------------------------------------------


def test_a_contributor_makes_no_citations_of_what_is_public(contributor, mine, wrong):
    public = make_statement(WORDS, speaker=wrong)
    assert refused(citing.cite, draft=mine, other=public, by=contributor) == (
        f"You may not change {public.key}.",
    )
    assert Statement.objects.filter(pk=mine.pk).exists()


def test_a_contributor_discards_nobody_elses_draft(contributor, mine, wrong, editor):
    other = make_statement(WORDS, speaker=wrong, status="draft", entered_by=editor)
    assert refused(citing.cite, draft=other, other=mine, by=contributor) == (
        f"You may not change {other.key}.",
    )


def test_links_of_what_is_public_are_led_elsewhere_by_a_publisher(
    contributor, publisher, mine, wrong
):
    other = make_statement(WORDS, speaker=wrong, status="draft", entered_by=contributor)
    answer = make_statement("An answer.")
    make_link(answer, mine)
    refused(citing.cite, draft=mine, other=other, by=contributor)
    citing.cite(draft=mine, other=other, by=publisher)
    assert Link.objects.get(statement=answer).target == other


def test_a_contributor_brings_back_nobody_elses_draft(contributor, mine, wrong, editor):
    other = make_statement(WORDS, speaker=wrong, status="draft", entered_by=editor)
    done = citing.cite(draft=other, other=mine, by=editor)
    assert refused(curation.undo, rearrangement=done, by=contributor) == (
        f"You may not change {other.key}.",
    )


# --- Repeating ---------------------------------------------------------------------------------


def test_a_contributor_says_of_nothing_public_that_it_repeats(contributor, mine, wrong):
    public = make_statement(WORDS, speaker=wrong, said_on="2024-01-20")
    [pair] = duplicates.note_statement(statement=mine)
    refused(duplicates.repeat, pair=pair, by=contributor)
    assert not Link.objects.filter(statement=public).exists()
    pair.refresh_from_db()
    assert not pair.is_decided


# --- Approvals ---------------------------------------------------------------------------------


def test_a_move_takes_an_approval_back(publisher, in_review, wrong, right):
    move([in_review], wrong, right, publisher)
    assert approver(in_review) is None


def test_a_merge_takes_an_approval_back(chief, in_review, wrong, right):
    curation.merge(kept=right, absorbed=wrong, choices={}, by=chief)
    assert approver(in_review) is None


def test_undoing_brings_the_approval_back(chief, in_review, wrong, right, editor):
    done = curation.merge(kept=right, absorbed=wrong, choices={}, by=chief)
    curation.undo(rearrangement=done, by=chief)
    assert approver(in_review) == editor.pk


def test_a_change_since_keeps_the_approval_away(chief, in_review, wrong, right):
    done = curation.merge(kept=right, absorbed=wrong, choices={}, by=chief)
    changed = Statement.objects.get(pk=in_review.pk)
    changed.text = "Other words."
    curation.amend(statement=changed, by=chief)
    curation.undo(rearrangement=done, by=chief)
    assert approver(in_review) is None


def test_what_was_approved_since_is_not_approved_once_undone(chief, in_review, wrong, right):
    done = curation.merge(kept=right, absorbed=wrong, choices={}, by=chief)
    curation.approve(statement=in_review, by=make_account("other", role="Editor"))
    curation.undo(rearrangement=done, by=chief)
    assert approver(in_review) is None


def test_what_went_back_to_its_author_stays_unapproved(chief, in_review, wrong, right, editor):
    done = curation.merge(kept=right, absorbed=wrong, choices={}, by=chief)
    curation.return_to_draft(statement=in_review, by=editor, note="Who?")
    curation.undo(rearrangement=done, by=chief)
    assert approver(in_review) is None
    assert Rearrangement.objects.get().is_undone
