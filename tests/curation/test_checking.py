"""Checking citations: one, an article's, and all of them by command."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from statements.curation import check_article, check_citation, check_citations
from statements.models import Article, Citation, Statement


def cite(statement, article, quote, **columns):
    return Citation(statement=statement, article=article, quote=quote, **columns)


def check(citation):
    return check_citation(citation, at=timezone.now())


def test_it_works(statement, article):
    citation = cite(statement, article, "two three")
    finding = check(citation)
    assert (citation.check_result, citation.start, finding.start) == ("verified", 4, 4)
    assert (citation.prefix, citation.suffix) == ("One ", ". One two four.")
    assert citation.pk is None


def test_a_place_that_was_given_gets_its_surroundings(statement, article):
    citation = cite(statement, article, "One two", start=15)
    check(citation)
    assert (citation.check_result, citation.start) == ("verified", 15)
    assert citation.suffix == " four."


def test_surroundings_that_were_given_choose_the_place(statement, article):
    citation = cite(statement, article, "One two", suffix=" four")
    check(citation)
    assert (citation.start, citation.suffix) == (15, " four")


def test_words_that_moved_are_said_to_stand_elsewhere_and_left(statement, article):
    citation = cite(statement, article, "four", start=0)
    finding = check(citation)
    assert (citation.check_result, citation.start, finding.start) == ("moved", 0, 23)


def test_words_that_are_missing(statement, article):
    citation = cite(statement, article, "five")
    assert check(citation).start is None
    assert (citation.check_result, citation.start) == ("missing", None)


def test_a_citation_without_words(statement, article):
    citation = cite(statement, article, "")
    check(citation)
    assert citation.check_result == "no_text"


def test_an_article_is_checked_whole(statement, article):
    cite(statement, article, "five").save()
    assert check_article(article=article) == {"verified": 1, "missing": 1}


def command(*arguments):
    out, err = StringIO(), StringIO()
    call_command("check_citations", *arguments, stdout=out, stderr=err)
    assert err.getvalue() == ""
    return dict(line.split(": ") for line in out.getvalue().splitlines())


def test_the_command_checks_what_was_never_checked(statement, article):
    assert command() == {"verified": "1", "moved": "0", "missing": "0", "no_text": "0"}
    assert Citation.objects.get().start == 0


def test_the_command_leaves_what_is_verified(statement, article):
    command()
    assert command() == {"verified": "0", "moved": "0", "missing": "0", "no_text": "0"}


def test_the_command_checks_all_when_asked(statement, article):
    command()
    before = Citation.objects.get().checked_at
    assert command("--all")["verified"] == "1"
    assert Citation.objects.get().checked_at > before


def test_the_command_looks_closer_at_what_a_changed_text_unsettled(statement, article):
    Citation.objects.update(quote='One "two"', start=0)
    Article.objects.update(body="So: One “two”.")
    assert Citation.objects.get().check_result == "missing"
    assert command()["moved"] == "1"


def test_what_was_done_before_a_killed_command_stays(statement, article, monkeypatch):
    monkeypatch.setattr("statements.curation.checking.N_IN_A_BATCH", 2)
    Citation.objects.bulk_create(
        cite(statement, article, "four", locator=str(n), start=n) for n in range(5)
    )

    def kill(n_done):
        if n_done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_citations(is_all=True, on_progress=kill)
    assert Citation.objects.exclude(checked_at=None).count() == 4
    check_citations()
    assert not Citation.objects.filter(checked_at=None).exists()


def test_the_command_looks_again_at_what_failed(statement, article):
    Article.objects.update(body="Nothing.")
    assert command()["missing"] == "1"
    Article.objects.update(body="One two.")
    assert command()["verified"] == "1"


def test_checking_touches_no_published_fact(statement, article):
    before = Statement.objects.values().get()
    command("--all")
    assert Statement.objects.values().get() == before


def test_many_are_checked_in_batches(statement, article, monkeypatch):
    monkeypatch.setattr("statements.curation.checking.N_IN_A_BATCH", 3)
    other = Article.objects.create(slug="o", outlet=article.outlet, title="O", body="Else.")
    Citation.objects.bulk_create(
        cite(statement, one, "Else", locator=str(n), start=n + 10)
        for n in range(5)
        for one in (article, other)
    )
    assert command("--all") == {"verified": "1", "moved": "5", "missing": "5", "no_text": "0"}


def read_articles(captured):
    return [
        one["sql"] for one in captured if "octet_length" not in one["sql"] and "body" in one["sql"]
    ]


@pytest.fixture
def many_articles(statement, article):
    """Three articles beside the first, each cited with words of its own."""
    for n in range(3):
        other = Article.objects.create(
            slug=f"other-{n}", outlet=article.outlet, title="Other", body=f"Words of number {n}."
        )
        cite(statement, other, f"number {n}").save()


def test_texts_are_read_together(many_articles):
    with CaptureQueriesContext(connection) as captured:
        assert check_citations(is_all=True) == {"verified": 4}
    assert len(read_articles(captured)) == 1


def test_no_more_text_is_held_than_is_allowed(many_articles, monkeypatch):
    monkeypatch.setattr("statements.curation.checking.N_BYTES_AT_ONCE", 50)
    with CaptureQueriesContext(connection) as captured:
        assert check_citations(is_all=True) == {"verified": 4}
    assert len(read_articles(captured)) == 2


def test_a_text_longer_than_that_is_read_by_itself(many_articles, monkeypatch):
    monkeypatch.setattr("statements.curation.checking.N_BYTES_AT_ONCE", 1)
    with CaptureQueriesContext(connection) as captured:
        assert check_citations(is_all=True) == {"verified": 4}
    assert len(read_articles(captured)) == 4


@pytest.mark.django_db
def test_an_empty_archive():
    assert command("--all") == {"verified": "0", "moved": "0", "missing": "0", "no_text": "0"}
