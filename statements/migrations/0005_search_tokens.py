"""Every filter as a token of the search vector, and the facets of a statement beside it.

One GIN index then answers words and filters together, and the facets of ten thousand matches are
counted from one narrow column.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# A token is a letter and a number or code after an @, which no text yields (fold() drops it).
#   facets:   @f from  @t to  @s speaker  @a addressee  @h channel  @m form  @k act  @q topic
#             @w account  @b basis  @d standing  @u outlet  @l language  @y year  @z pair of sides
#   besides:  @o any official  @n the same where no post was chosen for him  @r relaying official
#             @j official spoken about  @g any organization  @S @A @R @J the same by role  @p post
#             @c country as an actor  @e event  @x event it is about
#             @v day that is not one day
DERIVE = r"""
CREATE FUNCTION derive_tokens(
    s statements_statement, OUT account text, OUT basis text, OUT facets text[], OUT tokens text[],
    OUT printed text
) LANGUAGE sql STABLE AS $$
    WITH party AS MATERIALIZED (
        SELECT * FROM statements_party p WHERE p.statement_id = s.id
    ), origin AS (
        -- The last relayer of each article's chain: the one that heard the speaker.
        SELECT DISTINCT ON (article_id) * FROM party
        WHERE role = 'relayer' ORDER BY article_id, position DESC, id DESC
    ), told AS (
        SELECT coalesce(
            (SELECT (ARRAY['own', 'own_side', 'other_side', 'third_party'])[min(CASE
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
                WHEN origin.country_id IN (SELECT country_id FROM party WHERE role = 'speaker')
                    THEN 2
                WHEN origin.country_id IN (SELECT country_id FROM party WHERE role = 'addressee')
                    THEN 3
                ELSE 4
            END)] FROM origin),
            CASE
                WHEN s.form = 'contact_report' THEN 'outlet_only'
                WHEN s.form = 'act_report' AND s.channel IN (
                    'meeting_bilateral', 'meeting_multilateral', 'phone_call', 'video_call',
                    'message', 'summons', 'memorandum_of_conversation', 'unknown'
                ) THEN 'outlet_only'
                ELSE 'own'
            END
        ) AS account,
        CASE
            WHEN s.channel_basis = 'inferred' OR s.said_on_basis = 'inferred'
                OR EXISTS (SELECT FROM party WHERE party.basis = 'inferred') THEN 'inferred'
            ELSE 'stated'
        END AS basis
    ), by_party AS (
        SELECT
            array_agg(DISTINCT side) FILTER (WHERE side IS NOT NULL) AS sides,
            array_agg(DISTINCT person) FILTER (WHERE person IS NOT NULL) AS people,
            array_agg(DISTINCT actor) FILTER (WHERE actor IS NOT NULL) AS actors
        FROM party CROSS JOIN LATERAL (VALUES
            (
                CASE role WHEN 'speaker' THEN '@f' || country_id
                    WHEN 'addressee' THEN '@t' || country_id END,
                CASE role WHEN 'speaker' THEN '@s' || official_id
                    WHEN 'addressee' THEN '@a' || official_id END,
                '@o' || official_id
            ),
            (NULL, NULL, CASE role WHEN 'relayer' THEN '@r' WHEN 'subject' THEN '@j' END
                || official_id),
            (NULL, NULL, CASE WHEN post_id IS NULL THEN '@n' || official_id END),
            (NULL, NULL, '@g' || organization_id),
            (NULL, NULL, CASE role WHEN 'speaker' THEN '@S' WHEN 'addressee' THEN '@A'
                WHEN 'relayer' THEN '@R' WHEN 'subject' THEN '@J' END || organization_id),
            (NULL, NULL, '@p' || post_id),
            (NULL, NULL, CASE kind WHEN 'country' THEN '@c' || country_id END)
        ) AS told (side, person, actor)
    )
    SELECT told.account, told.basis,
        coalesce(sides, '{}') || coalesce(people, '{}')
            || ARRAY['@h' || s.channel, '@m' || s.form, '@w' || told.account, '@b' || told.basis,
                '@d' || s.standing,
                '@l' || lower(coalesce(nullif(s.original_language, ''), s.language))]
            || CASE WHEN s.said_on IS NULL THEN '{}' ELSE ARRAY['@y' || left(s.said_on, 4)] END
            || ARRAY(SELECT DISTINCT '@z' || f.country_id || '-' || t.country_id
                FROM party f, party t WHERE f.role = 'speaker' AND t.role = 'addressee'
                AND f.country_id IS NOT NULL AND t.country_id IS NOT NULL)
            || ARRAY(SELECT '@k' || act FROM unnest(s.acts) act)
            || ARRAY(SELECT '@q' || topic_id FROM statements_statement_topics
                WHERE statement_id = s.id)
            -- A text that retells another counts for both outlets.
            || ARRAY(SELECT '@u' || article.outlet_id
                FROM statements_citation citation
                JOIN statements_article article ON article.id = citation.article_id
                WHERE citation.statement_id = s.id
                UNION SELECT '@u' || report.outlet_id
                FROM statements_citation citation
                JOIN statements_article article ON article.id = citation.article_id
                JOIN statements_article report ON report.id = article.based_on_id
                WHERE citation.statement_id = s.id),
        coalesce(actors, '{}')
            || CASE WHEN s.event_id IS NULL THEN '{}' ELSE ARRAY['@e' || s.event_id] END
            || ARRAY(SELECT '@x' || event_id FROM statements_statement_about_events
                WHERE statement_id = s.id)
            || CASE WHEN length(s.said_on) = 10 AND s.said_on_qualifier IN ('on', 'about')
                THEN '{}' ELSE ARRAY['@v'] END,
        coalesce((SELECT string_agg(name_as_printed, ' ' ORDER BY position) FROM party
            WHERE name_as_printed <> ''), '')
    FROM told, by_party
$$;
"""

TRIGGERS = r"""
DROP TRIGGER derive_before_write ON statements_statement;
DROP FUNCTION derive_before_write;

CREATE FUNCTION derive_before_write() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told record;
    derived text[] := ARRAY['account', 'basis', 'facets', 'search_vector', 'earliest_on',
        'latest_on', 'sort_on'];
BEGIN
    SELECT * INTO told FROM derive_tokens(NEW);
    NEW.account := told.account;
    NEW.basis := told.basis;
    NEW.facets := told.facets;
    NEW.search_vector := statement_vector(
        NEW.text, NEW.language, NEW.original_text, NEW.original_language
    ) || to_tsvector('simple', fold(told.printed)) || array_to_tsvector(told.facets || told.tokens);
    -- Whoever changes a statement without saying when has changed it now.
    IF TG_OP = 'UPDATE' AND NEW.updated_at = OLD.updated_at THEN
        IF to_jsonb(NEW) - derived IS DISTINCT FROM to_jsonb(OLD) - derived THEN
            NEW.updated_at := statement_timestamp();
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER derive_before_write BEFORE INSERT OR UPDATE ON statements_statement
FOR EACH ROW EXECUTE FUNCTION derive_before_write();

-- A change of its parts touches a statement, whose own trigger then derives anew. Parts may be
-- written before their statement, which then is written once: the touch finds nothing.
CREATE FUNCTION touch_statements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_statement SET id = id WHERE id IN (SELECT statement_id FROM changed);
    RETURN NULL;
END $$;

CREATE FUNCTION touch_statements_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_statement SET id = id WHERE id IN (
        SELECT statement_id FROM changed UNION SELECT statement_id FROM before
    );
    RETURN NULL;
END $$;

CREATE FUNCTION touch_statements_of_articles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE statements_statement SET id = id WHERE id IN (
        SELECT statement_id FROM statements_citation c
        JOIN statements_article a ON a.id = c.article_id
        WHERE NEW.id IN (a.id, a.based_on_id)
    );
    RETURN NULL;
END $$;
CREATE TRIGGER touch_statements_of_articles AFTER UPDATE ON statements_article FOR EACH ROW
WHEN ((NEW.outlet_id, NEW.based_on_id) IS DISTINCT FROM (OLD.outlet_id, OLD.based_on_id))
EXECUTE FUNCTION touch_statements_of_articles();
"""

PARTS = [
    "statements_party",
    "statements_citation",
    "statements_statement_topics",
    "statements_statement_about_events",
]


def touch_triggers(table: str) -> str:
    return "".join(
        f"""
DROP TRIGGER IF EXISTS touch_after_{act.lower()} ON {table};
CREATE TRIGGER touch_after_{act.lower()} AFTER {act} ON {table}
REFERENCING {rows}
FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
        for act, rows, function in [
            ("INSERT", "NEW TABLE AS changed", "touch_statements"),
            ("UPDATE", "NEW TABLE AS changed OLD TABLE AS before", "touch_statements_moved"),
            ("DELETE", "OLD TABLE AS changed", "touch_statements"),
        ]
    )


VECTOR = r"""
CREATE FUNCTION statement_vector(
    words text, language text, original_words text, original_language text
) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(dictionary_of(language), fold(words)), 'A')
    || CASE original_words WHEN '' THEN ''::tsvector
        ELSE setweight(to_tsvector(dictionary_of(original_language), fold(original_words)), 'B') END;
"""

# What is public moves one number, and names a second, once a transaction and as its last act, so
# that a long import holds up nobody who publishes meanwhile. A request row carries the deferred
# trigger.
REVISION = r"""
CREATE TABLE statements_revision (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    number bigint NOT NULL DEFAULT 1,
    names bigint NOT NULL DEFAULT 1
);
INSERT INTO statements_revision DEFAULT VALUES;
CREATE TABLE statements_revision_request (
    asked_by bigint, asks_names boolean, PRIMARY KEY (asked_by, asks_names)
);

CREATE FUNCTION ask_for_revision() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION move_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM statements_revision_request
    WHERE asked_by = NEW.asked_by AND asks_names = NEW.asks_names;
    UPDATE statements_revision SET number = number + 1, names = names + NEW.asks_names::int;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_revision AFTER INSERT ON statements_revision_request
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_revision();
"""
REMOVE_REVISION = """
DROP FUNCTION ask_for_revision CASCADE;
DROP TABLE statements_revision_request;
DROP FUNCTION move_revision;
DROP TABLE statements_revision;
"""
NAMED = [
    "statements_country", "statements_organization", "statements_post", "statements_official",
    "statements_tenure", "statements_alias", "statements_topic", "statements_event",
]  # fmt: skip
SHOWN = [
    *PARTS, "statements_statement", "statements_link", "statements_outlet", "statements_article",
    "statements_event_countries", "statements_eventparty", "statements_redirect",
]  # fmt: skip


def revision_trigger(table: str) -> str:
    what = "names" if table in NAMED else "rows"
    return f"""
CREATE TRIGGER ask_for_revision AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ask_for_revision('{what}');
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0004_curation_desk")]

    operations = [
        migrations.RemoveIndex("statement", "statement_words"),
        migrations.RemoveField("statement", "search_vector"),
        migrations.RemoveField("statement", "party_tokens"),
        migrations.RunSQL(VECTOR, "DROP FUNCTION statement_vector(text, text, text, text)"),
        migrations.AddField(
            "statement",
            "facets",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=60), default=list, editable=False
            ),
        ),
        migrations.AddField(
            "statement",
            "search_vector",
            django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.RunSQL(DERIVE, "DROP FUNCTION derive_tokens"),
        migrations.RunSQL(TRIGGERS + "".join(map(touch_triggers, PARTS))),
        migrations.RunSQL("DROP FUNCTION touch_statements_of_parties"),
        migrations.RunSQL("UPDATE statements_statement SET id = id", migrations.RunSQL.noop),
        migrations.AddIndex(
            "statement",
            django.contrib.postgres.indexes.GinIndex(
                fields=["search_vector"], name="statement_words"
            ),
        ),
        migrations.RunSQL(
            REVISION + "".join(map(revision_trigger, NAMED + SHOWN)), REMOVE_REVISION
        ),
    ]
