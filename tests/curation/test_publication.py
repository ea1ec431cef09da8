"""From draft to the public and back."""

import pytest
from django.contrib.admin.models import LogEntry

from statements import curation
from statements.curation import RefusedError
from statements.models import Statement


def test_it_works(statement, publisher):
    published = curation.publish(statement=statement, by=publisher)
    assert published.is_published
    assert published.published_at == published.updated_at
    statement.refresh_from_db()
    assert statement.is_published
    assert statement.reviews.get().by == publisher
    assert LogEntry.objects.get().get_change_message() == "Published."


def test_the_shell_needs_no_account(statement):
    published = curation.publish(statement=statement, by=None)
    assert (published.is_published, published.reviews.get().by) == (True, None)
    assert not LogEntry.objects.exists()


def refusal(step, **arguments):
    with pytest.raises(RefusedError) as refused:
        step(**arguments)
    return " ".join(refused.value.reasons)


def test_publishing_twice(statement, publisher):
    curation.publish(statement=statement, by=publisher)
    assert "already" in refusal(curation.publish, statement=statement, by=publisher)


def test_publishing_without_a_speaker(statement, publisher):
    statement.parties.update(role="addressee")
    assert "speaker" in refusal(curation.publish, statement=statement, by=publisher)


def test_publishing_without_a_citation(statement, publisher):
    statement.citations.all().delete()
    assert "citation" in refusal(curation.publish, statement=statement, by=publisher)


def test_publishing_with_words_that_do_not_stand_in_the_stored_text(statement, publisher):
    statement.citations.update(quote="Never said", check_result="missing")
    said = refusal(curation.publish, statement=statement, by=publisher)
    assert "“Report” do not stand in its stored text: correct the words or the text." in said
    assert Statement.objects.get().status == "draft"


@pytest.mark.parametrize("check", ["verified", "moved", "no_text"])
def test_publishing_with_words_that_are_not_known_to_be_missing(statement, publisher, check):
    statement.citations.update(check_result=check)
    assert curation.publish(statement=statement, by=publisher).is_published


def test_publishing_without_words(statement, publisher):
    Statement.objects.update(text=" ")
    assert "words" in refusal(curation.publish, statement=statement, by=publisher)


def test_publishing_without_a_day(statement, publisher):
    Statement.objects.update(said_on=None)
    assert "needs a day" in refusal(curation.publish, statement=statement, by=publisher)


def test_publishing_without_a_day_but_with_the_reason(statement, publisher):
    Statement.objects.update(said_on=None, undated_reason="The report names none.")
    assert curation.publish(statement=statement, by=publisher).is_published


def test_publishing_tells_all_that_is_lacking_at_once(publisher, db):
    bare = Statement.objects.create(key="bare", text="-", form="direct")
    said = refusal(curation.publish, statement=bare, by=publisher)
    assert all(word in said for word in ("speaker", "citation", "day"))


def test_publishing_what_is_gone(statement, publisher):
    Statement.objects.all().delete()
    assert "no longer there" in refusal(curation.publish, statement=statement, by=publisher)


def test_what_is_stale_in_memory_does_not_overwrite(statement, publisher):
    Statement.objects.update(text="Corrected meanwhile.")
    curation.publish(statement=statement, by=publisher)
    assert Statement.objects.get().text == "Corrected meanwhile."


def test_withdrawing_leaves_the_reason(statement, publisher):
    published = curation.publish(statement=statement, by=publisher)
    withdrawn = curation.withdraw(statement=statement, reason=" A mistake. ", by=publisher)
    assert (withdrawn.status, withdrawn.withdrawal_reason) == ("withdrawn", "A mistake.")
    assert withdrawn.published_at == published.published_at
    assert withdrawn.updated_at > published.updated_at


def test_withdrawing_a_draft(statement, publisher):
    said = refusal(curation.withdraw, statement=statement, reason="No.", by=publisher)
    assert "Only a published" in said


@pytest.mark.parametrize("reason", ["", "  \n", "\x00", "\ud800", "a" * 10_001])
def test_withdrawing_without_a_reason_that_can_be_kept(statement, publisher, reason):
    curation.publish(statement=statement, by=publisher)
    assert refusal(curation.withdraw, statement=statement, reason=reason, by=publisher)
    assert Statement.objects.get().is_published


def test_coming_back_keeps_the_first_instant(statement, publisher):
    first = curation.publish(statement=statement, by=publisher)
    curation.withdraw(statement=statement, reason="A mistake.", by=publisher)
    again = curation.publish(statement=statement, by=publisher)
    assert again.published_at == first.published_at
    assert again.updated_at > first.updated_at
    assert again.withdrawal_reason == ""
