"""The translations are in step with the words of the interface, whole, and compiled."""

import pytest
from babel.messages import Catalog

from tests.translations import (
    catalogues,
    faults,
    is_compiled,
    machine_form,
    marked,
    read,
)


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
class TestCatalogues:
    def test_it_works(self, path):
        assert sorted(faults(read(path), marked())) == []

    def test_it_is_compiled_from_the_words_that_are_there(self, path):
        assert is_compiled(path), "make translations"


def catalogue(*entries):
    made = Catalog(locale="fa", fuzzy=False)
    made.mime_headers = [("Plural-Forms", "nplurals=2; plural=(n > 1);")]
    for words, strings in entries:
        made.add(words, strings)
    return made


WANTED = catalogue(("%(n)s of %(of)s", ""), (("One day", "%(n)s days"), ""))
WHOLE = [("%(n)s of %(of)s", "%(of)s: %(n)s"), (("One day", "%(n)s days"), ("a", "%(n)s b"))]


class TestFaults:
    def test_it_works(self):
        assert list(faults(catalogue(*WHOLE), WANTED)) == []

    def test_an_empty_translation_is_none(self):
        assert list(faults(catalogue(*WANTED_EMPTY), WANTED)) == []

    def test_a_missing_word(self):
        assert list(faults(catalogue(WHOLE[0]), WANTED)) == ["missing: 'One day'"]

    def test_a_stale_word(self):
        told = catalogue(*WHOLE, ("Long gone", ""))
        assert list(faults(told, WANTED)) == ["stale: 'Long gone'"]

    def test_an_uncertain_word(self):
        told = catalogue(*WHOLE)
        told["%(n)s of %(of)s"].flags.add("fuzzy")
        assert list(faults(told, WANTED)) == ["fuzzy: '%(n)s of %(of)s'"]

    @pytest.mark.parametrize(
        ("string", "expected"),
        [("%(n)s", "loses %(of)s"), ("%(n)s %(of)s %(off)s", "invents %(off)s"),
         ("%(n)d %(of)s", "invents %(n)d")],
    )  # fmt: skip
    def test_a_broken_placeholder(self, string, expected):
        told = catalogue(("%(n)s of %(of)s", string), WHOLE[1])
        assert list(faults(told, WANTED)) == [f"{expected}: '%(n)s of %(of)s'"]

    def test_a_form_that_is_empty(self):
        told = catalogue(WHOLE[0], (("One day", "%(n)s days"), ("a", "")))
        assert list(faults(told, WANTED)) == ["a form is empty: 'One day'"]


WANTED_EMPTY = [("%(n)s of %(of)s", ""), (("One day", "%(n)s days"), ("", ""))]


class TestMarked:
    @pytest.mark.parametrize(
        ("words", "context"),
        [("Skip to the content", None), ("Post", "an office"), ("No day is known.", None)],
    )
    def test_it_works(self, words, context):
        assert marked().get(words, context) is not None


def test_another_word_is_another_compiled_catalogue():
    changed = catalogue(("%(n)s of %(of)s", "%(n)s %(of)s"), WHOLE[1])
    assert machine_form(changed) != machine_form(catalogue(*WHOLE))
