"""Writes a synthetic world into the database, by COPY and beneath the triggers.

The triggers that derive columns cost more than all the rest, so that what they would derive is
made here, and a test compares the two. Indexes and foreign keys are taken down and put up again
over all rows at once. All of it is one transaction that locks the tables: a sample is for trying
and measuring, not for an archive at work.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from django.db import connection, transaction

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
from statements.models.bare import Progress

from .lines import COLUMNS, N_AT_ONCE, Cast
from .producer import produced
from .tables import TABLES, bare_tables
from .words import OTHERS
from .world import N_OUTLETS, N_TOPICS, NOTE, World

N_CONNECTIONS = 2  # that tidy up, each a table


class SampleExists(Exception):
    """A sample of this seed is in the archive already."""


def make_sample(*, n_statements: int, seed: int, progress: Progress = lambda stage, n: None) -> int:
    """Adds a synthetic archive beside what is there, and returns the number of statements."""
    countries = list(Country.objects.filter(existed_until=None).order_by("code"))
    world = World(seed, n_statements, len(countries))
    with transaction.atomic():
        cast = _write_cast(world, countries, seed)
        cast.first_statement = _first_id("statement", n_statements)
        cast.first_article = _first_id("article", n_statements)
        with bare_tables(n_new=n_statements, progress=progress):
            _copy_statements(world, cast, progress)
    _vacuum((*TABLES, "official"))
    return n_statements


def _vacuum(tables: Iterable[str]) -> None:
    """Gathers statistics, and notes which pages all may see, as far as a transaction lets it."""
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ANALYZE statements_{table}")
        return
    with ThreadPoolExecutor(N_CONNECTIONS) as threads:
        list(threads.map(_vacuum_one, tables))


def _vacuum_one(table: str) -> None:
    with closing(connection), connection.cursor() as cursor:  # of this thread
        cursor.execute(f"VACUUM (ANALYZE) statements_{table}")


def _copy_statements(world: World, cast: Cast, progress: Progress) -> None:
    n_done = 0
    with closing(produced(world, cast)) as batches:
        for lines in batches:
            for table, columns in COLUMNS.items():
                _copy(table, columns, lines.get(table, b""))
            n_done = min(n_done + N_AT_ONCE, world.n_statements)
            progress("made", n_done)


def _copy(table: str, columns: tuple[str, ...], lines: bytes) -> None:
    copying = f"COPY statements_{table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        copy.write(lines)


def _first_id(table: str, n: int) -> int:
    """Takes `n` numbers from a table's sequence, and returns the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(seq, nextval(seq) + %s) - %s"
            " FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS seq) AS of_table",
            [n, n, f"statements_{table}"],
        )
        return int(cursor.fetchone()[0])


def _write_cast(world: World, countries: list[Country], seed: int) -> Cast:
    if Outlet.objects.filter(slug=f"sample-{seed}-outlet-0").exists():
        raise SampleExists(f"the sample of seed {seed} is in the archive already")
    cast = Cast([country.pk for country in countries])
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
        for language, word, lexeme in cursor.fetchall():
            cast.lexemes.setdefault(language, {})[word] = lexeme
