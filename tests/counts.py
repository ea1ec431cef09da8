"""What the database keeps counts of, compared with counting."""

from django.db import connection

COUNTED = """
SELECT token, count(*) FROM statements_statement, counted_tokens(facets, sort_on) AS token
WHERE status = 'published' GROUP BY token
"""


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


def assert_true():
    """Compares all that is kept with all that there is to count."""
    told = rows("SELECT token, n FROM statements_count WHERE n <> 0")
    assert told == rows(COUNTED)
    assert not rows("SELECT token, n FROM statements_countchange")
