"""What the database works out by itself, so that no path of writing can leave it stale."""

from django.db import migrations

# Whose version a statement is, whether anything in it is inferred, and the tokens by which its
# parties are found. Where relayers of different articles differ, the account nearest to the
# speaker counts; without a relayer, a report of an act or a contact is the outlet's alone unless
# it reports what the speaker put out himself.
DERIVE_STATEMENT = r"""
CREATE FUNCTION derive_statement(
    of_statement bigint, form text, channel text, channel_basis text, said_on_basis text,
    OUT account text, OUT basis text, OUT party_tokens text
) LANGUAGE sql STABLE AS $$
    WITH party AS (
        SELECT * FROM statements_party p WHERE p.statement_id = of_statement
    ), origin AS (
        -- The last relayer of each article's chain: the one that heard the speaker.
        SELECT DISTINCT ON (article_id) * FROM party
        WHERE role = 'relayer' ORDER BY article_id, position DESC, id DESC
    ), origin_account AS (
        SELECT CASE
            WHEN EXISTS (
                SELECT FROM party speaker WHERE speaker.role = 'speaker'
                AND speaker.kind = origin.kind
                AND CASE origin.kind
                    WHEN 'official' THEN speaker.official_id = origin.official_id
                    WHEN 'organization' THEN speaker.organization_id = origin.organization_id
                    WHEN 'post' THEN speaker.post_id = origin.post_id
                    WHEN 'country' THEN speaker.country_id = origin.country_id
                    ELSE false
                END
            ) THEN 1
            WHEN origin.country_id IN (SELECT country_id FROM party WHERE role = 'speaker') THEN 2
            WHEN origin.country_id IN (SELECT country_id FROM party WHERE role = 'addressee')
                THEN 3
            ELSE 4
        END AS distance FROM origin
    ), token AS (
        SELECT '@o' || official_id AS name FROM party WHERE official_id IS NOT NULL
        UNION SELECT '@g' || organization_id FROM party WHERE organization_id IS NOT NULL
        UNION SELECT '@p' || post_id FROM party WHERE post_id IS NOT NULL
        UNION SELECT '@c' || country_id FROM party WHERE kind = 'country'
        UNION SELECT unnest(tsvector_to_array(to_tsvector('simple', fold(name_as_printed))))
            FROM party WHERE name_as_printed <> ''
    )
    SELECT
        coalesce(
            (ARRAY['own', 'own_side', 'other_side', 'third_party'])[
                (SELECT min(distance) FROM origin_account)
            ],
            CASE
                WHEN form = 'contact_report' THEN 'outlet_only'
                WHEN form = 'act_report' AND channel IN (
                    'meeting_bilateral', 'meeting_multilateral', 'phone_call', 'video_call',
                    'message', 'summons', 'memorandum_of_conversation', 'unknown'
                ) THEN 'outlet_only'
                ELSE 'own'
            END
        ),
        CASE
            WHEN channel_basis = 'inferred' OR said_on_basis = 'inferred'
                OR EXISTS (SELECT FROM party WHERE party.basis = 'inferred') THEN 'inferred'
            ELSE 'stated'
        END,
        coalesce((SELECT string_agg(name, ' ' ORDER BY name) FROM token), '');
$$;
"""

TRIGGERS = r"""
CREATE FUNCTION derive_before_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT d.account, d.basis, d.party_tokens INTO NEW.account, NEW.basis, NEW.party_tokens
    FROM derive_statement(
        NEW.id, NEW.form, NEW.channel, NEW.channel_basis, NEW.said_on_basis
    ) d;
    RETURN NEW;
END $$;
CREATE TRIGGER derive_before_write BEFORE INSERT OR UPDATE ON statements_statement
FOR EACH ROW EXECUTE FUNCTION derive_before_write();

-- A change of parties touches their statements, whose own trigger then derives anew. Statements
-- that are not there yet (parties may be written first) cost one look at an index.
CREATE FUNCTION touch_statements_of_parties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_statement s SET id = s.id
    FROM (SELECT DISTINCT statement_id FROM changed) c
    CROSS JOIN LATERAL (SELECT * FROM statements_statement o WHERE o.id = c.statement_id) o
    CROSS JOIN LATERAL derive_statement(
        o.id, o.form, o.channel, o.channel_basis, o.said_on_basis
    ) d
    WHERE s.id = c.statement_id
    AND (s.account, s.basis, s.party_tokens) IS DISTINCT FROM (d.account, d.basis, d.party_tokens);
    RETURN NULL;
END $$;
CREATE TRIGGER touch_after_insert AFTER INSERT ON statements_party
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION touch_statements_of_parties();
CREATE TRIGGER touch_after_update AFTER UPDATE ON statements_party
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION touch_statements_of_parties();
CREATE TRIGGER touch_after_delete AFTER DELETE ON statements_party
REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION touch_statements_of_parties();

CREATE FUNCTION keep_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the key of a statement never changes: %', OLD.key
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_key BEFORE UPDATE OF key ON statements_statement
FOR EACH ROW WHEN (NEW.key <> OLD.key) EXECUTE FUNCTION keep_key();
"""

REMOVE_TRIGGERS = """
DROP FUNCTION keep_key CASCADE;
DROP FUNCTION touch_statements_of_parties CASCADE;
DROP FUNCTION derive_before_write CASCADE;
"""

# A slug that is given up leads on to its successor for ever, and nobody else may take it.
REDIRECTS = r"""
CREATE FUNCTION guard_slug() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind_of text := TG_ARGV[0];
    taken text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- Renamed back, perhaps over several steps: the way there need not lead away any more.
        WITH RECURSIVE lead (slug) AS (
            SELECT new_slug FROM statements_redirect WHERE kind = kind_of AND old_slug = taken
            UNION
            SELECT r.new_slug FROM statements_redirect r JOIN lead ON r.old_slug = lead.slug
            WHERE r.kind = kind_of
        )
        DELETE FROM statements_redirect
        WHERE kind = kind_of AND old_slug = taken
        AND EXISTS (SELECT FROM lead WHERE slug = to_jsonb(OLD) ->> TG_ARGV[1]);
    END IF;
    IF EXISTS (SELECT FROM statements_redirect WHERE kind = kind_of AND old_slug = taken) THEN
        RAISE EXCEPTION '% "%" is an old address that leads elsewhere', kind_of, taken
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION keep_old_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statements_redirect (kind, old_slug, new_slug)
    VALUES (TG_ARGV[0], to_jsonb(OLD) ->> TG_ARGV[1], to_jsonb(NEW) ->> TG_ARGV[1])
    ON CONFLICT (kind, old_slug) DO UPDATE SET new_slug = EXCLUDED.new_slug;
    RETURN NULL;
END $$;
"""
REMOVE_REDIRECTS = """
DROP FUNCTION keep_old_slug CASCADE;
DROP FUNCTION guard_slug CASCADE;
"""
KINDS = ["official", "organization", "post", "outlet", "article", "event", "topic", "country"]


def redirect_triggers(kind: str) -> str:
    column = "code" if kind == "country" else "slug"
    table = f"statements_{kind}"
    return f"""
CREATE TRIGGER guard_slug BEFORE INSERT OR UPDATE OF {column} ON {table}
FOR EACH ROW EXECUTE FUNCTION guard_slug('{kind}', '{column}');
CREATE TRIGGER keep_old_slug AFTER UPDATE OF {column} ON {table}
FOR EACH ROW WHEN (NEW.{column} <> OLD.{column})
EXECUTE FUNCTION keep_old_slug('{kind}', '{column}');
"""


NAMES = [
    ("official", "name"),
    ("organization", "name"),
    ("country", "name"),
    ("country", "official_name"),
    ("country", "demonym"),
    ("post", "title"),
    ("alias", "name"),
]


def name_index(table: str, column: str) -> migrations.RunSQL:
    name = f"{table}_{column}_words"
    return migrations.RunSQL(
        f"CREATE INDEX {name} ON statements_{table}"
        f" USING gin (to_tsvector('simple', fold({column})))",
        f"DROP INDEX {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("statements", "0002_countries")]

    operations = [
        migrations.RunSQL(DERIVE_STATEMENT, "DROP FUNCTION derive_statement"),
        migrations.RunSQL(TRIGGERS, REMOVE_TRIGGERS),
        migrations.RunSQL(REDIRECTS + "".join(map(redirect_triggers, KINDS)), REMOVE_REDIRECTS),
        *(name_index(table, column) for table, column in NAMES),
    ]
