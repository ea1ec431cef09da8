"""Versions of an object with its parts, their differences in words, and bringing one back."""

import pytest
from django.db import connection, transaction

from statements.curation import (
    RefusedError,
    deleted_rows,
    differences,
    history_of,
    restore,
)
from statements.models import (
    Alias,
    Authorship,
    Citation,
    Event,
    FormerRow,
    Official,
    Party,
    Statement,
    Tenure,
    written_by,
)
from tests.factories import (
    make_account,
    make_article,
    make_citation,
    make_country,
    make_event,
    make_official,
    make_party,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)

pytestmark = pytest.mark.django_db


def person(who="curator", **reasons):
    return written_by(Authorship("person", who, **reasons))


def next_transaction():
    """Has what follows recorded as another change than what went before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('demarche.change', '', true)")


def rename(official, name, who="curator", **reasons):
    with person(who, **reasons):
        Official.objects.filter(pk=official.pk).update(name=name)


def versions(row):
    return history_of(type(row), row.pk).versions


def told(row, place=0):
    """The differences that the version at this place made, as (part, field, before, after)."""
    version = versions(row)[place]
    return [
        (one.part, field.label, field.before, field.after)
        for one in differences(version.before, version.after, whole=type(row))
        for field in one.fields
    ]


@pytest.fixture
def editor():
    return make_account("editor", role="Publisher")


class TestVersions:
    def test_it_works(self):
        with person("first"):
            official = make_official("Jilani")
        rename(official, "J. Jilani", "second", why="As printed.")
        rename(official, "Jalil Jilani", "third")
        assert [one.change.who for one in versions(official)] == ["third", "second", "first"]
        assert versions(official)[1].change.why == "As printed."
        assert told(official, 1) == [("", "Name", "Jilani", "J. Jilani")]
        assert versions(official)[-1].before == {}

    def test_parts_belong_to_it(self):
        official = make_official("Jilani")
        with person():
            tenure = make_tenure(official, make_post("Foreign Minister"), "2023")
        with person():
            Tenure.objects.filter(pk=tenure.pk).update(started_on="2023-08")
        with person():
            tenure.delete()
        part = "Tenure: Foreign Minister, Pakistan"
        assert told(official, 0)[0] == (part, "Post", "Foreign Minister, Pakistan", "")
        assert told(official, 1) == [(part, "Started on", "2023", "2023-08")]
        assert (part, "Started on", "", "2023") in told(official, 2)

    def test_a_part_that_went_to_another(self):
        with person("first"):
            one, other = make_official("One"), make_official("Other")
            alias = Alias.objects.create(name="Him", official=one)
        with person("mover"):
            Alias.objects.filter(pk=alias.pk).update(official=other)
        assert [v.change.who for v in versions(one)] == ["mover", "first"]
        assert told(one)[0][:2] == ("Alias: Him", "Name")
        assert versions(other)[0].change.who == "mover"
        with person("last"):
            Alias.objects.filter(pk=alias.pk).update(name="He")
        assert [v.change.who for v in versions(one)] == ["mover", "first"]
        assert told(other) == [("Alias: He", "Name", "Him", "He")]

    def test_what_is_older_than_its_history(self):
        country = make_country("x-sealand", name="Sealand")
        with person():
            type(country).objects.filter(pk=country.pk).update(name="Principality of Sealand")
        history = history_of(type(country), country.pk)
        history.entries[:] = [one for one in history.entries if one.values]  # as before triggers
        assert [one.change and one.change.who for one in history.versions] == ["curator", None]

    def test_a_deleted_one_is_known(self):
        official = make_official("Jilani")
        pk = official.pk
        official.delete()
        history = history_of(Official, pk)
        assert history.is_deleted
        assert history.is_known
        assert not history_of(Official, pk + 1_000_000).is_known

    def test_one_query(self, django_assert_num_queries):
        statement = make_statement()
        with django_assert_num_queries(1):
            assert history_of(Statement, statement.pk).versions

    def test_what_is_kept_is_told_as_what_is_there(self):
        """The columns without history are the same for the triggers and for the reader."""
        article = make_article(body="words")
        statement, event = make_statement(), make_event(countries=["pk"])
        make_citation(statement, article, quote="words")
        for model, field in (
            (Statement, "note"), (Citation, "locator"), (type(article), "byline"), (Event, "place"),
        ):  # fmt: skip
            row = model.objects.last()
            model.objects.filter(pk=row.pk).update(**{field: "changed"})
            entry = FormerRow.objects.filter(relation=model._meta.db_table, row_id=row.pk).last()
            whole = row.statement if model is Citation else row
            present = history_of(type(whole), whole.pk).present
            assert entry.values.keys() == present[model._meta.db_table, row.pk].keys()
        assert event.pk


class TestWords:
    def test_codes_references_and_lists(self):
        event = make_event("The call")
        statement = make_statement(channel="unknown")
        with person():
            Statement.objects.filter(pk=statement.pk).update(
                channel="phone_call", event=event, acts=["offer", "reassure"]
            )
        assert told(statement) == [
            ("", "Channel", "Channel unknown", "Telephone call"),
            ("", "Acts", "", "Offers, Reassures"),
            ("", "Made in", "", "The call"),
        ]

    def test_parties(self):
        statement = make_statement()
        with person():
            party = make_party(statement, "addressee", make_official("Amir-Abdollahian"))
        assert ("Party: Amir-Abdollahian (Addressee)", "Role", "", "Addressee") in told(statement)
        with person():
            Party.objects.filter(pk=party.pk).update(official=make_official("Fidan"))
        [(part, label, before, after)] = told(statement)
        assert (label, before, after) == ("Official", "Amir-Abdollahian", "Fidan")
        assert part == "Party: Fidan (Addressee)"

    def test_topics(self):
        statement = make_statement()
        with person():
            statement.topics.add(make_topic("Security"))
        assert told(statement) == [("Topic: Security", "Topic", "", "Security")]

    def test_what_was_taken_out_and_put_back_is_no_difference(self):
        statement = make_statement()
        with person(), transaction.atomic():
            [citation] = statement.citations.all()
            citation.delete()
            citation.pk, citation.locator = None, "p. 3"
            citation.save()
        [(_part, label, before, after)] = told(statement)
        assert (label, before, after) == ("Locator", "", "p. 3")

    def test_the_name_of_what_is_gone(self):
        event = make_event("The call")
        statement = make_statement(event=event)
        next_transaction()
        Statement.objects.filter(pk=statement.pk).update(event=None)
        event.delete()
        assert told(statement)[-1][2:] == ("The call", "")


class TestRestoring:
    def test_it_works(self, editor):
        official = make_official("Jilani")
        rename(official, "Right")
        number = versions(official)[0].number
        rename(official, "Wrong")
        restore(model=Official, pk=official.pk, number=number, by=editor)
        official.refresh_from_db()
        assert official.name == "Right"
        latest = versions(official)[0].change
        assert latest.who == "editor"
        assert latest.why.startswith("Restored as it was after the change of ")

    def test_with_its_parts(self, editor):
        official = make_official("Jilani", aliases=["A"])
        tenure = make_tenure(official)
        rename(official, "Jalil Jilani")
        number = versions(official)[0].number
        next_transaction()
        tenure.delete()
        Alias.objects.filter(official=official).update(name="B")
        Alias.objects.create(name="C", official=official)
        restore(model=Official, pk=official.pk, number=number, by=editor)
        assert [alias.name for alias in official.aliases.all()] == ["A"]
        assert official.tenures.count() == 1

    def test_one_that_was_deleted(self, editor):
        statement = make_statement(
            text="Said once.", status="draft", topics=[make_topic()], addressee=make_official("X")
        )
        pk, key, n_parties = statement.pk, statement.key, statement.parties.count()
        next_transaction()
        statement.delete()
        [entry] = [one for one in deleted_rows(Statement, n=5) if one.row_id == pk]
        assert entry.values["key"] == key
        number = history_of(Statement, pk).versions[1].number
        restore(model=Statement, pk=pk, number=number, by=editor)
        back = Statement.objects.get(pk=pk)
        assert (back.key, back.text, back.parties.count()) == (key, "Said once.", n_parties)
        assert back.citations.count() == back.topics.count() == 1
        assert back.account == "own"
        assert pk not in {one.row_id for one in deleted_rows(Statement, n=5)}

    def test_one_in_review_comes_back_as_a_draft(self, editor):
        statement = make_statement(status="in_review", published_at=None)
        pk = statement.pk
        next_transaction()
        statement.delete()
        number = history_of(Statement, pk).versions[1].number
        assert restore(model=Statement, pk=pk, number=number, by=editor).status == "draft"

    def test_what_is_public_stays_public(self, editor):
        statement = make_statement(text="First.", status="draft")
        next_transaction()
        Statement.objects.filter(pk=statement.pk).update(text="Second.")
        number = versions(statement)[1].number
        next_transaction()
        Statement.objects.filter(pk=statement.pk).update(
            status="published", published_at="2024-02-01T00:00Z"
        )
        restore(model=Statement, pk=statement.pk, number=number, by=editor)
        statement.refresh_from_db()
        assert (statement.text, statement.status) == ("First.", "published")

    def test_a_citation_is_checked_against_the_text_of_today(self, editor):
        article = make_article(body="some words")
        statement = make_statement(cited=False, status="draft")
        citation = make_citation(statement, article, quote="words")
        number = versions(statement)[0].number
        next_transaction()
        Citation.objects.filter(pk=citation.pk).update(quote="some")
        type(article).objects.filter(pk=article.pk).update(body="all gone")
        restore(model=Statement, pk=statement.pk, number=number, by=editor)
        citation.refresh_from_db()
        assert (citation.quote, citation.check_result) == ("words", "missing")

    def test_a_version_that_never_was_is_refused(self, editor):
        official = make_official()
        with pytest.raises(RefusedError, match="no such version"):
            restore(model=Official, pk=official.pk, number=10**12, by=editor)

    def test_one_that_names_something_deleted_is_refused(self, editor):
        event = make_event("The call")
        statement = make_statement(event=event)
        number = versions(statement)[0].number
        next_transaction()
        Statement.objects.filter(pk=statement.pk).update(event=None)
        event.delete()
        with pytest.raises(RefusedError, match="“The call” was deleted: restore it first"):
            restore(model=Statement, pk=statement.pk, number=number, by=editor)

    def test_one_whose_address_was_taken_is_refused(self, editor):
        official = make_official(slug="jilani")
        pk = official.pk
        next_transaction()
        official.delete()
        make_official(slug="jilani")
        number = history_of(Official, pk).versions[1].number
        with pytest.raises(RefusedError, match="Slug"):
            restore(model=Official, pk=pk, number=number, by=editor)
        assert not Official.objects.filter(pk=pk).exists()

    def test_a_public_one_keeps_its_source(self, editor):
        statement = make_statement(cited=False)
        number = versions(statement)[0].number
        next_transaction()
        make_citation(statement)
        with pytest.raises(RefusedError, match="citation"):
            restore(model=Statement, pk=statement.pk, number=number, by=editor)
        assert statement.citations.count() == 1
