"""What the database derives for a statement as it is written, for many new ones in one query.

`derive_tokens`, in the migrations, does the same for a row at a time and says what it means; most
of what it costs is the start of its queries. A test compares the two.
"""

from django.db import connection

from statements.models import Statement

from .rows import KINDS, Table

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
DERIVE = f"""
INSERT INTO {STATEMENT.name} ({NAMES}, account, basis, facets, search_vector)
SELECT {TOLD}, account.code, basis.code, facet.tokens,
    statement_vector(s.text, s.language, s.original_text, s.original_language)
    || to_tsvector('simple', fold(coalesce(party.printed, '')))
    || array_to_tsvector(facet.tokens || string_to_array(concat_ws(' ', party.tokens,
        (SELECT string_agg('@x' || event_id, ' ')
         FROM statements_statement_about_events WHERE statement_id = s.id),
        '@e' || s.event_id,
        CASE WHEN s.said_on IS NULL OR length(s.said_on) <> 10
            OR s.said_on_qualifier NOT IN ('on', 'about') THEN '@v' END
    ), ' '))
FROM {INCOMING} s
CROSS JOIN LATERAL (
    SELECT
        coalesce(bool_or(p.basis = 'inferred'), false) AS is_inferred,
        bool_or(p.role = 'relayer') AS is_relayed,
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
        string_agg(CASE p.role WHEN 'speaker' THEN p.country_id::text END, ' ') AS from_sides,
        string_agg(CASE p.role WHEN 'addressee' THEN p.country_id::text END, ' ') AS to_sides
    FROM (SELECT * FROM statements_party WHERE statement_id = s.id ORDER BY position, id) p
) party
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
        WHEN party.is_relayed THEN (
            SELECT (ARRAY['own', 'own_side', 'other_side', 'third_party'])[min(CASE
                WHEN relayer.actor IN (
                    SELECT {ACTOR} FROM statements_party
                    WHERE statement_id = s.id AND role = 'speaker'
                ) THEN 1
                WHEN relayer.country_id::text = ANY (side.speaking) THEN 2
                WHEN relayer.country_id::text = ANY (side.addressed) THEN 3
                ELSE 4 END)]
            FROM (
                SELECT DISTINCT ON (coalesce(article_id, 0)) {ACTOR} AS actor, country_id
                FROM statements_party WHERE statement_id = s.id AND role = 'relayer'
                ORDER BY coalesce(article_id, 0), position DESC, id DESC
            ) relayer
        )
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
        (SELECT string_agg('@q' || topic_id, ' ')
         FROM statements_statement_topics WHERE statement_id = s.id),
        -- A text that retells another counts for both outlets.
        (SELECT string_agg(DISTINCT '@u' || outlet.id, ' ')
         FROM statements_citation citation
         JOIN statements_article article ON article.id = citation.article_id
         LEFT JOIN statements_article report ON report.id = article.based_on_id
         CROSS JOIN LATERAL (VALUES (article.outlet_id), (report.outlet_id)) outlet (id)
         WHERE citation.statement_id = s.id)
    ), ' ') AS tokens
) facet
ORDER BY s.id
"""  # noqa: S608 - names of ours


def begin() -> None:
    """Makes the table that new statements wait in, and stops deriving row by row."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE)
        cursor.execute(f"ALTER TABLE {STATEMENT.name} DISABLE TRIGGER derive_before_write")


def take_in() -> None:
    """Moves the statements that wait to where they belong, with what is derived for them."""
    with connection.cursor() as cursor:
        cursor.execute(DERIVE)
        cursor.execute(f"TRUNCATE {INCOMING}")


def end() -> None:
    """Has every statement derived as it is written again."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {STATEMENT.name} ENABLE TRIGGER derive_before_write")
