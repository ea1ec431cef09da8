"""Officials found by near spellings, in any script, and by the posts they held."""

from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from statements.models import Alias, Country, Official
from statements.search import people as held
from statements.search.names import find_names, find_nearest
from statements.search.people import people, read_post
from tests.factories import make_official, make_organization, make_post, make_tenure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def officials(words, **options):
    return [hit.name for hit in find_names(words, **options) if hit.kind == "official"]


@pytest.fixture
def ministers():
    """Three more who held the Iranian post, told out of order."""
    post = make_post("Minister of Roads", country="ir")
    for name, start, end in [
        ("Ahmad Kharram", "2001", "2004-10"),
        ("Mehrdad Bazrpash", "2022-12", None),
        ("Abbas Akhoundi", "2013-08-15", "2018-10-20"),
    ]:
        make_tenure(make_official(name, country="ir"), post, start, end)
    return post


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("jillani", "Jalil Abbas Jilani"),
        ("Jaleel Abas Jilani", "Jalil Abbas Jilani"),
        ("Jilani, Jalil A.", "Jalil Abbas Jilani"),
        ("foreign minister Jillani", "Jalil Abbas Jilani"),
        ("جلیل جیلانی", "Jalil Abbas Jilani"),  # Urdu
        ("Amirabdollahian", "Hossein Amir-Abdollahian"),
        ("Hussein Amir Abdulahian", "Hossein Amir-Abdollahian"),
        ("امیر عبداللهیان", "Hossein Amir-Abdollahian"),  # Persian, parted
        ("حسين أمير عبد اللهيان", "Hossein Amir-Abdollahian"),  # Arabic
        ("Hakan Fidän", "Hakan Fıdan"),
        ("Хакан Фидан", "Hakan Fıdan"),
        ("lavrof", "Sergey Lavrov"),
        ("Serguei Lavrov", "Sergey Lavrov"),
        ("С. В. Лавров", "Sergey Lavrov"),
        ("سید رسول موسوی", "Seyed Rasoul Mousavi"),
        ("Musavi", "Seyed Rasoul Mousavi"),
    ],
)
def test_a_near_spelling_in_any_script_is_enough(words, name):
    assert officials(words)[0] == name


@pytest.mark.parametrize(
    "words", ["mutual trust", "ceasefire", "zzzz", "gardening", "we want calm", "x" * 4_000]
)
def test_words_that_are_no_name_find_nobody(words):
    assert officials(words) == []


@pytest.mark.parametrize("words", ["", " ", "!!", "🕊", "\u202e", "()", '"'])
def test_no_letters_are_like_no_name(words):
    assert find_nearest(words, 5) == []


def test_near_spellings_come_after_what_is_written_so_and_say_what_they_are():
    make_official("Karim Jillani", country="pk")
    hits = [hit for hit in find_names("jillani") if hit.kind == "official"]
    assert [(hit.name, hit.is_near) for hit in hits] == [
        ("Karim Jillani", False), ("Jalil Abbas Jilani", True),
    ]  # fmt: skip


def test_each_is_found_once_and_no_more_than_asked_for():
    for number in range(6):
        make_official("Karim Jillani", country="pk", aliases=[f"Karim Jilani {number}"])
    hits = find_names("jilani", limit=5)
    assert len(hits) == 5
    assert len({(hit.kind, hit.row.pk) for hit in hits}) == 5


def test_nobody_is_like_the_whole_name_of_a_country():
    make_official("Smriti Irani", country="in")
    assert not any(hit.is_near for hit in find_names("iran"))


def test_only_officials_are_found_so():
    assert find_names("jillani", kinds=("organization", "country")) == []


def test_a_rename_and_a_new_alias_show_at_once():
    assert officials("Kasuri") == []
    official = make_official("Mumtaz Zahra Baloch")
    official.name = "Khurshid Mahmud Kasuree"
    official.save()
    assert officials("Kasuri") == ["Khurshid Mahmud Kasuree"]
    Alias.objects.create(official=official, name="Zahir Tanveer")
    assert officials("Zaheer Tanvir") == ["Khurshid Mahmud Kasuree"]
    official.delete()
    assert officials("Kasuri") == []


def test_a_change_that_is_taken_back_is_forgotten():
    with transaction.atomic():
        make_official("Khurshid Mahmud Kasuree")
        assert officials("Kasuri")
        transaction.set_rollback(True)
    assert officials("Kasuri") == []


def test_a_transaction_keeps_its_own_names_to_itself(monkeypatch):
    monkeypatch.setattr(held, "_SHELF", held._Shelf())
    make_official("Khurshid Mahmud Kasuree")
    assert people().officials.best("Kasuri")
    assert held._SHELF._kept is None


def end_transaction():
    """Does what the end of a transaction does to the revision, and begins to ask for it anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('demarche.asked_for_names', '', true)")


def test_what_was_changed_for_good_is_kept_until_a_name_changes(monkeypatch):
    monkeypatch.setattr(held, "_SHELF", held._Shelf())
    official = make_official("Khurshid Mahmud Kasuree")
    end_transaction()
    table = people()
    assert table.officials.best("Kasuri").id == official.pk
    assert people() is table
    Official.objects.filter(pk=official.pk).update(name="Riaz Khokhar")
    end_transaction()
    assert people() is not table
    assert people() is people()
    assert people().officials.best("Kasuri") is None
    assert people().officials.best("Khokar").id == official.pk


def test_a_table_is_built_once_for_a_revision(monkeypatch):
    built = []
    monkeypatch.setattr(held, "_build", lambda: built.append(1) or object())
    shelf = held._Shelf()
    first = shelf.at(1)
    assert shelf.at(1) is first
    assert shelf.at(2) is not first
    assert len(built) == 2


def test_while_one_builds_the_others_use_the_table_before(monkeypatch):
    tables = iter(["old", "new"])
    monkeypatch.setattr(held, "_build", lambda: next(tables))
    shelf = held._Shelf()
    assert shelf.at(1) == "old"
    with shelf._building:
        assert shelf.at(2) == "old"
    assert shelf.at(2) == "new"


def test_the_first_who_come_together_wait_for_one_table(monkeypatch):
    built = []
    monkeypatch.setattr(held, "_build", lambda: built.append(1) or "table")
    shelf, found = held._Shelf(), []
    threads = [Thread(target=lambda: found.append(shelf.at(1))) for _ in range(8)]
    with shelf._building:
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(10)
    assert (found, len(built)) == (["table"] * 8, 1)


def test_a_build_that_fails_is_tried_again(monkeypatch):
    shelf = held._Shelf()
    with monkeypatch.context() as broken:
        broken.setattr(held, "_build", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            shelf.at(1)
    monkeypatch.setattr(held, "_build", lambda: "table")
    assert shelf.at(1) == "table"


@pytest.mark.parametrize(
    "words",
    [
        "foreign minister of iran", "iran foreign minister", "Iran's foreign minister",
        "Iranian foreign minister", "the FOREIGN MINISTER of the Islamic Republic of Iran",
        "foreign min tehran", "foreign minister ایران",
    ],
)  # fmt: skip
def test_a_post_is_found_by_its_title_and_country(words):
    hits = find_names(words)
    assert [(hit.kind, hit.row.slug) for hit in hits] == [
        ("post", "fm-iran"), ("official", "amir"),
    ]  # fmt: skip
    assert hits[1].detail == "Foreign Minister, Iran"


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("", "Mehrdad Bazrpash"), (" 2003", "Ahmad Kharram"), (" 2004-10", "Ahmad Kharram"),
        (" 2016-02-01", "Abbas Akhoundi"), (" 2023-01", "Mehrdad Bazrpash"),
        (" 2010", "Mehrdad Bazrpash"),
    ],
)  # fmt: skip
def test_every_holder_is_found_and_the_one_on_the_day_first(ministers, day, first):
    hits = find_names(f"minister of roads iran{day}")
    assert hits[0].row == ministers
    assert hits[1].name == first
    assert {hit.name for hit in hits[1:]} == {
        "Ahmad Kharram", "Mehrdad Bazrpash", "Abbas Akhoundi",
    }  # fmt: skip


def test_the_post_itself_comes_before_its_deputy_and_the_holders_too():
    deputy = make_post("Deputy Foreign Minister", country="ir")
    make_tenure(make_official("Ali Bagheri Kani"), deputy, "2022", "2024-05")
    hits = find_names("foreign minister of iran 2023")
    assert [str(hit.row) for hit in hits] == [
        "Foreign Minister, Iran", "Deputy Foreign Minister, Iran",
        "Hossein Amir-Abdollahian", "Ali Bagheri Kani",
    ]  # fmt: skip


def test_the_words_may_name_the_organization_and_its_country():
    office = make_organization("Ministry of Trade", country="pk", slug="trade")
    post = make_post("Spokesperson", country=None, organization=office)
    tenure = make_tenure(make_official("Asim Iftikhar"), post, "2021")
    assert [hit.row for hit in find_names("spokesperson ministry of trade pakistan")] == [
        post, tenure.official,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["iran", "of iran", "iran 2024", "iran's", "foreign minister", "2024-13", "mi iran"]
)
def test_without_a_country_and_a_title_no_post_is_asked_for(words):
    assert read_post(words, people().countries) is None


def test_of_two_countries_the_longer_name_and_then_the_last_is_meant():
    asked = read_post("ambassador of pakistan to iran 2024-02", people().countries)
    assert asked.countries == {Country.objects.get(code="ir").pk}
    assert asked.title == "ambassador pakistan"
    assert (asked.first.isoformat(), asked.last.isoformat()) == ("2024-02-01", "2024-02-29")


def test_no_day_is_today():
    asked = read_post("foreign minister iran", people().countries)
    assert asked.first == asked.last == timezone.localdate()


@pytest.mark.parametrize("words", ["gardener of iran", "foreign minister of atlantis", "iran & !!"])
def test_a_post_that_is_not_there_finds_no_holder(words):
    assert not any(hit.kind == "post" for hit in find_names(words))


def test_the_work_for_a_long_question_is_bounded(django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        find_names("minister of iran " * 200, limit=24)


def test_what_it_costs(django_assert_max_num_queries):
    """The names as they are, built here for the transaction alone, and what is found by them."""
    with django_assert_max_num_queries(6):  # a state, a table, three for officials, the names
        find_names("jillani")
    with django_assert_max_num_queries(5):
        find_names("foreign minister of iran")
