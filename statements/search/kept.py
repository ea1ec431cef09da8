"""Counts of all that is published, by token, which the database keeps: see migration 0016."""

from .estimates import fetch

# While a transaction has changes of its own that are not added up yet, nothing is told.
EVERYTHING = """
SELECT told.token, told.n FROM unnest(%(kinds)s::text[]) AS kind CROSS JOIN LATERAL (
    SELECT token, n FROM statements_count
    WHERE left(token, 2) = kind AND n > 0 ORDER BY n DESC, hashtext(token) LIMIT %(limit)s
) AS told WHERE NOT EXISTS (SELECT FROM statements_countchange)
UNION ALL SELECT token, n FROM statements_count
WHERE left(token, 2) IN ('@', '@i') AND (n > 0 OR token = '@')
AND NOT EXISTS (SELECT FROM statements_countchange)
"""
# The other side of a pair, which stands first or second in the token.
SENDERS = """
SELECT '@f' || split_part(substr(token, 3), '-', 1), n FROM statements_count
WHERE token LIKE '@z%%' AND split_part(token, '-', 2) = %(pk)s AND n > 0
AND NOT EXISTS (SELECT FROM statements_countchange)
ORDER BY n DESC, hashtext(token) LIMIT %(limit)s
"""
RECEIVERS = """
SELECT '@t' || split_part(token, '-', 2), n FROM statements_count
WHERE token >= %(from)s AND token < %(until)s AND n > 0
AND NOT EXISTS (SELECT FROM statements_countchange)
ORDER BY n DESC, hashtext(token) LIMIT %(limit)s
"""
# Pairs of countries (@z) or of officials (@Z), the busiest first.
PAIRS = """
SELECT token, n FROM statements_count
WHERE left(token, 2) = %(kind)s AND n > 0 AND NOT EXISTS (SELECT FROM statements_countchange)
ORDER BY n DESC, token LIMIT %(limit)s
"""
# Those of one country as who speaks (f), who is addressed (t), or either.
PAIRS_OF = """
SELECT token, n FROM statements_count
WHERE n > 0 AND NOT EXISTS (SELECT FROM statements_countchange) AND (
    %(is_from)s AND token >= %(from)s AND token < %(until)s
    OR %(is_to)s AND token LIKE '@z%%' AND split_part(token, '-', 2) = %(pk)s
) ORDER BY n DESC, token LIMIT %(limit)s
"""
# Each pair of countries once, whoever of the two spoke.
ON_RECORD = """
SELECT DISTINCT least(one, other), greatest(one, other) FROM (
    SELECT split_part(substr(token, 3), '-', 1)::int AS one, split_part(token, '-', 2)::int AS other
    FROM statements_count WHERE token LIKE '@z%%' AND n > 0
) AS told WHERE one <> other ORDER BY 1, 2
"""
# The same for officials, among the busiest pairs.
OFFICIALS_ON_RECORD = """
SELECT DISTINCT least(one, other), greatest(one, other) FROM (
    SELECT split_part(substr(token, 3), '-', 1)::int AS one, split_part(token, '-', 2)::int AS other
    FROM statements_count WHERE left(token, 2) = '@Z' AND n > 0
    ORDER BY n DESC, token LIMIT %(limit)s
) AS told ORDER BY 1, 2
"""
KINDS = [f"@{letter}" for letter in "ftsahmkqwbdulyz"]


def of_everything(limit: int) -> dict[str, int]:
    """The counts by token of each facet's most frequent values, by month (@i), and of all (@).

    Empty within a transaction that has changed what is counted.
    """
    return dict(fetch(EVERYTHING, {"kinds": KINDS, "limit": limit}))


def across(token: str, letter: str, limit: int) -> dict[str, int]:
    """The counts by token of the sides across from one: who spoke (f) to it, or was spoken to (t).

    `token` is that one side, as `@t122`. Empty for any other token, and as above.
    """
    pk = token[2:]
    if (token[:2], letter) == ("@t", "f"):
        return dict(fetch(SENDERS, {"pk": pk, "limit": limit}))
    if (token[:2], letter) == ("@f", "t"):
        return dict(fetch(RECEIVERS, {"from": f"@z{pk}-", "until": f"@z{pk}.", "limit": limit}))
    return {}


def pairs(letter: str, limit: int) -> dict[str, int]:
    """The counts of the busiest pairs; empty as above."""
    return dict(fetch(PAIRS, {"kind": f"@{letter}", "limit": limit}))


def pairs_of(side: str, limit: int) -> dict[str, int]:
    """The counts of the busiest pairs of one country, whose side is told as `@f122`, `@t122` or,
    for both, `@ft122`; empty as above."""
    letters, pk = side.rstrip("0123456789"), side.lstrip("@ft")
    told = {"is_from": "f" in letters, "is_to": "t" in letters, "pk": pk, "limit": limit}
    return dict(fetch(PAIRS_OF, {**told, "from": f"@z{pk}-", "until": f"@z{pk}."}))


def pairs_on_record() -> list[tuple[int, int]]:
    """The ids of two countries of whom one spoke to the other, as of the last change, in order."""
    return [(one, other) for one, other in fetch(ON_RECORD, {})]


def officials_on_record(limit: int) -> list[tuple[int, int]]:
    """The ids of two officials of whom one spoke to the other, as of the last change, in order.

    Of those, as many as the `limit` busiest ways make: who speaks to whom is a way, and back one
    more.
    """
    return [(one, other) for one, other in fetch(OFFICIALS_ON_RECORD, {"limit": limit})]
