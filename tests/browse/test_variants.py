"""The same words as several print them, on a statement's page."""

import pytest

from tests.factories import (
    make_article,
    make_citation,
    make_link,
    make_outlet,
    make_statement,
)

pytestmark = pytest.mark.django_db

WORDS = "We are ready to work together with Iran on all issues."


def make_printed(*quotes, **article):
    statement = make_statement(WORDS, cited=False)
    for number, quote in enumerate(quotes):
        outlet = make_outlet(f"Outlet {number}")
        make_citation(
            statement, make_article(outlet=outlet, **{"language": "en", **article}), quote=quote
        )
    return statement


def told(client, statement, name="printed"):
    return client.get(statement.get_absolute_url()).context[name]


def test_it_works(client):
    statement = make_printed(WORDS, "We are ready to work with Iran on all the issues.")

    page = client.get(statement.get_absolute_url()).text

    assert "As each prints it" in page
    assert "work<del> together</del> with Iran on all <ins>the</ins> issues." in page


def test_those_who_print_the_same_stand_together(client):
    statement = make_printed(WORDS, f"“{WORDS}”", "Ready we are.")

    assert [
        [article.outlet.name for article in variant.articles] for variant in told(client, statement)
    ] == [["Outlet 0", "Outlet 1"], ["Outlet 2"]]


def test_where_all_print_the_same_nothing_is_compared(client):
    statement = make_printed(WORDS, WORDS.upper())

    assert told(client, statement) == []
    assert "As each prints it" not in client.get(statement.get_absolute_url()).text


def test_a_reconstruction_prints_nothing(client):
    report = make_article()
    statement = make_printed(WORDS, "Ready we are.", kind="reconstruction", based_on=report)

    assert told(client, statement) == []


def test_another_language_is_not_compared(client):
    statement = make_printed(WORDS)
    make_citation(statement, make_article(language="de"), quote="Wir sind bereit.")

    assert told(client, statement) == []


def test_other_words_altogether_are_said_to_be_so(client):
    statement = make_printed(WORDS, "Nothing of that kind.")

    page = client.get(statement.get_absolute_url()).text

    assert "In other words altogether" in page


def test_what_repeats_it_is_compared_in_either_direction(client):
    first = make_statement(WORDS)
    again = make_statement("We are ready to work together with Iran.")
    make_link(again, first, "repeats")
    make_link(make_statement("We are ready, too."), first, "replies_to")

    assert [v.statement for v in told(client, first, "repeated")] == [first, again]
    assert [v.statement for v in told(client, again, "repeated")] == [again, first]
    assert "Said again" in client.get(first.get_absolute_url()).text


def test_a_draft_that_repeats_it_is_not_shown(client):
    first = make_statement(WORDS)
    make_link(make_statement("We are ready.", status="draft"), first, "repeats")

    assert told(client, first, "repeated") == []


def test_their_number_is_bounded(client, monkeypatch):
    monkeypatch.setattr("statements.browse.variants.N_VARIANTS", 3)
    statement = make_printed(*(f"{WORDS} {number}" for number in range(5)))

    assert len(told(client, statement)) == 3
