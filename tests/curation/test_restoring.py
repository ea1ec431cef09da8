"""What restoring a statement leaves to review and publication, and who may do it."""

import pytest

from statements import curation
from statements.curation import NotAllowedError, RefusedError, history_of, restore
from statements.models import Citation, Statement
from statements.vocabulary import Status
from tests.factories import make_account, make_article, make_citation, make_statement

from .test_history import next_transaction


def change(statement, **fields):
    next_transaction()
    Statement.objects.filter(pk=statement.pk).update(**fields)


def versions(pk):
    return history_of(Statement, pk).versions


def put_back(pk, by, place=1):
    next_transaction()
    number = versions(pk)[place].number
    return restore(model=Statement, pk=pk, number=number, by=by)


def delete(statement):
    next_transaction()
    pk = statement.pk
    Statement.objects.filter(pk=pk).delete()
    return pk


@pytest.fixture
def draft(statement, contributor):
    change(statement, entered_by=contributor)
    return Statement.objects.get(pk=statement.pk)


@pytest.fixture
def rewritten(draft, contributor, editor):
    """One that was approved, sent back, rewritten and sent again: its approval is history."""
    curation.submit(statement=draft, by=contributor)
    next_transaction()
    curation.approve(statement=draft, by=editor)
    next_transaction()
    draft = curation.return_to_draft(statement=draft, by=editor, note="Mend it.")
    change(draft, text="Rewritten.")
    next_transaction()
    return curation.submit(statement=draft, by=contributor)


def test_it_works(draft, contributor):
    change(draft, text="Wrong.")
    assert put_back(draft.pk, contributor).text == "Words."


def test_an_approval_is_not_revived(rewritten, editor, contributor):
    approved = next(
        place
        for place, version in enumerate(versions(rewritten.pk))
        if version.after[version_place(rewritten)]["reviewed_by_id"]
    )
    back = put_back(rewritten.pk, editor, approved)
    assert (back.text, back.status) == ("Words.", Status.IN_REVIEW)
    assert (back.submitted_by, back.reviewed_by) == (contributor, None)


def version_place(statement):
    return Statement._meta.db_table, statement.pk


def test_a_draft_of_before_its_review_keeps_its_submitter(rewritten, editor, contributor):
    back = put_back(rewritten.pk, editor, len(versions(rewritten.pk)) - 1)
    assert (back.status, back.submitted_by) == (Status.IN_REVIEW, contributor)
    assert back.entered_by == contributor


def test_a_change_takes_an_approval_back(draft, contributor, editor):
    change(draft, text="Other words.")
    draft.refresh_from_db()
    curation.submit(statement=draft, by=contributor)
    next_transaction()
    curation.approve(statement=draft, by=editor)
    back = put_back(draft.pk, editor, 3)
    assert (back.text, back.reviewed_by) == ("Words.", None)


def test_one_sent_back_stays_with_its_author(rewritten, editor, contributor):
    next_transaction()
    curation.return_to_draft(statement=rewritten, by=editor, note="Again.")
    back = put_back(rewritten.pk, contributor)
    assert (back.status, back.returned_to) == (Status.DRAFT, contributor)
    assert (back.submitted_by, back.reviewed_by) == (None, None)


def test_a_key_stays(draft, contributor):
    change(draft, key="2025-jilani", text="Other words.")
    change(draft, published_at="2024-02-01T00:00Z")
    back = put_back(draft.pk, contributor, 2)
    assert (back.text, back.key) == ("Words.", "2025-jilani")


def test_a_deleted_one_comes_back_out_of_review(rewritten, contributor, editor):
    curation.approve(statement=rewritten, by=editor)
    back = put_back(delete(rewritten), editor)
    assert back.status == Status.DRAFT
    assert (back.entered_by, back.submitted_by, back.reviewed_by) == (contributor, None, None)


def test_a_deleted_one_whose_key_was_taken_is_numbered(draft, contributor):
    pk = delete(draft)
    make_statement(key="2024-jilani")
    assert put_back(pk, contributor).key == "2024-jilani-2"


def test_a_deleted_one_has_its_key_again_beside_others_like_it(draft, contributor):
    pk = delete(draft)
    make_statement(key="2024-jilani-2")
    assert put_back(pk, contributor).key == "2024-jilani"


def test_a_deleted_one_whose_account_is_gone_is_nobodys(draft, contributor, editor):
    pk = delete(draft)
    contributor.delete()
    assert put_back(pk, editor).entered_by is None


def test_a_public_one_keeps_words_that_are_found(publisher):
    article = make_article(body="some words")
    statement = make_statement(cited=False)
    citation = make_citation(statement, article, quote="words")
    next_transaction()
    Citation.objects.filter(pk=citation.pk).update(quote="some")
    type(article).objects.filter(pk=article.pk).update(body="some")
    with pytest.raises(RefusedError, match="do not stand in its stored text"):
        put_back(statement.pk, publisher)
    citation.refresh_from_db()
    assert citation.quote == "some"


def test_a_public_one_is_not_rewritten_by_who_may_not_publish(contributor):
    statement = make_statement(text="First.")
    change(statement, text="Second.")
    with pytest.raises(NotAllowedError):
        put_back(statement.pk, contributor)
    assert Statement.objects.get(pk=statement.pk).text == "Second."


def test_somebody_elses_draft_is_not_rewritten(draft):
    change(draft, text="Second.")
    with pytest.raises(NotAllowedError):
        put_back(draft.pk, make_account("other", role="Contributor"))


def test_a_deleted_one_is_not_brought_back_by_who_enters_none(draft, novice):
    pk = delete(draft)
    with pytest.raises(NotAllowedError):
        put_back(pk, novice)
