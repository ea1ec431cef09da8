"""Filters typed into the box; what is not understood is a message, and the rest answers."""

import pytest

from statements.models import Official
from tests.search.world import ALL, found, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("speaker:jilani", {"readiness", "aims"}),
        ('speaker:"Jalil Abbas Jilani"', {"readiness", "aims"}),
        ("speaker:جیلانی", {"readiness", "aims"}),
        ("speaker:security-council", {"condemned"}),
        ("speaker:unsc", {"condemned"}),
        ("speaker:fidan", set()),
        ("to:iran", {"readiness", "restraint"}),
        ("to:ir", {"readiness", "restraint"}),
        ("to:IR", {"readiness", "restraint"}),
        ("to:tehran", {"readiness", "restraint"}),
        ("to:fidan", {"aims"}),
        ("to:amir", {"readiness"}),
        ('to:"foreign office"', {"undated"}),
        ("from:pakistan", {"readiness", "aims", "undated"}),
        ("from:ru", {"restraint"}),
        ("from:lavrov", {"restraint"}),
        ("channel:phone_call", {"readiness"}),
        ('channel:"Telephone call"', {"readiness"}),
        ("channel:Letter", {"undated"}),
        ("topic:security", {"readiness"}),
        ('topic:"security cooperation"', {"readiness"}),
        ("after:2024-01-20", {"enemies", "restraint"}),
        ("before:2019", {"condemned", "aims"}),
        ("after:2019 before:2019-02", {"condemned", "aims"}),
        ("FROM:pk TO:ir", {"readiness"}),
        ("minister from:pk to:ir", {"readiness"}),
        ("from:pk escalation", {"aims"}),
        ("from:pk from:ru", set()),
    ],
)
def test_an_operator_narrows(q, expected):
    result = search(q=q)
    assert {row.key for row in result.rows} == expected
    assert result.messages == []


@pytest.mark.parametrize(
    ("q", "expected", "name"),
    [
        ("speaker:jillani", {"readiness", "aims"}, "Jalil Abbas Jilani"),
        ("speaker:Lavroff", {"restraint"}, "Sergey Lavrov"),
        ("speaker:Мусави", {"enemies"}, "Seyed Rasoul Mousavi"),
        ('speaker:"سید رسول موسوی"', {"enemies"}, "Seyed Rasoul Mousavi"),
        ("to:Amirabdolahian", {"readiness"}, "Hossein Amir-Abdollahian"),
        ('to:"Hacan Fidan"', {"aims"}, "Hakan Fıdan"),
        ("from:lavrof", {"restraint"}, "Sergey Lavrov"),
    ],
)
def test_a_near_spelling_is_taken_for_the_name_and_it_is_said_whose(q, expected, name):
    result = search(q=q)
    assert {row.key for row in result.rows} == expected
    assert result.messages == [f"“{q.replace(chr(34), '')}” is taken as {name}."]


def test_those_who_are_equally_near_are_all_taken_and_named():
    Official.objects.create(slug="salim", name="Salim Abbas Jilani")
    [message] = search(q="speaker:jillani").messages
    assert "Jalil Abbas Jilani" in message
    assert "Salim Abbas Jilani" in message


def test_nobody_is_taken_of_too_many():
    Official.objects.bulk_create(
        Official(slug=f"jilani-{number}", name=f"Name{number} Jilani") for number in range(9)
    )
    [message] = search(q="speaker:jillani").messages
    assert "not understood" in message


@pytest.mark.parametrize(
    "operator",
    [
        "speaker:nobody", "to:atlantis", "from:zz", "channel:pigeon", "topic:gardening",
        "after:yesterday", "before:2024-13-01", "speaker:", "to:", "topic:!!", "after:🕊",
        'speaker:""', f"speaker:{'x' * 4_000}",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_a_message_and_the_rest_answers(operator):
    result = search(q=f"{operator} escalation from:pk")
    assert [row.key for row in result.rows] == ["aims"]
    assert len(result.messages) == 1
    assert operator.split(":")[0] in result.messages[0]
    assert result.errors == {}


def test_alone_it_narrows_nothing():
    assert found(q="speaker:nobody") == ALL


def test_every_one_that_is_not_understood_has_its_message():
    result = search(q="speaker:nobody to:atlantis from:pk")
    assert len(result.messages) == 2
    assert len(result.rows) == 3


def test_an_operator_that_nobody_knows_is_a_word():
    assert found(q="colour:red") == set()
    assert found(q="-colour:red") == ALL


def test_the_very_name_is_meant_when_there_is_one():
    """`to:iran` is the state, and not every ministry that has it in its name."""
    Official.objects.create(slug="iran-teymour", name="Iran Teymourtash")
    assert found(q="to:iran") == {"readiness", "restraint"}


def test_the_beginning_of_a_name_is_enough():
    assert found(q="speaker:jil") == {"readiness", "aims"}


def test_a_topic_is_found_among_many_names_of_other_kinds(world):
    Official.objects.bulk_create(
        Official(slug=f"r-{number}", name="Restraint", sort_name="R") for number in range(200)
    )
    assert found(q="topic:restraint") == {"restraint"}


def test_an_operator_in_a_phrase_is_words():
    assert search(q='"from:pk"').messages == []
    assert found(q='"from:pk"') == set()


def test_a_filter_and_an_operator_narrow_together():
    assert found("q=to:ir&from=pk") == {"readiness"}
    assert found("q=to:ir&from=ru") == {"restraint"}
