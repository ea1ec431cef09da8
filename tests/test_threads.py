"""What answers what."""

from statements.threads import threads


def test_it_works():
    assert threads("abcde", {"c": "a", "d": "c", "e": "a"}) == [
        ("a", 0), ("c", 1), ("d", 2), ("e", 1), ("b", 0),
    ]  # fmt: skip


def test_what_answers_something_elsewhere_begins_a_thread():
    assert threads("ab", {"b": "z"}) == [("a", 0), ("b", 0)]


def test_a_circle_begins_at_its_first():
    assert threads("abc", {"a": "b", "b": "a"}) == [("c", 0), ("a", 0), ("b", 1)]


def test_no_depth_is_too_deep():
    keys = list(range(5000))
    told = threads(keys, {key: key - 1 for key in keys[1:]})
    assert told == [(key, key) for key in keys]
