"""What was public before publications were noted became public in one edition, before all others.

Whatever is withdrawn and published again is no news to those who follow.
"""

from django.db import migrations

KNOWN = """
WITH known AS (
    INSERT INTO statements_edition (revision)
    SELECT 0 WHERE EXISTS (SELECT FROM statements_statement)
    RETURNING id
)
INSERT INTO statements_publication (statement_id, edition_id)
SELECT s.id, known.id FROM statements_statement s, known
WHERE s.status IN ('published', 'withdrawn')
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0021_following")]

    operations = [migrations.RunSQL(KNOWN, migrations.RunSQL.noop)]
