"""Says when the archive last changed, for those who ask by date and not by tag."""

from django.db import migrations

ADD = r"""
ALTER TABLE statements_revision ADD COLUMN moved_at timestamptz NOT NULL DEFAULT now();
CREATE OR REPLACE FUNCTION move_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_revision_request
    WHERE asked_by = NEW.asked_by AND asks_names = NEW.asks_names;
    UPDATE statements_revision SET number = number + 1, names = names + NEW.asks_names::int,
        moved_at = clock_timestamp();
    WITH moved AS (DELETE FROM statements_countchange RETURNING token, n)
    INSERT INTO statements_count
    SELECT token, sum(n) FROM moved GROUP BY token HAVING sum(n) <> 0
    ON CONFLICT (token) DO UPDATE SET n = statements_count.n + EXCLUDED.n;
    RETURN NULL;
END $$;
"""
REMOVE = r"""
CREATE OR REPLACE FUNCTION move_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_revision_request
    WHERE asked_by = NEW.asked_by AND asks_names = NEW.asks_names;
    UPDATE statements_revision SET number = number + 1, names = names + NEW.asks_names::int;
    WITH moved AS (DELETE FROM statements_countchange RETURNING token, n)
    INSERT INTO statements_count
    SELECT token, sum(n) FROM moved GROUP BY token HAVING sum(n) <> 0
    ON CONFLICT (token) DO UPDATE SET n = statements_count.n + EXCLUDED.n;
    RETURN NULL;
END $$;
ALTER TABLE statements_revision DROP COLUMN moved_at;
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0016_kept_counts")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
