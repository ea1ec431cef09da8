"""Officials and countries by near spellings of their names, officials by the posts they hold."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Length
from django.utils import timezone
from rapidfuzz import fuzz, process

from statements.dates import PartialDate
from statements.models import Post, Tenure
from statements.naming import NameTable, fold

N_WORDS = 16
N_WORDS_OF_A_COUNTRY = 6
N_LETTERS_OF_A_POST = 3
N_POSTS = 3

# From what likeness on a name is offered, to one word and to several, and from what on it is taken
# for the one that was meant; and how little the equals of the best may differ from it.
LEAST_OFFERED, LEAST_OFFERED_TO_SEVERAL, LEAST_TAKEN = 0.68, 0.73, 0.75
EQUALS = 0.025
# The same for a country's name, in hundredths, and how many letters it takes at least.
LIKE_A_COUNTRY, LEAST_LETTERS = 85, 5

# The name of a post is joined to its country's by these, or by nothing.
_JOINING = frozenset({"of", "the", "for", "in", "to", "on"})
_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)

# Changes of this very transaction move the revision only when it ends.
STATE = """
SELECT names, EXISTS (
    SELECT FROM statements_revision_request
    WHERE asks_names AND asked_by = txid_current_if_assigned()
) FROM statements_revision
"""
NAMES = """
SELECT is_official, id, name FROM (
    SELECT true AS is_official, id, name, -1 AS position FROM statements_official
    UNION ALL SELECT false, country.id, form, -1 FROM statements_country AS country
        CROSS JOIN LATERAL unnest(ARRAY[name, official_name, demonym]) AS form WHERE form <> ''
    UNION ALL SELECT official_id IS NOT NULL, coalesce(official_id, country_id), name, position
        FROM statements_alias WHERE organization_id IS NULL
) AS named ORDER BY position, id
"""


@dataclass(frozen=True, slots=True)
class People:
    """The names of officials, to be looked up by likeness, and of countries, folded."""

    officials: NameTable[int]
    countries: Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A table and the revision of names that it was built at."""

    revision: int
    people: People


class _Shelf:
    """The table of this process; threads share it."""

    def __init__(self) -> None:
        self._building = Lock()
        self._kept: _Kept | None = None

    def at(self, revision: int) -> People:
        """Returns the table of a revision; the one before it while another thread builds."""
        kept = self._kept
        if kept and kept.revision == revision:
            return kept.people
        if not self._building.acquire(blocking=kept is None):
            return kept.people if kept else self.at(revision)
        try:
            kept = self._kept
            if kept is None or kept.revision != revision:
                kept = self._kept = _Kept(revision, _build())
            return kept.people
        finally:
            self._building.release()


_SHELF = _Shelf()


def people() -> People:
    """Returns the names as they are now, for one tiny query.

    Each process builds its table when it first needs one and again when a name has changed; for
    thirty thousand names that is a second or two, and some 10 MB. What a transaction has
    changed itself is seen by it alone: its table is built for the occasion and not kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        revision, is_changed_here = cursor.fetchone()
    return _build() if is_changed_here else _SHELF.at(revision)


def _build() -> People:
    countries: defaultdict[str, set[int]] = defaultdict(set)

    def officials(rows: Iterable[tuple[bool, int, str]]) -> Iterator[tuple[int, str]]:
        """Leaves only officials, one by one, and puts countries where they belong."""
        for is_official, pk, name in rows:
            if is_official:
                yield pk, name
            elif folded := fold(name):
                countries[folded].add(pk)

    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        table = NameTable(officials(cursor))
    return People(table, {name: frozenset(pks) for name, pks in countries.items()})


@dataclass(frozen=True, slots=True)
class AskedPost:
    """Words that may mean a post: of which countries, by what words, on what days."""

    countries: frozenset[int]
    title: str
    first: date
    last: date


def read_post(words: str, countries: Mapping[str, frozenset[int]]) -> AskedPost | None:
    """Reads `foreign minister of iran 2024-01`; None without a country or a title in it.

    The day is today when none is given. At most `N_WORDS` words are read.
    """
    typed = [_POSSESSIVE.sub("", word) for word in words.split()[:N_WORDS]]
    days = {word: day for word in typed if (day := _day(word))}
    plain = [word for word in typed if word not in days]
    found = _country_in(plain, countries)
    if found is None:
        return None
    start, end, pks = found
    title = " ".join(
        word for word in plain[:start] + plain[end:] if word.casefold() not in _JOINING
    )
    if sum(map(str.isalnum, title)) < N_LETTERS_OF_A_POST:
        return None
    today = timezone.localdate()
    day = next(reversed(days.values()), None)
    return AskedPost(pks, title, day.earliest if day else today, day.latest if day else today)


def _day(word: str) -> PartialDate | None:
    try:
        return PartialDate.parse(word)
    except ValueError:
        return None


def _country_in(
    words: list[str], countries: Mapping[str, frozenset[int]]
) -> tuple[int, int, frozenset[int]] | None:
    """Returns where the longest name of a country stands, the last of several, and whose it is."""
    for n_words in range(min(N_WORDS_OF_A_COUNTRY, len(words)), 0, -1):
        for start in range(len(words) - n_words, -1, -1):
            pks = countries.get(fold(" ".join(words[start : start + n_words])))
            if pks:
                return start, start + n_words, pks
    return None


class _HasWords(Func):
    """Whether each of some words begins a word of a title or of its organization's name."""

    output_field = BooleanField()
    template = """(
SELECT to_tsvector('simple', fold(concat_ws(' ', title, organization))) @@ (
    SELECT string_agg(quote_literal(lexeme) || ':*', ' & ')
    FROM unnest(to_tsvector('simple', fold(words)))
)::tsquery
FROM (SELECT %(expressions)s) AS asked (title, organization, words))"""


def find_posts(asked: AskedPost) -> list[Post]:
    """Finds the posts of these countries with all the words in a title or its organization.

    The shortest titles come first: a foreign minister before his deputy.
    """
    posts = Post.objects.select_related("country", "organization__country")
    of_country = Q(country__in=asked.countries) | Q(
        country=None, organization__country__in=asked.countries
    )
    has_words = _HasWords(F("title"), F("organization__name"), Value(asked.title))
    found = posts.filter(of_country, has_words).order_by(Length("title"), "slug")
    return list(found[:N_POSTS])


def find_holders(posts: list[Post], asked: AskedPost) -> list[Tenure]:
    """Finds who held posts: first those on the days asked for, then by post, then the latest."""
    tenures = Tenure.objects.filter(post__in=posts).select_related(
        "official", "post__country", "post__organization__country"
    )
    places = {post.pk: place for place, post in enumerate(posts)}
    return sorted(
        tenures,
        key=lambda tenure: (_is_held(tenure, asked), -places[tenure.post_id], _start(tenure)),
        reverse=True,
    )


def _is_held(tenure: Tenure, asked: AskedPost) -> bool:
    """Whether the post was held on any of the days, as far as is known."""
    last = tenure.ended_on.latest if tenure.ended_on else date.max
    return _start(tenure) <= asked.last and asked.first <= last


def _start(tenure: Tenure) -> date:
    return tenure.started_on.earliest if tenure.started_on else date.min


def near_officials(words: str, table: People, limit: int) -> list[int]:
    """Finds officials by likeness of a name, the likest first; the faintly alike are left out."""
    least = LEAST_OFFERED_TO_SEVERAL if len(words.split()) > 1 else LEAST_OFFERED
    return [match.id for match in table.officials.find(words, limit) if match.score >= least]


def nearest_officials(words: str, table: People, limit: int) -> list[int]:
    """Finds the official that is likest, and who is as good as equal; nobody if they are many."""
    found = [m for m in table.officials.find(words, limit + 1) if m.score >= LEAST_TAKEN]
    best = [match.id for match in found if match.score >= found[0].score - EQUALS]
    return best if len(best) <= limit else []


def near_countries(words: str, table: People, limit: int) -> list[int]:
    """Finds countries spelled nearly so, the likest first; to a short word too many are like.

    Likeness is that of Indel distance, which counts letters that are missing, added or moved.
    """
    folded = fold(words)
    if len(folded) < LEAST_LETTERS:
        return []
    found = process.extract(
        folded, table.countries.keys(), scorer=fuzz.ratio, score_cutoff=LIKE_A_COUNTRY, limit=None
    )  # one country may have several names like it
    pks = [pk for name, _score, _place in found for pk in sorted(table.countries[name])]
    return list(dict.fromkeys(pks))[:limit]
