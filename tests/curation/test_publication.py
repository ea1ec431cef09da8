"""From draft to the public and back."""

import pytest
from django.contrib.admin.models import LogEntry

from statements import curation
from statements.curation import RefusedError
from statements.models import Statement


def test_it_works(statement, editor):
    published = curation.publish(statement=statement, by=editor)
    assert published.is_published
    assert published.published_at == published.updated_at
    statement.refresh_from_db()
    assert statement.is_published
    assert LogEntry.objects.get().get_change_message() == "Published."


def refusal(step, **arguments):
    with pytest.raises(RefusedError) as refused:
        step(**arguments)
    return " ".join(refused.value.reasons)


def test_publishing_twice(statement, editor):
    curation.publish(statement=statement, by=editor)
    assert "already" in refusal(curation.publish, statement=statement, by=editor)


def test_publishing_without_a_speaker(statement, editor):
    statement.parties.update(role="addressee")
    assert "speaker" in refusal(curation.publish, statement=statement, by=editor)


def test_publishing_without_a_citation(statement, editor):
    statement.citations.all().delete()
    assert "citation" in refusal(curation.publish, statement=statement, by=editor)


def test_publishing_with_words_that_do_not_stand_in_the_stored_text(statement, editor):
    statement.citations.update(quote="Never said", check_result="missing")
    said = refusal(curation.publish, statement=statement, by=editor)
    assert "“Report” do not stand in its stored text: correct the words or the text." in said
    assert Statement.objects.get().status == "draft"


@pytest.mark.parametrize("check", ["verified", "moved", "no_text"])
def test_publishing_with_words_that_are_not_known_to_be_missing(statement, editor, check):
    statement.citations.update(check_result=check)
    assert curation.publish(statement=statement, by=editor).is_published


def test_publishing_without_words(statement, editor):
    Statement.objects.update(text=" ")
    assert "words" in refusal(curation.publish, statement=statement, by=editor)


def test_publishing_without_a_day(statement, editor):
    Statement.objects.update(said_on=None)
    assert "needs a day" in refusal(curation.publish, statement=statement, by=editor)


def test_publishing_without_a_day_but_with_the_reason(statement, editor):
    Statement.objects.update(said_on=None, undated_reason="The report names none.")
    assert curation.publish(statement=statement, by=editor).is_published


def test_publishing_tells_all_that_is_lacking_at_once(editor, db):
    bare = Statement.objects.create(key="bare", text="-", form="direct")
    said = refusal(curation.publish, statement=bare, by=editor)
    assert all(word in said for word in ("speaker", "citation", "day"))


def test_publishing_what_is_gone(statement, editor):
    Statement.objects.all().delete()
    assert "no longer there" in refusal(curation.publish, statement=statement, by=editor)


def test_what_is_stale_in_memory_does_not_overwrite(statement, editor):
    Statement.objects.update(text="Corrected meanwhile.")
    curation.publish(statement=statement, by=editor)
    assert Statement.objects.get().text == "Corrected meanwhile."


def test_withdrawing_leaves_the_reason(statement, editor):
    published = curation.publish(statement=statement, by=editor)
    withdrawn = curation.withdraw(statement=statement, reason=" A mistake. ", by=editor)
    assert (withdrawn.status, withdrawn.withdrawal_reason) == ("withdrawn", "A mistake.")
    assert withdrawn.published_at == published.published_at
    assert withdrawn.updated_at > published.updated_at


def test_withdrawing_a_draft(statement, editor):
    said = refusal(curation.withdraw, statement=statement, reason="No.", by=editor)
    assert "Only a published" in said


@pytest.mark.parametrize("reason", ["", "  \n", "\x00", "\ud800", "a" * 10_001])
def test_withdrawing_without_a_reason_that_can_be_kept(statement, editor, reason):
    curation.publish(statement=statement, by=editor)
    assert refusal(curation.withdraw, statement=statement, reason=reason, by=editor)
    assert Statement.objects.get().is_published


def test_coming_back_keeps_the_first_instant(statement, editor):
    first = curation.publish(statement=statement, by=editor)
    curation.withdraw(statement=statement, reason="A mistake.", by=editor)
    again = curation.publish(statement=statement, by=editor)
    assert again.published_at == first.published_at
    assert again.updated_at > first.updated_at
    assert again.withdrawal_reason == ""


def test_to_review_and_back(statement, editor):
    assert curation.submit(statement=statement, by=editor).status == "in_review"
    assert curation.return_to_draft(statement=statement, by=editor).status == "draft"


def test_to_review_from_elsewhere(statement, editor):
    curation.publish(statement=statement, by=editor)
    assert "Only a draft" in refusal(curation.submit, statement=statement, by=editor)


def test_back_from_elsewhere(statement, editor):
    said = refusal(curation.return_to_draft, statement=statement, by=editor)
    assert "in review" in said
