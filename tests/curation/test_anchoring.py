"""Citations whose words stand elsewhere now, and how a curator anchors them anew."""

import pytest
from django.contrib.admin.models import LogEntry

from statements.curation import RefusedError, check_article, displaced, reanchor, to_look_at
from statements.models import Article, Citation, Statement


@pytest.fixture
def citation(statement, article):
    check_article(article=article)
    Article.objects.update(body="Here now: One two three. One two four.")
    check_article(article=Article.objects.get())
    return Citation.objects.select_related("article").get()


def again(citation):
    return Citation.objects.select_related("article").get(pk=citation.pk)


def test_it_works(citation, editor):
    before = Statement.objects.get().updated_at
    kept = reanchor(citation=citation, start=10, by=editor)
    assert (kept.start, kept.check_result, kept.prefix) == (10, "verified", "Here now: ")
    assert Statement.objects.get().updated_at > before
    assert "character 10" in LogEntry.objects.get().get_change_message()
    assert not to_look_at().exists()


def test_both_places_are_seen(citation):
    [seen] = displaced([citation])
    assert (seen.check, seen.cited.start, seen.cited.words) == ("moved", 0, "One two")
    assert seen.standing_there.words == "Here no"
    assert (seen.found.start, seen.found.line, seen.found.before) == (10, 1, "Here now: ")


def test_looking_changes_nothing(citation):
    before = Citation.objects.values().get()
    displaced([citation])
    assert Citation.objects.values().get() == before


def test_words_with_other_marks_are_cited_as_they_stand(citation, editor):
    Citation.objects.update(quote='a "b"')
    Article.objects.update(body="So a “b”.")
    kept = reanchor(citation=again(citation), start=3, by=editor)
    assert (kept.quote, kept.check_result) == ("a “b”", "verified")


def test_a_place_beyond_a_shorter_text(citation):
    Citation.objects.update(start=500)
    [seen] = displaced([again(citation)])
    assert seen.standing_there is None
    assert seen.found.start == 10


def test_the_place_that_fits_what_stood_around_is_found(citation):
    Article.objects.update(body="And: One two four. Then: One two three.")
    [seen] = displaced([again(citation)])
    assert seen.found.start == 25


def test_another_place_than_the_one_found_is_refused(citation, editor):
    with pytest.raises(RefusedError, match="changed meanwhile"):
        reanchor(citation=citation, start=25, by=editor)


def test_a_text_changed_meanwhile_is_refused(citation, editor):
    Article.objects.update(body="Not here: One two three.")
    Article.objects.update(body="Somewhere else: One two three.")
    with pytest.raises(RefusedError, match="changed meanwhile"):
        reanchor(citation=citation, start=10, by=editor)
    assert again(citation).start == 0


def test_missing_words_are_refused(citation, editor):
    Article.objects.update(body="Nothing.")
    with pytest.raises(RefusedError):
        reanchor(citation=citation, start=0, by=editor)


def test_words_cited_there_already_are_refused(citation, editor):
    Citation.objects.create(
        statement=citation.statement, article=citation.article, quote="One two", start=10
    )
    with pytest.raises(RefusedError, match="cited twice"):
        reanchor(citation=citation, start=10, by=editor)


def test_a_citation_deleted_meanwhile_is_refused(citation, editor):
    Citation.objects.filter(pk=citation.pk).delete()
    with pytest.raises(RefusedError, match="no longer there"):
        reanchor(citation=citation, start=10, by=editor)


def test_what_a_withdrawn_statement_cited_needs_no_look(citation):
    assert to_look_at().exists()
    Statement.objects.update(status="withdrawn", withdrawal_reason="No.")
    assert not to_look_at().exists()
