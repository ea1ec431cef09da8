"""Keys of statements, alone and in a crowd."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection

from statements import curation
from statements.dates import PartialDate
from statements.models import Country, Official, Organization, Party, Post, Statement
from statements.models.keys import key_of


def official(name, slug, sort_name=""):
    return Official(pk=1, name=name, slug=slug, sort_name=sort_name)


def speaker(**columns):
    return Party(**{"role": "speaker", "kind": "official"} | columns)


def new(day="2024-01-19", **columns):
    said_on = PartialDate.parse(day) if day else None
    return Statement(text="Words.", form="direct", said_on=said_on, **columns)


JILANI = official("Jalil Abbas Jilani", "jalil-abbas-jilani", "Jilani")
AMIR = official("Hossein Amir-Abdollahian", "hossein-amir-abdollahian")


def test_it_works():
    parties = [speaker(official=JILANI), speaker(role="addressee", official=AMIR)]
    assert key_of(new(), parties) == "2024-01-19-jilani-amir-abdollahian"


@pytest.mark.parametrize(
    ("day", "key"), [("2024-01", "2024-01-jilani"), ("2024", "2024-jilani"), ("", "undated-jilani")]
)
def test_the_day_as_far_as_known(day, key):
    assert key_of(new(day), [speaker(official=JILANI)]) == key


def test_only_the_first_of_each_role_counts():
    parties = [
        speaker(role="relayer", official=AMIR),
        speaker(official=JILANI),
        speaker(official=AMIR),
    ]
    assert key_of(new(), parties) == "2024-01-19-jilani"


@pytest.mark.parametrize(
    ("party", "name"),
    [
        (speaker(official=official("Сергей Лавров", "sergey-lavrov", "Лавров")), "sergey-lavrov"),
        (speaker(official=official("Radosław Ślusarczyk", "rs", "Ślusarczyk")), "slusarczyk"),
        (speaker(official=official("Jan Łukasz", "jan-lukasz")), "jan-lukasz"),
        (speaker(official=official("José Martí", "jose-marti")), "marti"),
        (
            speaker(kind="organization", organization=Organization(pk=1, slug="foreign-office")),
            "foreign-office",
        ),
        (speaker(kind="post", post=Post(pk=1, slug="envoy")), "envoy"),
        (speaker(kind="country", country=Country(pk=1, name="Côte d'Ivoire")), "cote-divoire"),
        (speaker(kind="unnamed", name_as_printed="a senior official"), "a-senior-official"),
        (speaker(kind="unnamed", name_as_printed="مسئول"), "unnamed"),
    ],
)  # fmt: skip
def test_names_of_every_kind(party, name):
    assert key_of(new(), [party]) == f"2024-01-19-{name}"


def test_the_public_is_no_addressee_to_name():
    parties = [speaker(official=JILANI), speaker(role="addressee", kind="public")]
    assert key_of(new(), parties) == "2024-01-19-jilani"


def test_a_key_fits_its_column():
    long = speaker(kind="unnamed", name_as_printed="officials of " * 20)
    addressee = speaker(role="addressee", kind="unnamed", name_as_printed="ministers of " * 20)
    assert len(key_of(new(), [long, addressee])) < 240


def enter(*parties):
    return curation.enter(statement=new(), parties=parties or [speaker(official=JILANI)])


@pytest.mark.django_db
def test_numbers_follow_each_other():
    assert [enter().key for _ in range(3)] == [
        "2024-01-19-jilani",
        "2024-01-19-jilani-2",
        "2024-01-19-jilani-3",
    ]


@pytest.mark.django_db
def test_another_addressees_key_is_not_in_the_way():
    enter(speaker(official=JILANI), speaker(role="addressee", official=AMIR))
    assert enter().key == "2024-01-19-jilani"


@pytest.mark.django_db
def test_a_fault_other_than_the_key_is_not_tried_again(monkeypatch):
    def save(statement, **options):
        raise IntegrityError("something else")

    monkeypatch.setattr(Statement, "save", save)
    with pytest.raises(IntegrityError, match="something else"):
        enter()


@pytest.mark.django_db(transaction=True)
def test_many_who_enter_the_same_at_once_each_get_a_key_of_their_own():
    n = 6
    together, keys = Barrier(n), []

    def enter_one():
        try:
            together.wait()
            keys.append(enter().key)
        finally:
            connection.close()

    threads = [Thread(target=enter_one) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(keys) == [
        "2024-01-19-jilani",
        *(f"2024-01-19-jilani-{number}" for number in range(2, n + 1)),
    ]
