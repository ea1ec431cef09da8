"""What is asked of each server: the same questions, of several people, words and pairs."""

from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

import psycopg

N_VARIANTS = 20

PEOPLE = """
SELECT o.slug, o.name, o.id FROM statements_official o JOIN (
    SELECT official_id, count(*) AS n FROM statements_party WHERE role = 'speaker'
    GROUP BY official_id ORDER BY n DESC LIMIT 200
) AS busy ON busy.official_id = o.id ORDER BY busy.n DESC
"""
COUNTRIES = """
SELECT c.code, c.name, c.id FROM statements_country c JOIN (
    SELECT country_id, count(*) AS n FROM statements_party WHERE role = 'speaker'
    GROUP BY country_id ORDER BY n DESC LIMIT 40
) AS busy ON busy.country_id = c.id ORDER BY busy.n DESC
"""
PAIRS = """
SELECT f.code, t.code, f.name, t.name FROM (
    SELECT s.country_id AS f, a.country_id AS t, count(*) AS n
    FROM statements_party s JOIN statements_party a USING (statement_id)
    WHERE s.role = 'speaker' AND a.role = 'addressee' AND a.country_id IS NOT NULL
    GROUP BY 1, 2 ORDER BY n DESC LIMIT 40
) AS busy JOIN statements_country f ON f.id = busy.f JOIN statements_country t ON t.id = busy.t
ORDER BY busy.n DESC
"""
KEYS = "SELECT key FROM statements_statement ORDER BY md5(key) LIMIT 40"

COMMON = ["government", "minister", "foreign", "security", "council", "agreement"]
MIDDLING = ["sovereignty", "ceasefire", "sanctions", "military", "economic", "delegation"]
RARE = ["consular", "fraternal", "provocative", "bilateral", "immediate", "diplomatic"]


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of question; `paths` are ours, `rows` what Datasette is asked in its own words."""

    name: str
    paths: list[str]
    peers: list[dict[str, str]]
    is_faceted: bool = True


def _statements(**parameters: str) -> str:
    return f"/statements/?{urlencode(parameters)}" if parameters else "/statements/"


def questions(connection: psycopg.Connection) -> list[Question]:
    """The questions, with names and words that occur in this archive."""
    people = connection.execute(PEOPLE).fetchall()[:: max(1, 200 // N_VARIANTS)] or []
    countries = connection.execute(COUNTRIES).fetchall()[:N_VARIANTS]
    pairs = connection.execute(PAIRS).fetchall()[:N_VARIANTS]
    keys = [key for (key,) in connection.execute(KEYS).fetchall()[:N_VARIANTS]]
    return [
        Question("newest page", [_statements()], [{}]),
        *(
            Question(
                f"{name} word", [_statements(q=w) for w in words], [{"_search": w} for w in words]
            )
            for name, words in (("common", COMMON), ("middling", MIDDLING), ("rare", RARE))
        ),
        Question(
            "two words",
            [_statements(q=f"{a} {b}") for a, b in zip(COMMON, MIDDLING, strict=True)],
            [{"_search": f"{a} {b}"} for a, b in zip(COMMON, MIDDLING, strict=True)],
        ),
        Question(
            "phrase",
            [_statements(q=f'"{a} {b}"') for a, b in pairwise(COMMON)],
            [{"_search": f'"{a} {b}"', "_searchmode": "raw"} for a, b in pairwise(COMMON)],
        ),
        Question(
            "person",
            [_statements(speaker=slug) for slug, _name, _pk in people],
            [{"speaker": name} for _slug, name, _pk in people],
        ),
        Question(
            "country",
            [_statements(**{"from": code}) for code, _name, _pk in countries],
            [{"from_country": name} for _code, name, _pk in countries],
        ),
        Question(
            "pair",
            [_statements(**{"from": a, "to": b}) for a, b, _f, _t in pairs],
            [{"from_country": f, "to_country": t} for _a, _b, f, t in pairs],
        ),
        Question(
            "pair, word, years",
            [
                _statements(**{"from": a, "to": b}, q="security", since="2005", until="2015")
                for a, b, _f, _t in pairs
            ],
            [
                {
                    "from_country": f,
                    "to_country": t,
                    "_search": "security",
                    "said_on__gte": "2005",
                    "said_on__lt": "2016",
                }
                for _a, _b, f, t in pairs
            ],
        ),
        Question("statement", [f"/statements/{key}/" for key in keys], [], is_faceted=False),
        Question(
            "suggest",
            [f"/search/suggest?{urlencode({'q': name[:5]})}" for _s, name, _p in people],
            [],
            is_faceted=False,
        ),
    ]
