import pytest

from statements.dictionary import KINDS, fields
from statements.meanings import MEANINGS
from statements.records import RECORD_TYPES
from statements.vocabulary import Channel


def field(kind, name):
    [found] = [field for field in fields(kind) if field.name == name]
    return found


def test_it_works():
    channel = field("statement", "channel")
    assert channel.codes == tuple(Channel.codes())
    assert not channel.is_required
    assert channel.meaning == "Through what it was said."


def test_every_field_of_every_record_has_a_meaning_and_no_other():
    told = {f"{kind}.{field.name}" for kind in KINDS for field in fields(kind)}
    assert told == set(MEANINGS)


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_the_fields_are_those_of_the_record_in_its_order(kind):
    record = RECORD_TYPES[kind]
    names = [told.alias or name for name, told in record.model_fields.items() if name != "type"]
    assert [field.name for field in fields(kind)] == names


@pytest.mark.parametrize(
    ("kind", "name", "holds"),
    [
        ("statement", "said_on", "day, month or year"),
        ("statement", "said_at", "instant"),
        ("statement", "event_order", "whole number"),
        ("country", "latitude", "number"),
        ("event", "is_seen", "true or false"),
        ("statement", "text", "text"),
    ],
)
def test_it_says_what_a_field_holds(kind, name, holds):
    assert field(kind, name).holds == holds


def test_it_says_what_a_field_names_and_lists():
    assert field("statement", "event").names == "event"
    assert (field("statement", "topics").names, field("statement", "topics").is_list) == (
        "topic", True,
    )  # fmt: skip
    assert field("statement", "parties").part == "party"
    assert field("official", "aliases").part == "name"
    assert field("official", "identifiers").is_mapping
    assert field("citation", "title").is_derived
    assert field("statement", "key").is_required
