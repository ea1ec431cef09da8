"""The SQL that counts what matches by token, and finds the first and the best of it.

Its names in braces are filled in by `matches`.
"""

# What costs is what is done to each of ten thousand rows and to each of their tokens: tokens are
# taken out in the list of columns, which is faster than a join, and put in order by numbers alone.
FOUND = """
WITH found AS MATERIALIZED ({found}),
hits AS MATERIALIZED (
    SELECT * FROM found ORDER BY sort_on DESC, id DESC LIMIT {limit}
), counted AS (
    SELECT * FROM hits ORDER BY sort_on DESC, id DESC LIMIT {n_matches}
), tally AS (
    SELECT token, count(*) AS n FROM ({tokens}) AS told
    {which} GROUP BY token
), ranked AS (
    SELECT token, n, row_number() OVER (
        PARTITION BY ascii(substr(token, 2, 1)) ORDER BY n DESC, hashtext(token)
    ) AS place FROM tally
)
"""
COUNT = "SELECT 'count', '', count(*) FROM hits"
TOKENS = "SELECT 'token', token, n FROM ranked WHERE place <= {n_tokens}"
PAIRS_TOO = TOKENS + " OR token LIKE '@{pairs}%%' AND place <= {n_pairs}"
MONTHS = """
SELECT 'month', to_char(month, 'YYYY-MM'), n FROM (
    SELECT date_trunc('month', sort_on::timestamp) AS month, count(*) AS n FROM counted
    WHERE sort_on > '0001-01-01' OR '@y0001' = ANY(facets) GROUP BY 1
) AS months
"""
LAST = """
SELECT 'last', sort_on::text, id FROM (
    SELECT sort_on, id FROM hits ORDER BY sort_on DESC, id DESC OFFSET {n_matches} - 1 LIMIT 1
) AS last
"""
FIRST = """
SELECT 'id', '', id FROM (
    SELECT id FROM hits ORDER BY sort_on DESC, id DESC LIMIT {n_first}
) AS first
"""
BEST = """
SELECT 'best', rank::text, id FROM (
    SELECT id, rank FROM counted ORDER BY rank DESC, id DESC LIMIT {n_first}
) AS best
"""
YEARS = "y"  # the letter of their tokens, which the months tell as well
# With all there is to tell, many pairs of countries (z) or of officials (Z); no statement has
# tokens of the latter.
EACH_FACET = "SELECT unnest(facets) AS token FROM counted"
PAIR_TOO = "SELECT token FROM counted, pairs_of_officials(facets) AS token"
PAIRS = {"z": EACH_FACET, "Z": f"{EACH_FACET} UNION ALL {PAIR_TOO}"}


def tallying(which: str, *, is_ranked: bool) -> str:
    """The SQL that tallies: all there is to tell, with many pairs or not, or what a facet needs."""
    if which == YEARS:
        parts = [COUNT, MONTHS]
    elif which and which not in PAIRS:
        parts = [COUNT, TOKENS]
    else:
        tokens = PAIRS_TOO if which else TOKENS
        parts = [COUNT, tokens, MONTHS, LAST, FIRST, *([BEST] if is_ranked else [])]
    return FOUND + " UNION ALL ".join(parts)
