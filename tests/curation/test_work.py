"""What waits for whom, and that it is counted cheaply."""

import pytest
from django.db import connection

from statements import curation
from statements.curation import work
from statements.models import Citation, Statement
from tests.factories import make_article, make_citation, make_statement


@pytest.fixture
def draft(statement, contributor):
    statement.entered_by = contributor
    statement.save()
    return statement


def test_it_works(draft, contributor, editor):
    found = curation.work_to_do(by=contributor)
    assert (found.drafts.n, found.drafts.top) == (1, (draft,))
    assert (found.n_sent_back, found.to_review, found.n_all_drafts) == (0, None, 1)
    assert found.changes == (draft,)
    assert curation.work_to_do(by=editor).drafts.n == 0


def test_what_came_back_comes_with_the_last_note(draft, contributor, editor):
    for note in ("Which Friday?", "And who?"):
        curation.submit(statement=draft, by=contributor)
        curation.return_to_draft(statement=draft, by=editor, note=note)
    found = curation.work_to_do(by=contributor)
    assert found.n_sent_back == 1
    [back] = found.sent_back
    assert (back.statement, back.review.note, back.review.by) == (draft, "And who?", editor)
    assert curation.work_to_do(by=editor).n_sent_back == 0


def test_ones_own_waits_for_others(draft, contributor, editor, publisher):
    curation.submit(statement=draft, by=editor)
    assert curation.work_to_do(by=publisher).to_review.top == (draft,)
    assert curation.work_to_do(by=editor).to_review.n == 0


def test_the_longest_waiting_comes_first(editor):
    later, sooner = (
        make_statement(status="in_review", updated_at=f"2024-01-0{day}T00:00Z") for day in (2, 1)
    )
    assert curation.work_to_do(by=editor).to_review.top == (sooner, later)


def test_failed_checks_of_what_is_withdrawn_wait_for_nobody(editor):
    for status in ("published", "withdrawn"):
        make_citation(make_statement(status=status, cited=False))
    Citation.objects.update(check_result="moved")
    assert curation.work_to_do(by=editor).n_failed_checks == 1


def test_articles_without_statements(statement, editor):
    make_article(based_on=make_article(), kind="reconstruction")
    assert curation.work_to_do(by=editor).n_unused_articles == 1


def test_nothing_is_counted_past_a_hundred(editor):
    Statement.objects.bulk_create(
        Statement(key=f"k{n}", text="-", form="direct", entered_by=editor) for n in range(150)
    )
    found = curation.work_to_do(by=editor)
    assert (found.drafts.n, found.n_all_drafts) == (101, 101)


OTHER_INDEXES = """
SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid IN ('statements_statement'::regclass, 'statements_citation'::regclass)
AND NOT indisprimary AND indexrelid <> %s::regclass
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda by: work.drafts_of(by)[:5], "statement_draft_of"),
        (lambda by: work.sent_back_to(by)[:5], "statement_returned"),
        (lambda by: work.to_review_by(by), "statement_unpublished"),
        (lambda by: work.newest_failed_checks()[:101], "citation_failed"),
        (lambda by: Statement.objects.order_by("-updated_at", "-pk")[:8], "statement_updated"),
    ],
)
def test_each_pile_is_read_from_a_small_index(editor, rows, index):
    """That it serves the query: which of several is the cheapest hangs on statistics."""
    with connection.cursor() as cursor:
        cursor.execute(OTHER_INDEXES, [index])
        for (other,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {other}")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    assert index in rows(editor).explain()
