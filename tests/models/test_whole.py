import pytest

from statements.interchange.cited import cited
from statements.interchange.public import public_statement
from statements.models import Statement
from statements.models.whole import whole
from tests.exports.test_statements import make_whole
from tests.factories import make_article, make_citation, make_link, make_party, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def statements():
    """One with something in every place, one with the least, one that names what others do."""
    full = make_whole()
    first = make_article(slug="first")
    article = make_article(slug="told", kind="reconstruction", based_on=first)
    make_citation(full, article)
    make_party(full, "relayer", "an official", form="indirect", article=article)
    make_party(full, "subject", kind="public")
    least = make_statement("Calm.", key="least", said_on=None, undated_reason="No date.")
    make_link(full, least, "denies")
    make_link(full, make_statement(key="hidden", status="draft"))
    make_statement(key="again", speaker=full.speakers[0].official, event=full.event,
                   topics=full.topics.all(), about_events=[full.event])  # fmt: skip
    return Statement.objects.order_by("pk")


def test_it_tells_what_with_links_tells(statements):
    """The same records and references, row by row."""
    by_key = {row.key: row for row in whole(statements)}
    for row in statements.with_links():
        assert public_statement(by_key[row.key], str) == public_statement(row, str)
        assert cited(by_key[row.key], str, accessed_on=None) == cited(row, str, accessed_on=None)
    assert len(by_key) == 4


def test_a_row_costs_no_query(statements, django_assert_max_num_queries, django_assert_num_queries):
    with django_assert_max_num_queries(20):
        rows = whole(statements)
    with django_assert_num_queries(0):
        for row in rows:
            public_statement(row, str)
            cited(row, str, accessed_on=None)


def test_what_is_named_twice_is_one_object(statements):
    first, *_others, last = whole(statements)
    assert first.speakers[0].official is last.speakers[0].official
    assert first.event is last.event


def test_of_nothing(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert whole(Statement.objects.all()) == []
