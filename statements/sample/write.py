"""Writes a synthetic world into the database, by COPY and beneath the triggers.

The triggers that derive columns cost more than all the rest, so that what they would derive is
made here, and a test compares the two. Indexes and foreign keys are taken down and put up again
over all rows at once. All of it is one transaction that locks the tables: a sample is for trying
and measuring, not for an archive at work.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from queue import Queue
from threading import Thread

from django.db import connection, transaction
from django.utils import timezone

from statements.models import (
    Alias,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Post,
    Tenure,
    Topic,
)

from .words import OTHERS
from .world import N_OUTLETS, N_TOPICS, NOTE, Said, World

N_AT_ONCE = 5_000
N_ARTICLES_SHARED = 2  # statements that one article reports
TABLES = ("statement", "party", "citation", "statement_topics", "article")

Lines = dict[str, list[str]]


class SampleExists(Exception):
    """A sample of this seed is in the archive already."""


def make_sample(
    *, n_statements: int, seed: int, progress: Callable[[str, int], None] = lambda stage, n: None
) -> int:
    """Adds a synthetic archive beside what is there, and returns the number of statements."""
    countries = list(Country.objects.filter(existed_until=None).order_by("code"))
    world = World(seed, n_statements, len(countries))
    with transaction.atomic():
        cast = _write_cast(world, countries, seed)
        with _bare_tables():
            _write_statements(world, cast, progress)
        progress("indexed", n_statements)
    with connection.cursor() as cursor:
        for table in (*TABLES, "official"):
            cursor.execute(f"ANALYZE statements_{table}")
    return n_statements


class Cast:
    """The rows that statements refer to, and what their words are in the index."""

    def __init__(self, countries: list[Country]) -> None:
        self.countries = [country.pk for country in countries]
        self.topics: list[int] = []
        self.outlets: list[int] = []
        self.ministries: dict[int, int] = {}
        self.events: dict[int, int] = {}
        self.lexemes: dict[tuple[str, str], str] = {}


def _write_cast(world: World, countries: list[Country], seed: int) -> Cast:
    if Outlet.objects.filter(slug=f"sample-{seed}-outlet-0").exists():
        raise SampleExists(f"the sample of seed {seed} is in the archive already")
    cast = Cast(countries)
    outlets = Outlet.objects.bulk_create(
        Outlet(slug=f"sample-{seed}-outlet-{n}", name=f"Synthetic Gazette {n} ({seed})")
        for n in range(N_OUTLETS)
    )
    topics = Topic.objects.bulk_create(
        Topic(
            slug=f"sample-{seed}-topic-{n}", name=f"{word.capitalize()} ({seed})", description=NOTE
        )
        for n, word in enumerate(world.vocabulary[60 : 60 + N_TOPICS])
    )
    cast.outlets, cast.topics = [o.pk for o in outlets], [t.pk for t in topics]
    _write_ministries(world, countries, cast, seed)
    _write_people(world, countries, cast, seed)
    _write_crises(world, countries, cast, seed)
    _look_up_words(world, cast)
    return cast


def _write_ministries(world: World, countries: list[Country], cast: Cast, seed: int) -> None:
    ministries = Organization.objects.bulk_create(
        Organization(
            slug=f"sample-{seed}-ministry-{country.code}",
            name="Ministry of Foreign Affairs",
            kind="ministry",
            country=country,
        )
        for country in countries
    )
    cast.ministries = {m.country_id: m.pk for m in ministries if m.country_id}


def _write_people(world: World, countries: list[Country], cast: Cast, seed: int) -> None:
    titles = sorted({(s.country, s.title) for s in world.speakers})
    posts = Post.objects.bulk_create(
        Post(
            slug=f"sample-{seed}-{countries[country].code}-{title.lower().replace(' ', '-')}",
            title=title,
            country=countries[country],
        )
        for country, title in titles
    )
    post_of = dict(zip(titles, posts, strict=True))
    officials = Official.objects.bulk_create(
        [
            Official(
                slug=s.slug,
                name=s.name,
                sort_name=s.sort_name,
                country=countries[s.country],
                note=NOTE,
            )
            for s in world.speakers
        ],
        batch_size=5_000,
    )
    for speaker, official in zip(world.speakers, officials, strict=True):
        speaker.pk = official.pk
    Tenure.objects.bulk_create(
        (
            Tenure(official_id=s.pk, post=post_of[s.country, s.title], started_on=s.started_on)
            for s in world.speakers
        ),
        batch_size=5_000,
    )
    Alias.objects.bulk_create(
        (
            Alias(official_id=s.pk, name=name, position=place)
            for s in world.speakers
            for place, name in enumerate(s.aliases)
        ),
        batch_size=5_000,
    )


def _write_crises(world: World, countries: list[Country], cast: Cast, seed: int) -> None:
    events = Event.objects.bulk_create(
        (
            Event(
                slug=f"sample-{seed}-event-{n}",
                title=crisis.name,
                kind="incident",
                description=NOTE,
            )
            for n, crisis in enumerate(world.crises)
        ),
        batch_size=5_000,
    )
    cast.events = {n: event.pk for n, event in enumerate(events)}


def _look_up_words(world: World, cast: Cast) -> None:
    """Asks PostgreSQL once what each word is in its dictionary."""
    words = [("en", word) for word in world.vocabulary]
    words += [(language, word) for language, words in OTHERS.items() for word in words]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT language, word, array_to_string(tsvector_to_array(to_tsvector("
            "dictionary_of(language), fold(word))), '') FROM unnest(%s::text[], %s::text[])"
            " AS told (language, word)",
            [[language for language, _ in words], [word for _, word in words]],
        )
        cast.lexemes = {(language, word): lexeme for language, word, lexeme in cursor.fetchall()}


# --- Statements ----------------------------------------------------------------------------------

COLUMNS = {
    "article": ("id", "slug", "outlet_id", "title", "url", "archived_url", "published_on",
                "language", "kind", "agency", "byline", "body", "repository", "collection", "box",
                "folder", "document_number"),
    "party": ("statement_id", "position", "role", "kind", "official_id", "organization_id",
              "country_id", "name_as_printed", "chosen_capacity", "basis", "form", "channel"),
    "citation": ("statement_id", "article_id", "position", "locator", "form", "text_status",
                 "quote", "prefix", "suffix", "check_result"),
    "statement_topics": ("statement_id", "topic_id"),
    "statement": ("id", "key", "text", "language", "form", "text_status", "original_text",
                  "original_language", "translator", "said_on", "said_on_qualifier",
                  "said_on_basis", "undated_reason", "said_at_offset", "channel", "channel_basis",
                  "platform", "basis_note", "acts", "event_id", "standing", "standing_note", "note",
                  "status", "withdrawal_reason", "published_at", "updated_at", "account", "basis",
                  "facets", "search_vector"),
}  # fmt: skip


def _write_statements(world: World, cast: Cast, progress: Callable[[str, int], None]) -> None:
    """Makes lines in one thread and copies them in another, so that both processors work."""
    ready: Queue[Lines | None] = Queue(maxsize=3)
    failed: list[BaseException] = []
    writer = _Writer(
        world,
        cast,
        _first_id("statement", world.n_statements),
        _first_id("article", world.n_statements),
    )

    def make() -> None:
        try:
            for lines in writer.batches():
                ready.put(lines)
        except BaseException as error:  # handed on to the thread that waits
            failed.append(error)
        ready.put(None)

    maker = Thread(target=make, daemon=True)
    maker.start()
    n_done = 0
    while (lines := ready.get()) is not None:
        for table, columns in COLUMNS.items():
            _copy(table, columns, lines[table])
        n_done += len(lines["statement"])
        progress("made", n_done)
    if failed:
        raise failed[0]


def _first_id(table: str, n: int) -> int:
    """Takes `n` numbers from a table's sequence, and returns the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(seq, nextval(seq) + %s) - %s"
            " FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS seq) AS of_table",
            [n, n, f"statements_{table}"],
        )
        return int(cursor.fetchone()[0])


def _copy(table: str, columns: tuple[str, ...], lines: list[str]) -> None:
    with connection.cursor() as cursor:
        copying = f"COPY statements_{table} ({', '.join(columns)}) FROM STDIN"
        with cursor.copy(copying) as copy:
            copy.write("".join(lines))


class _Writer:
    """Turns what was said into lines of COPY."""

    def __init__(self, world: World, cast: Cast, first_statement: int, first_article: int) -> None:
        self.world, self.cast = world, cast
        self.first_statement, self.first_article = first_statement, first_article
        self.now = timezone.now().isoformat()

    def batches(self) -> Iterator[Lines]:
        lines: Lines = defaultdict(list)
        for said in self.world.statements():
            self._add(lines, said)
            if len(lines["statement"]) == N_AT_ONCE:
                yield lines
                lines = defaultdict(list)
        if lines:
            yield lines

    def _add(self, lines: Lines, said: Said) -> None:
        pk = self.first_statement + said.number
        article = self.first_article + said.number // N_ARTICLES_SHARED
        outlet = self.cast.outlets[said.outlet]
        if said.number % N_ARTICLES_SHARED == 0:
            self.outlet = outlet
            lines["article"].append(
                f"{article}\tsample-{self.world.seed}-article-{article}\t{outlet}\t"
                f"{' '.join(said.words[:7]).capitalize()}\t\t\t{said.day}\ten\tnews_report"
                "\t\t\t\t\t\t\t\t\n"
            )
        tokens = _Tokens(said, self.cast, self.outlet)
        lines["party"] += tokens.party_lines(pk)
        text = " ".join(said.words).capitalize() + "."
        quote = text if said.form == "direct" else ""
        lines["citation"].append(f"{pk}\t{article}\t0\t\t\t\t{quote}\t\t\tno_text\n")
        topics = [self.cast.topics[topic] for topic in said.topics]
        lines["statement_topics"] += [f"{pk}\t{topic}\n" for topic in topics]
        lines["statement"].append(self._statement_line(pk, said, text, tokens, topics))

    def _statement_line(
        self, pk: int, said: Said, text: str, tokens: "_Tokens", topics: list[int]
    ) -> str:
        language, words = said.original
        published = f"{said.day + timedelta(days=2)}T{said.number % 24:02}:00:00Z"
        event = self.cast.events[said.crisis] if said.crisis is not None else None
        facets = tokens.facets(language or "en", topics)
        vector = tokens.vector(facets, event, self.cast.lexemes, language)
        status = "translated" if language else "unknown"
        return (
            f"{pk}\t{said.key}\t{text}\ten\t{said.form}\t{status}\t{' '.join(words)}\t{language}"
            f"\t\t{said.day}\ton\tstated\t\t0\t{said.channel}\tstated\t"
            f"{'X' if said.channel == 'social_post' else ''}\t\t{{{','.join(said.acts)}}}\t"
            f"{event or chr(92) + 'N'}\tundisputed\t\t{NOTE}\tpublished\t\t{published}\t{published}"
            f"\t{tokens.account}\tstated\t{{{','.join(facets)}}}\t{vector}\n"
        )


class _Tokens:
    """What the database would derive for a statement: see `derive_tokens` in the migrations."""

    def __init__(self, said: Said, cast: Cast, outlet: int) -> None:
        self.said, self.outlet = said, outlet
        speaker = said.speakers[0]
        self.side = cast.countries[speaker.country]
        self.speaker = speaker.pk
        self.addressees = [(a.pk, cast.countries[a.country]) for a in said.addressees]
        self.ministry = cast.ministries[self.side] if said.is_relayed else None
        reports = ("contact_report", "act_report")
        private = ("phone_call", "meeting_bilateral", "unknown")
        is_alone = said.form == reports[0] or (said.form == reports[1] and said.channel in private)
        self.account = "own_side" if said.is_relayed else "outlet_only" if is_alone else "own"

    def party_lines(self, pk: int) -> list[str]:
        lines = [f"{pk}\t0\tspeaker\tofficial\t{self.speaker}\t\\N\t{self.side}\t\t\tstated\t\t\n"]
        lines += [
            f"{pk}\t{place}\taddressee\tofficial\t{official}\t\\N\t{country}\t\t\tstated\t\t\n"
            for place, (official, country) in enumerate(self.addressees, 1)
        ]
        if not self.addressees:
            lines.append(f"{pk}\t1\taddressee\tpublic\t\\N\t\\N\t\\N\t\t\tstated\t\t\n")
        if self.ministry:
            lines.append(
                f"{pk}\t9\trelayer\torganization\t\\N\t{self.ministry}\t{self.side}"
                "\t\t\tstated\tindirect\tpress_statement\n"
            )
        return lines

    def facets(self, language: str, topics: list[int]) -> list[str]:
        said = self.said
        sides = sorted({f"@t{country}" for _pk, country in self.addressees})
        people = sorted({f"@a{official}" for official, _country in self.addressees})
        return [
            f"@f{self.side}",
            *sides,
            *people,
            f"@s{self.speaker}",
            *sorted({f"@z{self.side}-{country}" for _pk, country in self.addressees}),
            f"@h{said.channel}",
            f"@m{said.form}",
            f"@w{self.account}",
            "@bstated",
            "@dundisputed",
            f"@l{language}",
            f"@y{said.day.year:04}",
            *(f"@k{act}" for act in said.acts),
            *(f"@q{topic}" for topic in topics),
            f"@u{self.outlet}",
        ]

    def vector(
        self,
        facets: list[str],
        event: int | None,
        lexemes: dict[tuple[str, str], str],
        language: str,
    ) -> str:
        places: dict[str, list[str]] = {}
        last = 0
        for place, word in enumerate(self.said.words, 1):
            if lexeme := lexemes["en", word]:
                places.setdefault(lexeme, []).append(f"{place}A")
                last = place
        for place, word in enumerate(self.said.original[1], last + 1):
            if lexeme := lexemes[language, word]:
                places.setdefault(lexeme, []).append(f"{place}B")
        words = [f"'{lexeme}':{','.join(at)}" for lexeme, at in places.items()]
        people = [self.speaker, *(pk for pk, _country in self.addressees)]
        tokens = [*facets, *(f"@{letter}{pk}" for pk in people for letter in "on")]
        if self.ministry:
            tokens += [f"@g{self.ministry}", f"@R{self.ministry}"]
        if event:
            tokens.append(f"@e{event}")
        return " ".join([*words, *(f"'{token}'" for token in tokens)])


# --- Tables without their indexes ----------------------------------------------------------------

INDEXES = """
SELECT format('DROP INDEX %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
FROM pg_index i
LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
WHERE i.indrelid = ANY(%s::regclass[]) AND c.oid IS NULL
"""
CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'f')
ORDER BY contype = 'f'
"""


@contextmanager
def _bare_tables() -> Iterator[None]:
    """Takes triggers, foreign keys and all indexes but the primary keys down, and up again."""
    tables = [f"statements_{table}" for table in TABLES]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(CONSTRAINTS, [tables])
        constraints = cursor.fetchall()
        cursor.execute(INDEXES, [tables])
        indexes = cursor.fetchall()
        # The references to a table's keys go first, the keys come back first.
        for drop, _add in [*reversed(constraints), *indexes]:
            cursor.execute(drop)
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        for _drop, add in [*indexes, *constraints]:
            cursor.execute(add)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("UPDATE statements_revision SET number = number + 1")
