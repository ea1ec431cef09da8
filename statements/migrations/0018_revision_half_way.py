"""Move the revision, and add up counts, for what is written after a check half way.

`SET CONSTRAINTS ALL IMMEDIATE` has the revision moved at once: what came later in the same
transaction moved it no more, and its counts waited for somebody else's publication. And an act
that a statement names twice is one token.
"""

from importlib import import_module

from django.db import migrations

ASK_BEFORE = r"""
CREATE OR REPLACE FUNCTION ask_for_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    self text := txid_current()::text;
    asked text := 'demarche.asked_for_' || TG_ARGV[0];
BEGIN
    IF current_setting(asked, true) IS DISTINCT FROM self THEN
        INSERT INTO statements_revision_request VALUES (self::bigint, TG_ARGV[0] = 'names')
        ON CONFLICT DO NOTHING;
        PERFORM set_config(asked, self, true);
    END IF;
    RETURN NULL;
END $$;
"""
# The request may move the revision at once, which forgets that it was asked for.
ASK = r"""
CREATE OR REPLACE FUNCTION ask_for_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    self text := txid_current()::text;
    asked text := 'demarche.asked_for_' || TG_ARGV[0];
BEGIN
    IF current_setting(asked, true) IS DISTINCT FROM self THEN
        PERFORM set_config(asked, self, true);
        INSERT INTO statements_revision_request VALUES (self::bigint, TG_ARGV[0] = 'names')
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""
MOVE_BEFORE = r"""
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
MOVE = MOVE_BEFORE.replace(
    "    RETURN NULL;",
    """    PERFORM set_config(
        'demarche.asked_for_' || CASE WHEN NEW.asks_names THEN 'names' ELSE 'rows' END, '', true
    );
    RETURN NULL;""",
)
# Triggers fire in the order of their names: the counts are noted before the revision is asked for.
ORDER = "ALTER TRIGGER ask_for_revision ON statements_statement RENAME TO request_revision;"
ORDER_BEFORE = "ALTER TRIGGER request_revision ON statements_statement RENAME TO ask_for_revision;"

FUNCTION = "CREATE OR REPLACE FUNCTION derive_tokens"
_prefixed, _function, _body = import_module(
    "statements.migrations.0014_derive_faster"
).DERIVE.partition(FUNCTION)
DERIVE_BEFORE = FUNCTION + _body
DERIVE = DERIVE_BEFORE.replace(
    "prefixed('@k', s.acts::text[])",
    "prefixed('@k', CASE WHEN cardinality(s.acts) > 1\n"
    "            THEN ARRAY(SELECT DISTINCT unnest(s.acts)::text) ELSE s.acts::text[] END)",
)
# Those that name an act twice are derived anew.
ANEW = """
UPDATE statements_statement SET id = id
WHERE cardinality(acts) > 1
AND cardinality(acts) > (SELECT count(DISTINCT act) FROM unnest(acts) AS act);
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0017_revision_moment")]

    operations = [
        migrations.RunSQL(ASK + MOVE + ORDER, ORDER_BEFORE + MOVE_BEFORE + ASK_BEFORE),
        migrations.RunSQL(DERIVE, DERIVE_BEFORE),
        migrations.RunSQL(ANEW, migrations.RunSQL.noop),
    ]
