"""Every change of a curated row is kept, whatever made it, and nobody rewrites what is kept."""

import json

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from statements.models import (
    Alias,
    Authorship,
    Change,
    Citation,
    FormerRow,
    NewRows,
    Official,
    Party,
    Statement,
    written_by,
)
from tests.factories import (
    make_article,
    make_citation,
    make_official,
    make_party,
    make_statement,
    make_tenure,
    make_topic,
)

pytestmark = pytest.mark.django_db

HISTORY = {"statements_change", "statements_formerrow", "statements_newrows"}
# What the archive notes down by itself, or is a trail of its own.
NOT_CURATED = HISTORY | {
    "statements_allowance",
    "statements_edition",
    "statements_follower",
    "statements_following",
    "statements_login",
    "statements_mail",
    "statements_officiallikeness",
    "statements_publication",
    "statements_rearrangement",
    "statements_review",
    "statements_revision",
    "statements_statementlikeness",
    "statements_upload",
    "statements_uploadline",
    "statements_uploadpart",
}


def former(row):
    """The entries of one row, the earliest first."""
    entries = FormerRow.objects.filter(relation=row._meta.db_table, row_id=row.pk)
    return list(entries.select_related("change").order_by("id"))


def arrivals(row):
    """The changes that a row came with."""
    return list(
        NewRows.objects.filter(relation=row._meta.db_table)
        .extra(where=["ids @> %s::bigint"], params=[row.pk])
        .select_related("change")
    )


def sql(statement, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else None


def person(user=7, who="curator", **reasons):
    return written_by(Authorship("person", who, user, **reasons))


class TestWhatIsKept:
    def test_it_works(self):
        official = make_official("Jilani")
        with person(why="The story spells it out."):
            official.name = "Jalil Abbas Jilani"
            official.save()
        [entry] = former(official)
        assert entry.values["name"] == "Jilani"
        assert (entry.change.kind, entry.change.user_id) == ("person", 7)
        assert (entry.change.who, entry.change.why) == ("curator", "The story spells it out.")
        assert not entry.is_deleted

    def test_an_insert_is_told_by_the_change_it_came_in(self):
        with person():
            official = make_official()
        [entry] = arrivals(official)
        assert entry.change.who == "curator"
        assert former(official) == []

    def test_a_change_in_bulk(self):
        officials = [make_official(), make_official()]
        Official.objects.filter(pk__in=[one.pk for one in officials]).update(note="Known.")
        entries = [former(one) for one in officials]
        assert [len(one) for one in entries] == [1, 1]
        assert entries[0][0].change_id == entries[1][0].change_id

    def test_many_made_at_once(self):
        official = make_official()
        aliases = Alias.objects.bulk_create(Alias(name=n, official=official) for n in "abc")
        assert len({arrivals(alias)[0].pk for alias in aliases}) == 1

    def test_sql_by_hand(self):
        official = make_official("Jilani")
        sql("UPDATE statements_official SET name = 'Other' WHERE id = %s", [official.pk])
        assert former(official)[0].values["name"] == "Jilani"

    def test_a_deletion(self):
        official = make_official("Jilani", aliases=["Jilani, J. A."])
        [alias] = official.aliases.all()
        official.delete()
        officials = FormerRow.objects.filter(relation="statements_official")
        kept = officials.get(values__slug=official.slug)
        assert kept.is_deleted
        part = former(alias)[0]
        assert part.is_deleted
        assert (part.whole, part.whole_id) == ("statements_official", kept.row_id)

    def test_what_many_belong_to(self):
        statement, topic = make_statement(), make_topic()
        statement.topics.add(topic)
        [through] = Statement.topics.through.objects.filter(statement=statement)
        assert arrivals(through)
        statement.topics.clear()
        [entry] = former(through)
        assert entry.is_deleted
        assert (entry.whole, entry.whole_id) == ("statements_statement", statement.pk)

    def test_parts(self):
        statement = make_statement()
        party = make_party(statement, "addressee")
        Party.objects.filter(pk=party.pk).update(name_as_printed="Somebody")
        [entry] = former(party)
        assert (entry.whole, entry.whole_id) == ("statements_statement", statement.pk)

    def test_a_table_emptied(self):
        tenure = make_tenure()
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("TRUNCATE statements_tenure")
        assert former(tenure)[0].is_deleted

    def test_a_row_given_another_number_is_another_row(self):
        alias = Alias.objects.create(name="a", official=make_official())
        sql("UPDATE statements_alias SET id = id + 1000000 WHERE id = %s", [alias.pk])
        assert former(alias)[0].is_deleted
        alias.pk += 1_000_000
        assert arrivals(alias)

    @pytest.mark.parametrize("action", ["DO NOTHING", "DO UPDATE SET name = 'Other'"])
    def test_an_insert_that_meets_a_row(self, action):
        official = make_official("Jilani")
        sql(
            "INSERT INTO statements_official (slug, name, sort_name, identifiers, note) "
            f"VALUES (%s, '', '', '{{}}', '') ON CONFLICT (slug) {action}",
            [official.slug],
        )
        assert len(former(official)) == (0 if action == "DO NOTHING" else 1)
        assert len(arrivals(official)) == 1

    def test_every_table_of_the_archive(self):
        """A new model is not forgotten: it makes history or is named here as making none."""
        tables = {m._meta.db_table for m in apps.get_app_config("statements").get_models(
            include_auto_created=True)}  # fmt: skip
        recorded = sql(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
            "WHERE tgname LIKE 'record_%' GROUP BY 1"
        )
        assert dict(recorded) == dict.fromkeys(tables - NOT_CURATED, 4)


class TestWhatMakesNoHistory:
    def test_saving_the_same(self):
        official = make_official()
        official.save()
        assert former(official) == []

    def test_what_the_database_works_out(self):
        statement = make_statement()
        before = statement.account
        make_party(statement, "relayer", make_official(country="tr"))
        statement.refresh_from_db()
        assert statement.account != before
        assert former(statement) == []

    def test_touching_everything(self):
        statement = make_statement()
        n_changes = Change.objects.count()
        sql("UPDATE statements_statement SET id = id, updated_at = now()")
        assert former(statement) == []
        with person():
            sql("UPDATE statements_statement SET id = id")
        assert Change.objects.count() == n_changes

    def test_a_citation_checked_with_the_same_result(self):
        citation = make_citation()
        Citation.objects.filter(pk=citation.pk).update(checked_at="2024-01-01T00:00Z")
        assert former(citation) == []

    def test_a_citation_found_missing_does(self):
        article = make_article(body="some words")
        citation = make_citation(article=article, quote="words")
        Citation.objects.filter(pk=citation.pk).update(check_result="missing")
        assert former(citation)[0].values["check_result"] == "verified"

    def test_the_text_of_an_article_does(self):
        article = make_article(body="some words")
        type(article).objects.update(body="others")
        [entry] = former(article)
        assert entry.values["body"] == "some words"
        assert "body_sha256" not in entry.values


class TestWhoAndWhy:
    def test_one_change_a_transaction(self):
        with person(), transaction.atomic():
            official = make_official()
            make_tenure(official)
            Official.objects.filter(pk=official.pk).update(note="Known.")
        assert arrivals(official)[0].change_id == former(official)[0].change_id

    def test_another_author_makes_another(self):
        official = make_official()
        for who in ("first", "second"):
            with person(who=who):
                Official.objects.filter(pk=official.pk).update(note=who)
        assert [entry.change.who for entry in former(official)] == ["first", "second"]

    def test_a_reason_given_on_the_way(self):
        official = make_official()
        with person() as author, transaction.atomic():
            Official.objects.filter(pk=official.pk).exists()
            author.explain(why="Because.", public_note="A name was misspelt.")
            Official.objects.filter(pk=official.pk).update(note="Known.")
        [entry] = former(official)
        assert (entry.change.why, entry.change.public_note) == ("Because.", "A name was misspelt.")

    def test_nobody_said_who(self):
        sql("SET LOCAL application_name = 'psql'")
        change = arrivals(make_official())[0].change
        assert (change.kind, change.who, change.user_id) == ("program", "psql", None)

    def test_a_command_is_known_by_its_name(self):
        sql("SET LOCAL application_name = 'manage.py shell'")
        change = arrivals(make_official())[0].change
        assert (change.kind, change.who) == ("command", "shell")

    def test_a_block_that_was_rolled_back_takes_no_author_with_it(self):
        with person(), transaction.atomic():
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                1 / len(make_official().note)
            official = make_official()
        assert arrivals(official)[0].change.who == "curator"

    def test_an_author_within_another(self):
        officials = [make_official() for _ in range(3)]
        with transaction.atomic(), person(who="outer"):
            Official.objects.filter(pk=officials[0].pk).update(note="Known.")
            with person(who="inner"):
                Official.objects.filter(pk=officials[1].pk).update(note="Known.")
            Official.objects.filter(pk=officials[2].pk).update(note="Known.")
        assert [former(one)[0].change.who for one in officials] == ["outer", "inner", "outer"]

    def test_only_while_the_author_writes(self):
        with person():
            make_official()
        sql("SET LOCAL application_name = 'psql'")
        sql("SELECT set_config('demarche.author', '', true)")
        assert arrivals(make_official())[0].change.who == "psql"

    @pytest.mark.django_db(transaction=True)
    def test_outside_a_transaction_too_and_nothing_stays_behind(self):
        official = make_official()
        with person():
            Official.objects.filter(pk=official.pk).update(note="Known.")
        Official.objects.filter(pk=official.pk).update(note="Better known.")
        first, second = former(official)
        assert first.change.who == "curator"
        assert second.change.who != "curator"
        assert sql("SELECT current_setting('demarche.author', true)") in ([("",)], [(None,)])

    def test_an_import_is_one_change(self, tmp_path):
        from django.core.management import call_command

        lines = [
            {"type": "official", "slug": f"official-of-file-{n}", "name": "A Name"}
            for n in range(1200)
        ]
        file = tmp_path / "archive.jsonl"
        file.write_text("\n".join(map(json.dumps, lines)))
        n_changes = Change.objects.count()
        call_command("import_archive", str(file))
        assert Change.objects.count() == n_changes + 1
        rows = Official.objects.filter(slug__startswith="official-of-file-")
        changes = {arrivals(row)[0].change for row in (rows.first(), rows.last())}
        assert [(one.who, one.why) for one in changes] == [("import_archive", "archive.jsonl")]


class TestNobodyRewritesHistory:
    @pytest.mark.parametrize("table", sorted(HISTORY))
    @pytest.mark.parametrize(
        "statement",
        ["UPDATE {} SET id = DEFAULT", "DELETE FROM {}", "TRUNCATE {} CASCADE"],
        ids=["update", "delete", "truncate"],
    )
    def test_it_is_only_added_to(self, table, statement):
        make_official().delete()
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            sql(statement.format(table))

    def test_not_by_way_of_the_models(self):
        official = make_official()
        official.save()
        Official.objects.filter(pk=official.pk).update(note="Known.")
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            former(official)[0].delete()
