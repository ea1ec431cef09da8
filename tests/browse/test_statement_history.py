"""What readers are told of how a published statement changed, and what they are not."""

import re

import pytest
from django.db import connection

from statements.models import Authorship, Citation, Party, Statement, written_by
from tests.factories import (
    make_article,
    make_citation,
    make_event,
    make_link,
    make_official,
    make_party,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db


def next_transaction():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('demarche.change', '', true)")


def change(statement, public_note="", **fields):
    with written_by(Authorship("person", "curatrix", 1, why="whisper", public_note=public_note)):
        Statement.objects.filter(pk=statement.pk).update(**fields)
    next_transaction()


def url(statement):
    return f"/statements/{statement.key}/history/"


def read(client, statement, address=None):
    response = client.get(address or url(statement))
    assert response.status_code == 200
    html = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", "", html.split("<main", 1)[1]).split())


@pytest.fixture
def statement():
    made = make_statement(text="We want clam.", speaker=make_official("Jilani"))
    next_transaction()
    return made


def test_it_works(client, statement):
    change(statement, "A misprint.", text="We want calm.")
    page = read(client, statement)
    assert "was We want clam." in page
    assert "is We want calm." in page
    assert "A misprint." in page
    assert "Corrected on" in read(client, statement, statement.get_absolute_url())
    assert url(statement) in client.get(statement.get_absolute_url()).content.decode()


def test_nothing_was_changed(client, statement):
    assert "Nothing that readers see was changed" in read(client, statement)
    assert "Corrected" not in read(client, statement, statement.get_absolute_url())


def test_curators_stay_among_themselves(client, statement):
    change(statement, text="We want calm.")
    html = client.get(url(statement)).content.decode()
    assert "curatrix" not in html
    assert "whisper" not in html


def test_what_was_before_publication_is_nobodys_business(client):
    statement = make_statement(text="A secret first wording.", status="draft")
    next_transaction()
    change(statement, text="Public words.")
    change(statement, status="published", published_at="2024-02-01T00:00Z")
    assert "Nothing that readers see was changed" in read(client, statement)
    change(statement, text="Public wording.")
    page = read(client, statement)
    assert "Public words." in page
    assert "secret" not in page


def test_what_changed_while_withdrawn_is_told_as_it_came_back(client, statement):
    change(statement, status="withdrawn", withdrawal_reason="An internal word.")
    change(statement, text="A passing attempt.")
    change(statement, text="We want calm.")
    change(statement, status="published", withdrawal_reason="")
    page = read(client, statement)
    assert "We want clam." in page
    assert "We want calm." in page
    assert "passing" not in page
    assert "internal" not in page


def test_parties_and_sources(client, statement):
    party = make_party(statement, "addressee", make_official("Fidan"))
    citation = make_citation(statement, make_article("Talks go on"), quote="these words")
    next_transaction()
    Party.objects.filter(pk=party.pk).update(official=make_official("Amir-Abdollahian"))
    Citation.objects.filter(pk=citation.pk).delete()
    page = read(client, statement)
    assert "was Fidan" in page
    assert "is Amir-Abdollahian" in page
    assert "Citation: Talks go on (removed)" in page
    assert "these words" in page


def test_topics_and_events(client, statement):
    statement.topics.add(make_topic("Security"))
    change(statement, event=make_event("The call"))
    page = read(client, statement)
    assert "Topic: Security (added)" in page
    assert "is The call" in page


def test_article_texts_and_checks_are_not_told(client, statement):
    article = make_article("Talks", body="before the words after")
    citation = make_citation(statement, article, quote="the words")
    next_transaction()
    Citation.objects.filter(pk=citation.pk).update(
        check_result="missing", prefix="something else", start=3
    )
    page = read(client, statement)
    assert "something else" not in page
    assert "before" not in page
    assert "Citation: Talks (added)" in page
    assert page.count("Corrected on") == 1


def test_a_link_to_what_is_not_public_is_not_told(client, statement):
    draft, other = make_statement(key="a-draft", status="draft"), make_statement(key="in-public")
    next_transaction()
    make_link(statement, draft)
    make_link(statement, other)
    page = read(client, statement)
    assert "in-public" in page
    assert "a-draft" not in page


def test_words_are_shown_as_words(client, statement):
    change(statement, text="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(url(statement)).content.decode()


def test_a_draft_has_no_history_here(client):
    assert client.get(url(make_statement(status="draft"))).status_code == 404


def test_nor_has_what_never_was(client):
    assert client.get("/statements/nowhere/history/").status_code == 404


def test_a_withdrawn_one_says_why(client):
    response = client.get(url(make_statement(status="withdrawn", withdrawal_reason="A mistake.")))
    assert response.status_code == 410
    assert "A mistake." in response.content.decode()


def test_it_is_only_read(client, statement):
    assert client.post(url(statement)).status_code == 405


def test_a_fixed_number_of_queries(client, statement, django_assert_max_num_queries):
    for n in range(10):
        make_party(statement, "addressee", make_official(f"Addressee {n}"))
        make_citation(statement, make_article(f"Article {n}"))
        change(statement, note=f"Note {n}", event=make_event())
    with django_assert_max_num_queries(14):
        client.get(url(statement))
    with django_assert_max_num_queries(18):
        client.get(statement.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_seen_at_once(client):
    statement = make_statement(text="We want clam.")
    known = client.get(url(statement))["ETag"]
    assert client.get(url(statement), headers={"If-None-Match": known}).status_code == 304
    Statement.objects.filter(pk=statement.pk).update(text="We want calm.")
    fresh = client.get(url(statement), headers={"If-None-Match": known})
    assert fresh.status_code == 200
    assert "Corrected on" in fresh.content.decode()
