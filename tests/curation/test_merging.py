"""Two become one: everything moves, nothing is told twice, and all of it can be put back."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from statements import curation
from statements.curation.choosing import sides
from statements.curation.merging import MERGED
from statements.curation.relations import relations_to
from statements.models import (
    Alias,
    Article,
    Event,
    EventParty,
    Official,
    OfficialLikeness,
    Organization,
    Outlet,
    Party,
    Post,
    Rearrangement,
    Redirect,
    Statement,
    Topic,
    current_revision,
)
from statements.search.names import find_names
from tests.curation.merged import export, merge
from tests.factories import (
    make_article,
    make_citation,
    make_country,
    make_event,
    make_official,
    make_organization,
    make_outlet,
    make_party,
    make_post,
    make_statement,
    make_tenure,
    make_topic,
)

LONG_AGO = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)


def tokens(statement):
    return Statement.objects.values_list("facets", flat=True).get(pk=statement.pk)


def test_what_referred_to_one_refers_to_the_other(chief, jilani, double):
    statement = make_statement(speaker=double)
    tenure = make_tenure(double)
    merge(jilani, double, chief)
    assert statement.parties.get().official == jilani
    assert [*jilani.tenures.all()] == [tenure]
    assert not Official.objects.filter(pk=double.pk).exists()


def test_the_name_given_up_becomes_an_alias_behind_the_others(chief, jilani, double):
    merge(jilani, double, chief)
    assert [*jilani.aliases.values_list("name", flat=True)] == ["Gilani", "J. A. Jilani"]


def test_the_old_address_leads_to_the_new_one(chief, jilani, double, client):
    merge(jilani, double, chief)
    answer = client.get("/officials/j-a-jilani/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/officials/jilani/")
    assert client.get("/officials/j-a-jilani.json").status_code == 301


def test_an_address_given_up_before_leads_on(chief, jilani, double, client):
    double.slug = "gilani"
    double.save()
    merge(jilani, double, chief)
    assert client.get("/officials/j-a-jilani/").headers["Location"] == "/officials/jilani/"


def test_what_is_derived_follows(chief, jilani, double):
    statement = make_statement(speaker=double)
    key = statement.key
    assert f"@s{double.pk}" in tokens(statement)
    merge(jilani, double, chief)
    statement.refresh_from_db()
    assert f"@s{jilani.pk}" in tokens(statement)
    assert f"@s{double.pk}" not in tokens(statement)
    assert f"'@o{jilani.pk}'" in statement.search_vector
    assert statement.key == key
    assert [named.row for named in find_names("J. A. Jilani", kinds=("official",))] == [jilani]


def test_lists_and_tallies_follow(chief, jilani, double, client):
    statement = make_statement(speaker=double, addressee=make_official("Amir", country="ir"))
    merge(jilani, double, chief)
    for asked in ("speaker=jilani", "speaker=j-a-jilani", "official=jilani"):
        listed = client.get(f"/statements.json?{asked}").json()
        assert [row["key"] for row in listed["results"]] == [statement.key]
    page = client.get("/officials/jilani/").content.decode()
    assert statement.text in page
    assert "Amir" in page


def test_the_capacity_of_the_day_comes_with_the_tenures(chief, jilani, double):
    make_tenure(double, make_post("Envoy", country="pk"), "2024-01", "2024-02")
    statement = make_statement(speaker=jilani, said_on="2024-01-19")
    assert statement.parties.get().capacity == ""
    merge(jilani, double, chief)
    assert Party.objects.get(statement=statement).capacity == "Envoy, Pakistan"


def test_a_side_that_followed_from_the_one_follows_from_the_other(chief, double):
    iranian = make_official("Jilani of Iran", country="ir")
    followed, said = make_statement(speaker=double), make_statement(speaker=double)
    said.parties.update(country=make_country("tr"))
    merge(iranian, double, chief)
    assert followed.parties.get().country.code == "ir"
    assert said.parties.get().country.code == "tr"
    assert f"@f{make_country('ir').pk}" in tokens(followed)


def test_a_statement_that_moved_is_told_as_changed(chief, jilani, double):
    statement, other = make_statement(speaker=double), make_statement(speaker=jilani)
    merge(jilani, double, chief)
    assert Statement.objects.get(pk=statement.pk).updated_at > statement.updated_at
    assert Statement.objects.get(pk=other.pk).updated_at == other.updated_at


def test_one_official_stands_once_in_a_role(chief, jilani, double):
    statement = make_statement(speaker=[jilani, double])
    plan = curation.plan_merge(kept=jilani, absorbed=double, choices={})
    [collision] = plan.collisions
    assert collision.row["official_id"] == double.pk
    assert collision.stays["official_id"] == jilani.pk
    merge(jilani, double, chief)
    assert [party.official for party in statement.parties.all()] == [jilani]


def test_what_was_printed_is_not_lost_with_the_row_that_goes(chief, jilani, double):
    statement = make_statement(speaker=[jilani, double])
    statement.parties.filter(official=double).update(name_as_printed="Mr Jilani")
    before = export()
    done = merge(jilani, double, chief)
    assert statement.parties.get().name_as_printed == "Mr Jilani"
    curation.undo(rearrangement=done, by=chief)
    assert export() == before


def test_what_the_row_that_stays_says_itself_counts(chief, jilani, double):
    statement = make_statement(speaker=[jilani, double])
    statement.parties.filter(official=double).update(name_as_printed="Mr Jilani")
    statement.parties.filter(official=jilani).update(name_as_printed="Jilani")
    merge(jilani, double, chief)
    assert statement.parties.get().name_as_printed == "Jilani"


def test_one_who_spoke_to_the_other_is_pointed_out(jilani, double):
    statement = make_statement(speaker=jilani, addressee=double)
    plan = curation.plan_merge(kept=jilani, absorbed=double, choices={})
    assert plan.warnings == (f"Both take part in the same statements: {statement.key}.",)


def test_a_tenure_of_both_is_told_once(chief, jilani, double):
    post = make_post()
    make_tenure(jilani, post, "2023", "2024")
    make_tenure(double, post, "2023", "2024")
    make_tenure(double, post, "2020")
    merge(jilani, double, chief)
    assert [str(tenure.started_on) for tenure in jilani.tenures.all()] == ["2020", "2023"]


def test_an_alias_of_both_is_told_once(chief, jilani, double):
    Alias.objects.create(official=jilani, name="Gilani")
    merge(jilani, double, chief)
    assert [*jilani.aliases.values_list("name", flat=True)] == ["Gilani", "J. A. Jilani"]


def test_organizations_that_speak_twice_speak_once(chief):
    office, ministry = make_organization("Foreign Office"), make_organization("Ministry")
    statement = make_statement(speaker=[office, ministry])
    merge(office, ministry, chief)
    assert [party.organization for party in statement.parties.all()] == [office]
    assert [*office.aliases.values_list("name", flat=True)] == ["Ministry"]


def test_each_field_is_the_side_that_was_chosen(chief, jilani, double):
    Official.objects.filter(pk=jilani.pk).update(note="A.", identifiers={"wikidata": "Q1"})
    Official.objects.filter(pk=double.pk).update(
        note="B.", identifiers={"wikidata": "Q2", "viaf": "3"}, country=make_country("ir")
    )
    jilani.refresh_from_db()
    double.refresh_from_db()
    merge(jilani, double, chief, name="other", country="other", note="both", identifiers="both")
    jilani.refresh_from_db()
    assert (jilani.name, jilani.country.code) == ("J. A. Jilani", "ir")
    assert jilani.note == "A.\n\nB."
    assert jilani.identifiers == {"wikidata": "Q1", "viaf": "3"}
    assert [*jilani.aliases.values_list("name", flat=True)] == ["Gilani", "Jalil Abbas Jilani"]


def test_what_one_does_not_say_is_taken_from_the_other(chief, jilani, double):
    Official.objects.filter(pk=double.pk).update(note="B.")
    double.refresh_from_db()
    assert {side.name: side.default for side in sides(jilani, double)}["note"] == "other"
    merge(jilani, double, chief)
    jilani.refresh_from_db()
    assert jilani.note == "B."


def test_an_article_takes_citations_and_checks_them_against_its_own_text(chief):
    kept = make_article(body="He said: all issues, and more.")
    absorbed = make_article(body="all issues")
    citation = make_citation(make_statement(cited=False), absorbed, quote="all issues")
    assert (citation.start, citation.check_result) == (0, "verified")
    merge(kept, absorbed, chief)
    citation.refresh_from_db()
    assert (citation.article, citation.start, citation.check_result) == (kept, 0, "moved")


def test_an_article_given_the_other_text_has_its_citations_checked_anew(chief):
    kept, absorbed = make_article(body="One two."), make_article(body="Another two.")
    citation = make_citation(make_statement(cited=False), kept, quote="One")
    merge(kept, absorbed, chief, body="other")
    citation.refresh_from_db()
    assert citation.check_result == "missing"


def test_a_statement_whose_citation_is_only_checked_again_stays_as_it_was(chief):
    kept, absorbed = make_article(body="One two."), make_article(body="One, and another.")
    statement = make_statement(cited=False)
    make_citation(statement, kept, quote="One")
    before = Statement.objects.get(pk=statement.pk).updated_at
    merge(kept, absorbed, chief, body="other")
    assert Statement.objects.get(pk=statement.pk).updated_at == before


def test_a_reconstruction_is_not_merged_with_its_report(chief):
    report = make_article()
    retold = make_article(kind="reconstruction", based_on=report)
    with pytest.raises(curation.RefusedError, match="based on"):
        merge(retold, report, chief)
    assert Article.objects.count() == 2


def test_a_newer_version_of_itself_is_no_base(chief):
    report = make_article()
    newer = make_article(based_on=report)
    merge(report, newer, chief, based_on="other")
    report.refresh_from_db()
    assert report.based_on is None


# --- Nothing is forgotten ----------------------------------------------------------------------

MAKERS = {
    Official: make_official,
    Organization: make_organization,
    Post: make_post,
    Outlet: make_outlet,
    Article: make_article,
    Event: make_event,
    Topic: make_topic,
}


def event_party(row):
    kind = row._meta.model_name
    return EventParty.objects.create(event=make_event(), role="speaker", kind=kind, **{kind: row})


REFERRERS = {
    "party.official_id": lambda row: make_party(make_statement(), "subject", row),
    "party.organization_id": lambda row: make_party(make_statement(), "subject", row),
    "party.post_id": lambda row: make_party(make_statement(), "subject", row),
    "party.article_id": lambda row: make_party(make_statement(), "relayer", "Agency", article=row),
    "eventparty.official_id": event_party,
    "eventparty.organization_id": event_party,
    "eventparty.post_id": event_party,
    "eventparty.event_id": lambda row: EventParty.objects.create(
        event=row, role="speaker", official=make_official()
    ),
    "tenure.official_id": lambda row: make_tenure(row),
    "tenure.post_id": lambda row: make_tenure(post=row),
    "alias.official_id": lambda row: Alias.objects.create(official=row, name="Alias"),
    "alias.organization_id": lambda row: Alias.objects.create(organization=row, name="Alias"),
    "post.organization_id": lambda row: make_post(organization=row),
    "article.outlet_id": lambda row: make_article(outlet=row),
    "article.based_on_id": lambda row: make_article(based_on=row),
    "citation.article_id": lambda row: make_citation(make_statement(cited=False), row),
    "statement.event_id": lambda row: make_statement(event=row),
    "statement_topics.topic_id": lambda row: make_statement(topics=[row]),
    "statement_about_events.event_id": lambda row: make_statement(about_events=[row]),
    "event_countries.event_id": lambda row: row.countries.add(make_country("pk")),
    "officiallikeness.first_id": lambda row: OfficialLikeness.objects.create(
        first=row, second=make_official(), score=1, found_at="2024-01-01T00:00Z"
    ),
    "officiallikeness.second_id": lambda row: OfficialLikeness.objects.create(
        first=make_official(), second=row, score=1, found_at="2024-01-01T00:00Z"
    ),
}
RELATIONS = [(model, relation) for model in MERGED for relation in relations_to(model)]


def name_of(relation):
    return f"{relation.model._meta.model_name}.{relation.column}"


@pytest.mark.parametrize(
    ("model", "relation"), RELATIONS, ids=[name_of(relation) for _, relation in RELATIONS]
)
def test_every_relation_follows_and_comes_back(chief, model, relation):
    kept, absorbed = MAKERS[model](), MAKERS[model]()
    REFERRERS[name_of(relation)](absorbed)
    rows = relation.model._base_manager
    before = export()
    [pk] = rows.filter(**{relation.column: absorbed.pk}).values_list("pk", flat=True)
    done = merge(kept, absorbed, chief)
    assert rows.filter(pk=pk, **{relation.column: kept.pk}).exists()
    curation.undo(rearrangement=done, by=chief)
    assert rows.filter(pk=pk, **{relation.column: absorbed.pk}).exists()
    assert export() == before


@pytest.mark.django_db
def test_the_database_knows_no_reference_that_the_models_hide():
    """What the catalogue says refers to a table is what the models say refers to it."""
    found = {(r.model._meta.db_table, r.column, m._meta.db_table) for m, r in RELATIONS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname, confrelid::regclass::text"
            " FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE contype = 'f' AND confrelid = ANY(%s::regclass[])",
            [[model._meta.db_table for model in MERGED]],
        )
        assert set(cursor.fetchall()) == found


# --- All or nothing, and back ------------------------------------------------------------------


def test_what_was_shown_is_what_happens(chief, jilani, double):
    make_statement(speaker=[jilani, double])
    make_statement(speaker=double)
    make_tenure(double)
    plan = curation.plan_merge(kept=jilani, absorbed=double, choices={})
    done = curation.merge(kept=jilani, absorbed=double, choices={}, by=chief, as_shown=plan.digest)
    shown = [(change.table, change.pk or "new") for change in plan.changes]
    made = [(told["table"], told["pk"] if told["before"] else "new") for told in done.changes]
    assert made == shown


def test_another_plan_than_was_shown_is_refused(chief, jilani, double):
    plan = curation.plan_merge(kept=jilani, absorbed=double, choices={})
    make_statement(speaker=double)
    with pytest.raises(curation.RefusedError, match="Something changed since"):
        curation.merge(kept=jilani, absorbed=double, choices={}, by=chief, as_shown=plan.digest)
    assert Official.objects.filter(pk=double.pk).exists()


def test_a_constraint_midway_leaves_nothing_done(chief, jilani, double):
    make_statement(speaker=double)
    # Nothing keeps a redirect from an address that is taken: it is found when all else is done.
    Redirect.objects.create(kind="official", old_slug=double.slug, new_slug="elsewhere")
    before = export()
    with pytest.raises(IntegrityError, match="redirect_leads_one_way"):
        merge(jilani, double, chief)
    assert export() == before
    assert not Rearrangement.objects.exists()


def test_two_different_ones_are_needed(chief, jilani):
    for other in (jilani, make_organization()):
        with pytest.raises(curation.RefusedError, match="two different"):
            merge(jilani, other, chief)


def test_one_that_is_gone_is_refused(chief, jilani, double):
    Official.objects.filter(pk=double.pk).delete()
    with pytest.raises(curation.RefusedError, match="no longer there"):
        merge(jilani, double, chief)


def test_too_many_rows_are_refused_for_one_act(monkeypatch, jilani, double):
    monkeypatch.setattr("statements.curation.rearranging.N_ROWS", 3)
    for _ in range(3):
        make_statement(speaker=double)
    with pytest.raises(curation.RefusedError, match="more than 3 rows"):
        curation.plan_merge(kept=jilani, absorbed=double, choices={})


def n_queries(kept, absorbed, by):
    with CaptureQueriesContext(connection) as queries:
        done = merge(kept, absorbed, by)
    with CaptureQueriesContext(connection) as back:
        curation.undo(rearrangement=done, by=by)
    return len(queries), len(back)


def test_two_hundred_statements_cost_no_more_queries_than_two(chief, jilani, double):
    few = make_official("Few", country="ir")
    for n in range(2):
        make_statement(speaker=few, said_on="2023-01-01" if n else "2024-01-19")
    make_tenure(few, make_post(country="tr"), "2024")
    statements = [make_statement(cited=False) for _ in range(200)]
    Party.objects.filter(statement__in=statements).update(official=double, country=None)
    make_tenure(double, make_post(country="tr"), "2024")
    of_few = n_queries(jilani, few, chief)
    of_many = n_queries(jilani, double, chief)
    assert max(of_many) <= 80
    assert sum(of_many) <= sum(of_few) + 4


@pytest.mark.django_db(transaction=True)
def test_the_revision_moves(django_user_model):
    ContentType.objects.clear_cache()
    make_country("pk")
    user = django_user_model.objects.create_superuser("chief")
    kept, absorbed = make_official(), make_official()
    before = current_revision()
    merge(kept, absorbed, user)
    after = current_revision()
    assert after.number > before.number
    assert after.names == before.names + 1


# --- Who may -----------------------------------------------------------------------------------


def allow(user, *names):
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return type(user).objects.get(pk=user.pk)


def test_changing_and_deleting_are_enough(novice, jilani, double):
    user = allow(novice, "change_official", "delete_official")
    done = merge(jilani, double, user)
    curation.undo(rearrangement=done, by=user)


@pytest.mark.parametrize("name", ["change_official", "delete_official"])
def test_either_alone_is_not(novice, jilani, double, name):
    with pytest.raises(PermissionDenied):
        merge(jilani, double, allow(novice, name))
    assert Official.objects.filter(pk=double.pk).exists()
