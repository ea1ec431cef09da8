"""What a check of a citation finds, and what it leaves alone."""

import pytest
from django.utils import timezone

from statements.quoting import Check
from tests.factories import make_article, make_citation, make_statement

pytestmark = pytest.mark.django_db

# Two paragraphs of our own, with one sentence twice.
BODY = (
    "Pakistan said on Thursday that it had struck “terrorist hideouts” across the border. "
    "Its minister told his counterpart by telephone that both sides wished for calm.\n\n"
    "The Foreign Office repeated in the evening that only “terrorist hideouts” were aimed at, "
    "and that the two countries would “require coordinated action” against a common challenge."
)


def cite(quote, **fields):
    article = fields.pop("article", None) or make_article(body=BODY)
    return make_citation(make_statement(cited=False), article, quote=quote, **fields)


def test_words_that_stand_there_are_verified_and_anchored():
    citation = cite("require coordinated action")
    assert citation.check_result == Check.VERIFIED
    assert citation.start == BODY.index("require coordinated action")
    assert citation.prefix.endswith("would “")
    assert citation.suffix.startswith("” against")


def test_a_position_of_its_own_is_kept():
    second = BODY.rindex("terrorist hideouts")
    citation = cite("terrorist hideouts", start=second)
    assert (citation.check_result, citation.start) == (Check.VERIFIED, second)


def test_surroundings_tell_two_places_apart():
    citation = cite("terrorist hideouts", prefix="in the evening that only “")
    assert citation.start == BODY.rindex("terrorist hideouts")


def test_words_that_stand_elsewhere_have_moved_and_are_not_reanchored():
    citation = cite("require coordinated action", start=3)
    assert (citation.check_result, citation.start) == (Check.MOVED, 3)


def test_words_that_stand_nowhere_are_missing():
    citation = cite("require joint action", start=3)
    assert (citation.check_result, citation.start) == (Check.MISSING, 3)


def test_other_white_space_is_no_verification():
    assert cite("require\ncoordinated action").check_result == Check.MOVED


@pytest.mark.parametrize(("quote", "body"), [("words", ""), ("", BODY), ("", "")])
def test_without_words_or_a_stored_text_there_is_nothing_to_check(quote, body):
    citation = cite(quote, article=make_article(body=body))
    assert citation.check_result == Check.NO_TEXT
    assert citation.start is None


def test_a_change_of_the_text_is_found_and_the_position_kept():
    citation = cite("require coordinated action")
    start = citation.start
    citation.article.body = f"Updated. {BODY}"
    citation.recheck(at=timezone.now())
    assert (citation.check_result, citation.start) == (Check.MOVED, start)


def test_the_instant_of_the_check_is_kept():
    at = timezone.now()
    citation = cite("terrorist hideouts")
    citation.recheck(at=at)
    assert citation.checked_at == at
