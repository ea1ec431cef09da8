"""The tokens of a statement in a language whose plans are kept, at a third of the cost.

PostgreSQL starts a function written in SQL anew for every row that a trigger hands it; that was
two thirds of what writing a statement cost. What is derived is the same as before.
"""

from importlib import import_module

from django.db import migrations

# The parties are walked once, from the last: the first relayer met of each article's chain is the
# one that heard the speaker. See 0005 for what the letters of the tokens mean.
DERIVE = r"""
CREATE FUNCTION prefixed(prefix text, names text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(names) = 0 THEN '{}'
    ELSE string_to_array(prefix || array_to_string(names, ' ' || prefix), ' ') END;

CREATE OR REPLACE FUNCTION derive_tokens(
    s statements_statement, OUT account text, OUT basis text, OUT facets text[], OUT tokens text[],
    OUT printed text
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    party record;
    part record;
    outlet bigint;
    actor text;
    side text;
    speakers text[] := '{}';
    from_sides text[] := '{}';
    to_sides text[] := '{}';
    articles bigint[] := '{}';
    origins text[] := '{}';
    origin_sides text[] := '{}';
    distance int;
BEGIN
    facets := '{}';
    tokens := '{}';
    printed := '';
    basis := CASE WHEN 'inferred' IN (s.channel_basis, s.said_on_basis) THEN 'inferred'
        ELSE 'stated' END;
    FOR party IN
        SELECT p.role, p.kind, p.official_id, p.post_id, p.organization_id,
            p.country_id::text AS side, p.article_id, p.basis, p.name_as_printed
        FROM statements_party p WHERE p.statement_id = s.id ORDER BY p.position DESC, p.id DESC
    LOOP
        actor := CASE party.kind
            WHEN 'official' THEN '@o' || party.official_id
            WHEN 'organization' THEN '@g' || party.organization_id
            WHEN 'post' THEN '@p' || party.post_id
            WHEN 'country' THEN '@c' || party.side
        END;
        IF party.basis = 'inferred' THEN basis := 'inferred'; END IF;
        IF party.name_as_printed <> '' THEN
            printed := party.name_as_printed || ' ' || printed;
        END IF;
        IF party.kind = 'country' THEN tokens := tokens || actor; END IF;
        IF party.official_id IS NOT NULL THEN
            tokens := tokens || ('@o' || party.official_id);
            IF party.post_id IS NULL THEN tokens := tokens || ('@n' || party.official_id); END IF;
        END IF;
        IF party.post_id IS NOT NULL THEN tokens := tokens || ('@p' || party.post_id); END IF;
        IF party.organization_id IS NOT NULL THEN
            tokens := tokens || ('@g' || party.organization_id) || (
                CASE party.role WHEN 'speaker' THEN '@S' WHEN 'addressee' THEN '@A'
                    WHEN 'relayer' THEN '@R' ELSE '@J' END || party.organization_id);
        END IF;
        CASE party.role
        WHEN 'speaker' THEN
            speakers := speakers || actor;
            IF party.official_id IS NOT NULL THEN
                facets := facets || ('@s' || party.official_id);
            END IF;
            IF party.side IS NOT NULL AND party.side <> ALL (from_sides) THEN
                from_sides := from_sides || party.side;
            END IF;
        WHEN 'addressee' THEN
            IF party.official_id IS NOT NULL THEN
                facets := facets || ('@a' || party.official_id);
            END IF;
            IF party.side IS NOT NULL AND party.side <> ALL (to_sides) THEN
                to_sides := to_sides || party.side;
            END IF;
        WHEN 'relayer' THEN
            IF party.official_id IS NOT NULL THEN
                tokens := tokens || ('@r' || party.official_id);
            END IF;
            IF coalesce(party.article_id, 0) <> ALL (articles) THEN
                articles := articles || coalesce(party.article_id, 0);
                origins := origins || actor;
                origin_sides := origin_sides || party.side;
            END IF;
        ELSE
            IF party.official_id IS NOT NULL THEN
                tokens := tokens || ('@j' || party.official_id);
            END IF;
        END CASE;
    END LOOP;
    printed := rtrim(printed);

    FOR n IN 1 .. cardinality(origins) LOOP
        distance := least(distance, CASE WHEN origins[n] = ANY (speakers) THEN 1
            WHEN origin_sides[n] = ANY (from_sides) THEN 2
            WHEN origin_sides[n] = ANY (to_sides) THEN 3 ELSE 4 END);
    END LOOP;
    account := CASE
        WHEN distance IS NOT NULL
            THEN (ARRAY['own', 'own_side', 'other_side', 'third_party'])[distance]
        WHEN s.form = 'contact_report' THEN 'outlet_only'
        WHEN s.form = 'act_report' AND s.channel IN (
            'meeting_bilateral', 'meeting_multilateral', 'phone_call', 'video_call',
            'message', 'summons', 'memorandum_of_conversation', 'unknown'
        ) THEN 'outlet_only'
        ELSE 'own'
    END;

    facets := facets || prefixed('@f', from_sides) || prefixed('@t', to_sides)
        || prefixed('@k', s.acts::text[])
        || ARRAY['@h' || s.channel, '@m' || s.form, '@w' || account, '@b' || basis,
            '@d' || s.standing, '@l' || lower(coalesce(nullif(s.original_language, ''), s.language))];
    FOREACH side IN ARRAY from_sides LOOP
        facets := facets || prefixed('@z' || side || '-', to_sides);
    END LOOP;
    IF s.said_on IS NOT NULL THEN facets := facets || ('@y' || left(s.said_on, 4)); END IF;
    IF s.event_id IS NOT NULL THEN tokens := tokens || ('@e' || s.event_id); END IF;
    IF s.said_on IS NULL OR length(s.said_on) <> 10 OR s.said_on_qualifier NOT IN ('on', 'about')
    THEN
        tokens := tokens || '@v'::text;
    END IF;
    -- A text that retells another counts for both outlets.
    FOR part IN
        SELECT '@q' || topic_id AS token, NULL::bigint AS outlet_id, NULL::bigint AS based_on_id
        FROM statements_statement_topics WHERE statement_id = s.id
        UNION ALL SELECT '@x' || event_id, NULL, NULL
        FROM statements_statement_about_events WHERE statement_id = s.id
        UNION ALL SELECT NULL, article.outlet_id, article.based_on_id
        FROM statements_citation citation
        JOIN statements_article article ON article.id = citation.article_id
        WHERE citation.statement_id = s.id
    LOOP
        IF part.outlet_id IS NULL THEN
            IF part.token LIKE '@q%' THEN facets := facets || part.token;
            ELSE tokens := tokens || part.token; END IF;
        ELSE
            IF '@u' || part.outlet_id <> ALL (facets) THEN
                facets := facets || ('@u' || part.outlet_id);
            END IF;
            IF part.based_on_id IS NOT NULL THEN
                SELECT outlet_id INTO outlet FROM statements_article WHERE id = part.based_on_id;
                IF '@u' || outlet <> ALL (facets) THEN facets := facets || ('@u' || outlet); END IF;
            END IF;
        END IF;
    END LOOP;
END $$;
"""
DERIVE_BEFORE = import_module("statements.migrations.0005_search_tokens").DERIVE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("statements", "0013_import_roles")]

    operations = [
        migrations.RunSQL(DERIVE, DERIVE_BEFORE + "DROP FUNCTION prefixed(text, text[])"),
    ]
