"""Officials, organizations, posts, countries, events and topics found by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statements.search.names import find_names, find_written
from tests.factories import make_official, make_organization, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def named(words, **options):
    return [(hit.kind, hit.name) for hit in find_names(words, **options)]


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("jilani", "official", "Jalil Abbas Jilani"),
        ("jal abb", "official", "Jalil Abbas Jilani"),
        ("JILANI jalil", "official", "Jalil Abbas Jilani"),
        ("جیلانی", "official", "Jalil Abbas Jilani"),
        ("جيلاني", "official", "Jalil Abbas Jilani"),
        ("Лавров", "official", "Sergey Lavrov"),
        ("fıdan", "official", "Hakan Fıdan"),
        ("fidan", "official", "Hakan Fıdan"),
        ("unsc", "organization", "Security Council"),
        ("foreign office", "organization", "Foreign Office"),
        ("foreign minister", "post", "Foreign Minister"),
        ("pakistan", "country", "Pakistan"),
        ("pakistani", "country", "Pakistan"),
        ("islamabad", "country", "Pakistan"),
        ("soviet union", "country", "Soviet Union"),
        ("the strikes", "event", "The strikes"),
        ("restraint", "topic", "Restraint"),
    ],
)
def test_by_any_name_and_the_beginnings_of_its_words(words, kind, name):
    assert (kind, name) in named(words)


@pytest.mark.parametrize("words", ["jilani lavrov", "ilani", "nobody", "jilanis"])
def test_every_word_must_begin_one_of_the_same_name(words):
    assert "Jalil Abbas Jilani" not in [hit.name for hit in find_written(words)]


def test_each_is_found_once_however_many_names_fit():
    make_organization("Peace Corps", aliases=["Peace Corps of the States", "Corps for Peace"])
    assert named("peace corps") == [("organization", "Peace Corps")]


def test_the_whole_name_comes_first_then_its_beginning():
    make_official("Iran Teymourtash", country=None)
    make_official("Ali of Iran", country=None)
    assert [name for _, name in named("iran")][:2] == ["Iran", "Iran Teymourtash"]
    assert find_names("iran")[0].is_exact
    assert not find_names("iran")[1].is_exact


def test_kinds_and_number_are_chosen():
    assert {kind for kind, _ in named("s", kinds=("topic", "event"))} == {"topic", "event"}
    assert len(find_names("a", limit=3)) == 3


def test_a_kind_is_found_however_many_others_have_the_name():
    for number in range(40):
        make_official("Water", slug=f"water-{number}", country=None)
    make_topic("Waterways")
    assert named("water", limit=5, kinds=("topic",)) == [("topic", "Waterways")]


def test_what_tells_two_of_a_name_apart():
    details = {hit.name: hit.detail for hit in find_names("jilani")}
    assert details == {"Jalil Abbas Jilani": "Foreign Minister, Pakistan"}
    [soviet] = [hit for hit in find_names("soviet union") if hit.kind == "country"]
    assert soviet.detail


@pytest.mark.parametrize("words", ["", " ", "!!", "🕊", "\u202e", "'", "\\", ":*", "&", "()"])
def test_no_letters_name_nobody(words):
    assert find_names(words) == []


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
def test_nothing_that_is_typed_breaks_it(words):
    assert isinstance(find_names(words), list)


@given(st.text(st.sampled_from("iran'\\:*&|!()<->\"ی \u200f0@/"), max_size=20))
def test_nothing_that_means_something_to_the_database_breaks_it(words):
    assert isinstance(find_names(words), list)


def test_it_costs_a_query_and_one_for_each_kind(django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        find_written("i", limit=50)


def test_near_spellings_cost_their_state_their_table_and_the_officials(
    django_assert_max_num_queries,
):
    with django_assert_max_num_queries(14):
        find_names("i", limit=50)


def test_a_country_with_several_like_names_keeps_no_other_away():
    assert [hit.name for hit in find_names("Bahain") if hit.is_near] == ["Bahrain", "Bahamas"]
