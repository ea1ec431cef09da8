"""Every change of a curated row, kept by the database itself, whatever made it."""

import django.db.models.deletion
from django.db import migrations, models

# One row a transaction and author, made by its first write: who, when and why. Whoever writes says
# so in the setting `demarche.author` (JSON), which ends with the transaction; else the program's
# name is told, as `application_name` has it.
TABLES = r"""
CREATE TABLE statements_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kind text NOT NULL CHECK (kind IN ('person', 'command', 'program')),
    user_id bigint,
    who text NOT NULL,
    why text NOT NULL,
    public_note text NOT NULL
);
-- Both kinds of entry take their numbers from one sequence, so that they are in one order.
CREATE SEQUENCE statements_history_entry;
-- A row as it was before it was changed or deleted, and the row that it is a part of. What it is
-- now, the table itself tells, or the next entry.
CREATE TABLE statements_formerrow (
    id bigint PRIMARY KEY DEFAULT nextval('statements_history_entry'),
    change_id bigint NOT NULL REFERENCES statements_change,
    relation text NOT NULL,
    row_id bigint NOT NULL,
    whole text NOT NULL,
    whole_id bigint NOT NULL,
    is_deleted boolean NOT NULL,
    "values" jsonb NOT NULL
);
CREATE INDEX formerrow_of_row ON statements_formerrow (relation, row_id);
CREATE INDEX formerrow_of_whole ON statements_formerrow (whole, whole_id);
CREATE INDEX formerrow_deleted ON statements_formerrow (relation, id) WHERE is_deleted;
-- Which rows came with one statement of SQL: their numbers are enough, and cost an import little.
CREATE TABLE statements_newrows (
    id bigint PRIMARY KEY DEFAULT nextval('statements_history_entry'),
    change_id bigint NOT NULL REFERENCES statements_change,
    relation text NOT NULL,
    ids int8multirange NOT NULL
);
CREATE INDEX newrows_of_row ON statements_newrows USING gist (ids);
ALTER SEQUENCE statements_history_entry OWNED BY statements_formerrow.id;
"""

FUNCTIONS = r"""
CREATE FUNCTION current_change() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    author text := coalesce(nullif(current_setting('demarche.author', true), ''), '{}');
    program text := current_setting('application_name');
    mark text := txid_current() || ' ' || md5(author) || ' ';
    known text := coalesce(current_setting('demarche.change', true), '');
    told jsonb;
    change bigint;
BEGIN
    IF starts_with(known, mark) THEN
        RETURN substr(known, length(mark) + 1)::bigint;
    END IF;
    told := author::jsonb;
    INSERT INTO statements_change (kind, user_id, who, why, public_note) VALUES (
        coalesce(told ->> 'kind',
            CASE WHEN program LIKE 'manage.py %' THEN 'command' ELSE 'program' END),
        (told ->> 'user')::bigint,
        coalesce(told ->> 'who', nullif(replace(program, 'manage.py ', ''), ''), session_user),
        coalesce(told ->> 'why', ''),
        coalesce(told ->> 'public_note', '')
    ) RETURNING id INTO change;
    PERFORM set_config('demarche.change', mark || change, true);
    RETURN change;
END $$;

CREATE FUNCTION record_new_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statements_newrows (change_id, relation, ids)
    SELECT current_change(), TG_TABLE_NAME, range_agg(int8range(id, id, '[]')) FROM changed
    HAVING count(*) > 0;
    RETURN NULL;
END $$;

-- The first argument names the columns that are worked out, the second those that name the whole.
CREATE FUNCTION whole_of(own_table text, own_id bigint, row_now jsonb, columns text[],
    OUT whole text, OUT whole_id bigint
) LANGUAGE sql IMMUTABLE AS $$
    SELECT relation, id FROM (
        SELECT 'statements_' || left(c, -3), (row_now ->> c)::bigint FROM unnest(columns) c
        WHERE row_now ->> c IS NOT NULL
        UNION ALL SELECT own_table, own_id
    ) told (relation, id) LIMIT 1
$$;

CREATE FUNCTION record_changed_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    derived text[] := TG_ARGV[0];
BEGIN
    INSERT INTO statements_formerrow
        (change_id, relation, row_id, whole, whole_id, is_deleted, "values")
    SELECT (SELECT current_change()), TG_TABLE_NAME, former.id, w.whole, w.whole_id,
        former.is_gone, former.told
    FROM (
        SELECT o.id, n.id IS NULL AS is_gone, to_jsonb(o) - derived AS told,
            to_jsonb(n) - derived AS now
        FROM before o LEFT JOIN changed n ON n.id = o.id
    ) former, whole_of(TG_TABLE_NAME, former.id, former.told, TG_ARGV[1]::text[]) w
    WHERE former.is_gone OR former.told IS DISTINCT FROM former.now
    ORDER BY former.id;
    -- A row that was given another number is, for its history, another row.
    INSERT INTO statements_newrows (change_id, relation, ids)
    SELECT current_change(), TG_TABLE_NAME, range_agg(int8range(n.id, n.id, '[]'))
    FROM changed n LEFT JOIN before o ON o.id = n.id WHERE o.id IS NULL
    HAVING count(*) > 0;
    RETURN NULL;
END $$;

CREATE FUNCTION record_deleted_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statements_formerrow
        (change_id, relation, row_id, whole, whole_id, is_deleted, "values")
    SELECT (SELECT current_change()), TG_TABLE_NAME, former.id, w.whole, w.whole_id, true,
        former.told
    FROM (SELECT o.id, to_jsonb(o) - TG_ARGV[0]::text[] AS told FROM before o) former,
        whole_of(TG_TABLE_NAME, former.id, former.told, TG_ARGV[1]::text[]) w
    ORDER BY former.id;
    RETURN NULL;
END $$;

CREATE FUNCTION record_emptied_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format($sql$
        INSERT INTO statements_formerrow
            (change_id, relation, row_id, whole, whole_id, is_deleted, "values")
        SELECT (SELECT current_change()), $1, former.id, w.whole, w.whole_id, true, former.told
        FROM (SELECT o.id, to_jsonb(o) - $2 AS told FROM %I o) former,
            whole_of($1, former.id, former.told, $3) w
        ORDER BY former.id
    $sql$, TG_TABLE_NAME) USING TG_TABLE_NAME::text, TG_ARGV[0]::text[], TG_ARGV[1]::text[];
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is only added to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
REMOVE_FUNCTIONS = """
DROP FUNCTION refuse_to_rewrite_history CASCADE;
DROP FUNCTION record_emptied_table CASCADE;
DROP FUNCTION record_deleted_rows CASCADE;
DROP FUNCTION record_changed_rows CASCADE;
DROP FUNCTION record_new_rows CASCADE;
DROP FUNCTION whole_of;
DROP FUNCTION current_change;
"""
REMOVE_TABLES = "DROP TABLE statements_newrows, statements_formerrow, statements_change CASCADE;"

# Each curated table: the columns that are worked out and make no history, and those of which one
# names the row that this is a part of.
CURATED = {
    "country": ("", ""),
    "organization": ("", ""),
    "post": ("", ""),
    "official": ("", ""),
    "tenure": ("", "official_id"),
    "alias": ("", "official_id,organization_id,country_id"),
    "outlet": ("", ""),
    "article": ("body_sha256", ""),
    "topic": ("", ""),
    "event": ("", ""),
    "event_countries": ("", "event_id"),
    "eventparty": ("", "event_id"),
    "statement": (
        "account,basis,facets,search_vector,earliest_on,latest_on,sort_on,updated_at",
        "",
    ),
    "statement_topics": ("", "statement_id"),
    "statement_about_events": ("", "statement_id"),
    "party": ("", "statement_id"),
    "citation": ("checked_at", "statement_id"),
    "link": ("", "statement_id"),
    "redirect": ("", ""),
}
HISTORY = ("change", "formerrow", "newrows")


def recording(table: str) -> str:
    derived, whole = CURATED[table]
    told = f"('{{{derived}}}', '{{{whole}}}')"
    return f"""
CREATE TRIGGER record_new AFTER INSERT ON statements_{table} REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION record_new_rows();
CREATE TRIGGER record_changed AFTER UPDATE ON statements_{table}
REFERENCING OLD TABLE AS before NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION record_changed_rows{told};
CREATE TRIGGER record_deleted AFTER DELETE ON statements_{table} REFERENCING OLD TABLE AS before
FOR EACH STATEMENT EXECUTE FUNCTION record_deleted_rows{told};
CREATE TRIGGER record_emptied BEFORE TRUNCATE ON statements_{table}
FOR EACH STATEMENT EXECUTE FUNCTION record_emptied_table{told};
"""


def guard(table: str) -> str:
    return f"""
CREATE TRIGGER refuse_to_rewrite BEFORE UPDATE OR DELETE OR TRUNCATE ON statements_{table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0007_list_indexes")]

    operations = [
        migrations.RunSQL(TABLES, REMOVE_TABLES),
        migrations.RunSQL(FUNCTIONS, REMOVE_FUNCTIONS),
        migrations.RunSQL(
            "".join(map(recording, CURATED)) + "".join(map(guard, HISTORY)),
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("who", models.TextField()),
                ("why", models.TextField()),
                ("public_note", models.TextField()),
            ],
            options={"managed": False, "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="FormerRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="statements.change",
                    ),
                ),
                ("relation", models.TextField()),
                ("row_id", models.BigIntegerField()),
                ("whole", models.TextField()),
                ("whole_id", models.BigIntegerField()),
                ("is_deleted", models.BooleanField()),
                ("values", models.JSONField()),
            ],
            options={"managed": False, "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="NewRows",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="statements.change",
                    ),
                ),
                ("relation", models.TextField()),
            ],
            options={"managed": False, "default_permissions": ()},
        ),
    ]
