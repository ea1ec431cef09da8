"""What the database keeps counts of, compared with counting."""

from django.db import connection

COUNTED = """
SELECT token, count(*) FROM statements_statement, counted_tokens(facets, sort_on) AS token
WHERE status = 'published' GROUP BY token
"""
# Of officials as the parties have it, which are not what the counts are made of.
PAIRS = """
SELECT '@Z' || speaker.official_id || '-' || addressee.official_id,
    count(DISTINCT speaker.statement_id)
FROM statements_party speaker JOIN statements_party addressee USING (statement_id)
JOIN statements_statement statement ON statement.id = statement_id
WHERE statement.status = 'published' AND speaker.role = 'speaker' AND addressee.role = 'addressee'
AND speaker.official_id <> addressee.official_id GROUP BY 1
"""


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


def assert_true():
    """Compares all that is kept with all that there is to count."""
    told = rows("SELECT token, n FROM statements_count WHERE n <> 0")
    assert told == rows(COUNTED)
    assert {token: n for token, n in told.items() if token.startswith("@Z")} == rows(PAIRS)
    assert not rows("SELECT token, n FROM statements_countchange")
