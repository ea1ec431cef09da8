"""What the database itself does to checks when texts or citations change, by whatever way."""

import pytest
from django.db import connection
from django.utils import timezone

from statements.models import Article, Citation, Statement
from tests.factories import make_article, make_citation, make_statement

pytestmark = pytest.mark.django_db
BODY = "He said that all is well. All is well, he said."


@pytest.fixture
def citation():
    statement = make_statement(cited=False)
    return make_citation(statement, make_article(body=BODY), quote="all is well")


def rewrite(citation, body):
    Article.objects.filter(pk=citation.article_id).update(body=body)
    citation.refresh_from_db()
    return citation.check_result, citation.is_checked


def test_it_works(citation):
    assert rewrite(citation, "Well: all is well.") == ("moved", False)
    assert rewrite(citation, "Nothing of the kind.") == ("missing", False)
    assert rewrite(citation, BODY) == ("verified", True)


def test_words_that_still_stand_there_stay_verified(citation):
    assert rewrite(citation, BODY + " And more.") == ("verified", True)


def test_a_text_that_is_taken_away(citation):
    assert rewrite(citation, "") == ("no_text", True)


def test_places_count_code_points(citation):
    Citation.objects.update(start=4, quote="ب")
    assert rewrite(citation, "𝔸𝔸𝔸 ب") == ("verified", True)


def test_nothing_is_moved_of_itself(citation):
    before = citation.start, citation.prefix, citation.suffix
    rewrite(citation, "Well: all is well.")
    assert (citation.start, citation.prefix, citation.suffix) == before


def test_a_citation_that_never_had_a_place_waits_for_one(citation):
    Citation.objects.update(start=None, check_result="missing", checked_at=timezone.now())
    assert rewrite(citation, "Well: all is well.") == ("no_text", False)


def test_a_change_of_anything_but_the_text_leaves_checks_alone(citation):
    before = citation.checked_at
    Article.objects.update(title="Another title")
    citation.refresh_from_db()
    assert (citation.check_result, citation.checked_at) == ("verified", before)


@pytest.mark.parametrize(
    ("changes", "result"),
    [({"quote": "all is lost"}, "missing"), ({"start": 3}, "moved"), ({"start": None}, "no_text")],
)
def test_other_words_do_not_keep_the_old_check(citation, changes, result):
    Citation.objects.update(**changes)
    citation.refresh_from_db()
    assert (citation.check_result, citation.is_checked) == (result, False)


def test_another_article_does_not_keep_the_old_check(citation):
    Citation.objects.update(article=make_article(body="Nothing."))
    citation.refresh_from_db()
    assert (citation.check_result, citation.is_checked) == ("missing", False)


def test_a_new_check_is_taken_at_its_word(citation):
    at = timezone.now()
    Citation.objects.update(quote="all is lost", check_result="verified", checked_at=at)
    citation.refresh_from_db()
    assert (citation.check_result, citation.checked_at) == ("verified", at)


def test_checks_do_not_write_statements_anew(citation):
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM statements_statement")
        before = cursor.fetchall()
        rewrite(citation, "Nothing.")
        cursor.execute("SELECT xmin::text FROM statements_statement")
        assert cursor.fetchall() == before


def test_a_citation_of_another_article_still_counts_for_its_statement(citation):
    article = make_article()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM statements_statement")
        before = cursor.fetchall()
        Citation.objects.update(article=article)
        cursor.execute("SELECT ctid::text FROM statements_statement")
        assert cursor.fetchall() != before
    assert Statement.objects.exists()
