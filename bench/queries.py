"""What is asked of each server: the same questions, of several people, words and pairs."""

import base64
import json
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

import psycopg

N_VARIANTS = 12

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
SLUGS = "SELECT slug FROM statements_{table} ORDER BY id LIMIT 20"
# The last row of the page before: the offset is for measuring alone, a page never has one.
PLACE = """
SELECT sort_on, id FROM statements_statement WHERE status = 'published'
ORDER BY sort_on DESC, id DESC OFFSET %s LIMIT 1
"""
DEEP_PAGES = (1_000, 100, 10)  # the first of them that the archive has
N_ROWS = 50
LISTS = ("/", "/countries/", "/officials/", "/organizations/", "/posts/", "/topics/", "/events/",
         "/outlets/", "/articles/")  # fmt: skip

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


def deep_page(connection: psycopg.Connection) -> Question:
    """A page that lies far down the list, as the links beneath the pages before would lead to it.

    Raises RuntimeError where the archive has not even ten pages.
    """
    for page in DEEP_PAGES:
        place = connection.execute(PLACE, [(page - 1) * N_ROWS - 1]).fetchone()
        if place:
            day, pk = place
            told = json.dumps(["newest", False, day.isoformat(), pk]).encode()
            cursor = base64.urlsafe_b64encode(told).rstrip(b"=").decode()
            peer = {"_next": f"{day},{pk}"}
            return Question(f"page {page:,}", [_statements(cursor=cursor)], [peer])
    raise RuntimeError("the archive is too small for a deep page")


def lists(connection: psycopg.Connection) -> list[Question]:
    """The lists that are not of statements, and pages of one country, official and topic."""
    codes = [code for code, _name, _pk in connection.execute(COUNTRIES).fetchall()[:10]]
    people = [slug for slug, _name, _pk in connection.execute(PEOPLE).fetchall()[:10]]
    topics = [slug for (slug,) in connection.execute(SLUGS.format(table="topic")).fetchall()]
    networks = {
        "network of countries": ["/network/"],
        "network of officials": ["/network/?who=officials"],
        "network around a country": [f"/network/?country={code}" for code in codes],
        "network of a topic": [f"/network/?topic={slug}" for slug in topics[:10]],
    }
    asked = [(path if path != "/" else "front page", [path]) for path in LISTS]
    asked += [
        ("a country's page", [f"/countries/{code}/" for code in codes]),
        ("an official's page", [f"/officials/{slug}/" for slug in people]),
        ("a topic's page", [f"/topics/{slug}/" for slug in topics[:10]]),
        ("a country's year", [f"/countries/{code}/2020/" for code in codes]),
        ("a calendar", ["/calendar/2020/", "/calendar/2020-06/"]),
        ("a filtered calendar", [f"/calendar/2020/?from={code}" for code in codes]),
        ("on this day", [f"/on-this-day/{month:02}-19/" for month in range(1, 13)]),
        ("the map", ["/map/", "/map/?side=to"]),
        ("a filtered map", [f"/map/?q={word}" for word in MIDDLING]),
        ("/search/?q=", [f"/search/?{urlencode({'q': word})}" for word in COMMON + RARE]),
    ]
    asked += networks.items()
    return [Question(name, paths, [], is_faceted=False) for name, paths in asked]


def questions(connection: psycopg.Connection) -> list[Question]:
    """The questions, with names and words that occur in this archive."""
    people = connection.execute(PEOPLE).fetchall()[:: max(1, 200 // N_VARIANTS)][:N_VARIANTS]
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
        # Before what one way of them is, whose tallies would be found kept.
        Question(
            "between two countries",
            [f"/between/{a}/{b}/" for a, b, _f, _t in pairs],
            [],
            is_faceted=False,
        ),
        # Before the countries, whose tallies would be found kept.
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
        Question(
            "country",
            [_statements(**{"from": code}) for code, _name, _pk in countries],
            [{"from_country": name} for _code, name, _pk in countries],
        ),
        deep_page(connection),
        Question("statement", [f"/statements/{key}/" for key in keys], [], is_faceted=False),
        Question(
            "suggest",
            [f"/search/suggest?{urlencode({'q': name[:5]})}" for _s, name, _p in people],
            [],
            is_faceted=False,
        ),
        *lists(connection),
    ]
