"""What the database derives for a statement as it is written, for many new ones in one query.

`derive_tokens`, in the migrations, does the same for a row at a time and says what it means; most
of what it costs is the start of its queries. A test compares the two.
"""

from django.db.backends.utils import CursorWrapper

from statements.models import Statement

from .rows import KINDS, Table

N_WORTH = 50  # new statements, for which it is worth a table of their own
INCOMING = "incoming_statement"
STATEMENT = KINDS["statement"].table


class _Incoming(Table):
    @property
    def name(self) -> str:
        return INCOMING


INCOMING_TABLE = _Incoming(Statement, STATEMENT.columns)

# With the checks of the table that they are meant for, so that a COPY tells the line it refuses.
MAKE = f"""
CREATE TEMPORARY TABLE {INCOMING} (
    LIKE {STATEMENT.name} INCLUDING DEFAULTS INCLUDING CONSTRAINTS
) ON COMMIT DROP;
ALTER TABLE {INCOMING} ALTER account DROP NOT NULL, ALTER basis DROP NOT NULL,
    ALTER facets DROP NOT NULL;
"""

ACTOR = """
CASE kind WHEN 'official' THEN '@o' || official_id WHEN 'organization' THEN '@g' || organization_id
    WHEN 'post' THEN '@p' || post_id WHEN 'country' THEN '@c' || country_id END
"""
NAMES = ", ".join(STATEMENT.columns)
TOLD = ", ".join(f"s.{name}" for name in STATEMENT.columns)
OURS = f"BETWEEN (SELECT min(id) FROM {INCOMING}) AND (SELECT max(id) FROM {INCOMING})"  # noqa: S608
# Parts are gathered for all statements at once, from the numbers that these have in a row; what
# others write meanwhile may stand among them and is joined to nothing. Loops are for few rows,
# which the planner would take these for: it knows nothing of what was written a moment ago. An
# article is looked up by its number alone.
DERIVE = f"""
SET LOCAL enable_nestloop = off;
INSERT INTO {STATEMENT.name} ({NAMES}, account, basis, facets, search_vector)
WITH part AS MATERIALIZED (
    SELECT *, {ACTOR} AS actor FROM statements_party WHERE statement_id {OURS}
), party AS MATERIALIZED (
    SELECT
        p.statement_id,
        bool_or(p.basis = 'inferred') AS is_inferred,
        string_agg(nullif(concat_ws(' ',
            CASE p.kind WHEN 'country' THEN '@c' || p.country_id END,
            '@o' || p.official_id,
            CASE WHEN p.post_id IS NULL THEN '@n' || p.official_id END,
            '@p' || p.post_id,
            '@g' || p.organization_id,
            CASE p.role WHEN 'speaker' THEN '@S' WHEN 'addressee' THEN '@A' WHEN 'relayer' THEN '@R'
                ELSE '@J' END || p.organization_id,
            CASE p.role WHEN 'relayer' THEN '@r' WHEN 'subject' THEN '@j' END || p.official_id
        ), ''), ' ') AS tokens,
        string_agg(
            CASE p.role WHEN 'speaker' THEN '@s' WHEN 'addressee' THEN '@a' END || p.official_id,
            ' '
        ) AS people,
        rtrim(string_agg(nullif(p.name_as_printed, ''), ' ')) AS printed,
        string_agg(CASE p.role WHEN 'speaker' THEN p.actor END, ' ') AS speakers,
        string_agg(CASE p.role WHEN 'speaker' THEN p.country_id::text END, ' ') AS from_sides,
        string_agg(CASE p.role WHEN 'addressee' THEN p.country_id::text END, ' ') AS to_sides
    FROM (SELECT * FROM part ORDER BY statement_id, position, id) p GROUP BY p.statement_id
), origin AS (
    -- The last relayer of each article's chain: the one that heard the speaker.
    SELECT DISTINCT ON (statement_id, coalesce(article_id, 0)) statement_id, actor,
        country_id::text AS side
    FROM part WHERE role = 'relayer'
    ORDER BY statement_id, coalesce(article_id, 0), position DESC, id DESC
), nearest AS (
    SELECT statement_id, min(CASE
        WHEN actor = ANY (string_to_array(speakers, ' ')) THEN 1
        WHEN side = ANY (string_to_array(from_sides, ' ')) THEN 2
        WHEN side = ANY (string_to_array(to_sides, ' ')) THEN 3
        ELSE 4 END) AS distance
    FROM origin JOIN party USING (statement_id) GROUP BY statement_id
), topic AS (
    SELECT statement_id, string_agg('@q' || topic_id, ' ') AS tokens
    FROM statements_statement_topics WHERE statement_id {OURS} GROUP BY statement_id
), about AS (
    SELECT statement_id, string_agg('@x' || event_id, ' ') AS tokens
    FROM statements_statement_about_events WHERE statement_id {OURS} GROUP BY statement_id
), outlet AS (
    -- A text that retells another counts for both outlets.
    SELECT statement_id, string_agg(DISTINCT '@u' || cited.id, ' ') AS tokens
    FROM statements_citation citation CROSS JOIN LATERAL (
        SELECT unnest(ARRAY[outlet_id, (
            SELECT report.outlet_id FROM statements_article report
            WHERE report.id = article.based_on_id
        )]) AS id
        FROM statements_article article WHERE article.id = citation.article_id
    ) cited
    WHERE statement_id {OURS} GROUP BY statement_id
)
SELECT {TOLD}, account.code, basis.code, facet.tokens,
    statement_vector(s.text, s.language, s.original_text, s.original_language)
    || to_tsvector('simple', fold(coalesce(party.printed, '')))
    || array_to_tsvector(facet.tokens || string_to_array(concat_ws(' ', party.tokens,
        about.tokens,
        '@e' || s.event_id,
        CASE WHEN s.said_on IS NULL OR length(s.said_on) <> 10
            OR s.said_on_qualifier NOT IN ('on', 'about') THEN '@v' END
    ), ' '))
FROM {INCOMING} s
LEFT JOIN party ON party.statement_id = s.id
LEFT JOIN nearest ON nearest.statement_id = s.id
LEFT JOIN topic ON topic.statement_id = s.id
LEFT JOIN about ON about.statement_id = s.id
LEFT JOIN outlet ON outlet.statement_id = s.id
CROSS JOIN LATERAL (
    SELECT
        CASE WHEN party.from_sides LIKE '% %'
            THEN ARRAY(SELECT DISTINCT unnest(string_to_array(party.from_sides, ' ')))
            ELSE string_to_array(party.from_sides, ' ') END AS speaking,
        CASE WHEN party.to_sides LIKE '% %'
            THEN ARRAY(SELECT DISTINCT unnest(string_to_array(party.to_sides, ' ')))
            ELSE string_to_array(party.to_sides, ' ') END AS addressed
) side
CROSS JOIN LATERAL (
    SELECT CASE WHEN party.is_inferred OR 'inferred' IN (s.channel_basis, s.said_on_basis)
        THEN 'inferred' ELSE 'stated' END
) basis (code)
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN nearest.distance IS NOT NULL
            THEN (ARRAY['own', 'own_side', 'other_side', 'third_party'])[nearest.distance]
        WHEN s.form = 'contact_report' THEN 'outlet_only'
        WHEN s.form = 'act_report' AND s.channel IN (
            'meeting_bilateral', 'meeting_multilateral', 'phone_call', 'video_call',
            'message', 'summons', 'memorandum_of_conversation', 'unknown'
        ) THEN 'outlet_only'
        ELSE 'own' END
) account (code)
CROSS JOIN LATERAL (
    SELECT string_to_array(concat_ws(' ', party.people,
        '@f' || array_to_string(side.speaking, ' @f'),
        '@t' || array_to_string(side.addressed, ' @t'),
        CASE WHEN concat(party.from_sides, party.to_sides) LIKE '% %' THEN (
            SELECT string_agg('@z' || a || '-' || b, ' ')
            FROM unnest(side.speaking) a, unnest(side.addressed) b
        ) ELSE '@z' || party.from_sides || '-' || party.to_sides END,
        '@k' || nullif(array_to_string(s.acts, ' @k'), ''),
        '@h' || s.channel, '@m' || s.form, '@w' || account.code, '@b' || basis.code,
        '@d' || s.standing, '@l' || lower(coalesce(nullif(s.original_language, ''), s.language)),
        '@y' || left(s.said_on, 4),
        topic.tokens,
        outlet.tokens
    ), ' ') AS tokens
) facet
ORDER BY s.id;
SET LOCAL enable_nestloop TO DEFAULT;
"""  # noqa: S608 - names of ours


def announce(cursor: CursorWrapper) -> None:
    """Says that parts of new statements are coming, before these."""
    cursor.execute("SET LOCAL demarche.parts_first = 'yes'")


def conclude(cursor: CursorWrapper) -> None:
    """Has all that comes derived row by row again."""
    cursor.execute("SET LOCAL demarche.parts_first = ''")


def prepare(cursor: CursorWrapper) -> None:
    """Makes the table that new statements wait in, where this transaction has none."""
    cursor.execute("SELECT to_regclass(%s) IS NULL", [f"pg_temp.{INCOMING}"])
    if cursor.fetchone()[0]:
        cursor.execute(MAKE)


def take_in(cursor: CursorWrapper) -> None:
    """Moves the statements that wait to where they belong, with what is derived for them."""
    cursor.execute(DERIVE)
    cursor.execute(f"TRUNCATE {INCOMING}")
