"""How many published statements each official addresses to each other, kept as all counts are.

A speaker and an addressee are tokens of a statement already, so that the pairs follow from what
it has; no statement is written. Until all are counted nobody may write one: two million take
a minute or two, in which readers read on.
"""

from django.db import migrations

COUNTED = r"""
CREATE OR REPLACE FUNCTION counted_tokens(facets text[], sort_on date) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT unnest(facets)
    UNION ALL SELECT '@'
    UNION ALL SELECT '@i' || to_char(sort_on, 'YYYY-MM')
        WHERE sort_on > '0001-01-01' OR '@y0001' = ANY (facets)
"""
# Whoever has written a statement holds a lock until the end of his transaction, and has added up
# his changes by then: once this one is granted, none wait to be added.
ALONE = "LOCK TABLE statements_statement IN SHARE ROW EXCLUSIVE MODE;\n"
# @Z and the two ids: who speaks, and who is addressed and is somebody else.
PAIRS = r"""
CREATE FUNCTION pairs_of_officials(facets text[]) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT DISTINCT '@Z' || substr(speaker, 3) || '-' || substr(addressee, 3)
    FROM unnest(facets) AS speaker, unnest(facets) AS addressee
    WHERE speaker LIKE '@s%' AND addressee LIKE '@a%'
    AND substr(speaker, 3) <> substr(addressee, 3)
$$;
"""
COUNTED_TOO = "    UNION ALL SELECT pair FROM pairs_of_officials(facets) AS pair\n"
END = "$$;\n"
COUNT = r"""
CREATE INDEX statements_count_pairs ON statements_count (left(token, 2), n DESC, token)
WHERE left(token, 2) IN ('@z', '@Z');
INSERT INTO statements_count
SELECT token, count(*) FROM statements_statement, pairs_of_officials(facets) AS token
WHERE status = 'published' GROUP BY token;
"""
REMOVE = r"""
DROP INDEX statements_count_pairs;
DROP FUNCTION pairs_of_officials;
DELETE FROM statements_count WHERE left(token, 2) = '@Z';
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0018_revision_half_way")]

    operations = [
        migrations.RunSQL(
            ALONE + PAIRS + COUNTED + COUNTED_TOO + END + COUNT, ALONE + COUNTED + END + REMOVE
        )
    ]
