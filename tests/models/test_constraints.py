"""What the database itself refuses, whoever writes it and however."""

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.models.functions import Now

from statements.models import (
    Alias,
    Article,
    Citation,
    Country,
    EventParty,
    Follower,
    Following,
    Link,
    LogIn,
    Mail,
    Official,
    OfficialLikeness,
    Organization,
    Outlet,
    Party,
    Post,
    Rearrangement,
    Redirect,
    Review,
    Statement,
    StatementLikeness,
    Tenure,
    Topic,
    Upload,
    UploadLine,
    UploadPart,
)
from tests.factories import (
    make_account,
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
)

pytestmark = pytest.mark.django_db


def changed(row, **fields):
    """Writes columns with UPDATE: neither validators nor save() stand between."""
    return type(row).objects.filter(pk=row.pk).update(**fields)


def added(row):
    """Writes a row with INSERT alone."""
    return type(row).objects.bulk_create([row])


def party(**fields):
    return Party(statement=make_statement(), **fields)


def event_party(**fields):
    return EventParty(event=make_event(), role="speaker", **fields)


# Constraint -> (a way of writing that it refuses, the same way with something that it takes).
REFUSALS = {
    "country_code_is_a_code": (
        lambda: changed(make_country(), code="PK"),
        lambda: changed(make_country(), code="x-old-pakistan"),
    ),
    "country_existed_from_is_a_day": (
        lambda: raw("country", make_country(), existed_from="1947-02-30"),
        lambda: raw("country", make_country(), existed_from="1947-02"),
    ),
    "country_existed_until_is_a_day": (
        lambda: raw("country", make_country(), existed_until="soon"),
        lambda: raw("country", make_country(), existed_until="1991"),
    ),
    "organization_kind_is_known": (
        lambda: changed(make_organization(), kind="choir"),
        lambda: changed(make_organization(), kind="ministry"),
    ),
    "organization_website_is_of_the_web": (
        lambda: changed(make_organization(), website="javascript:alert(1)"),
        lambda: changed(make_organization(), website="https://example.org/?a=b"),
    ),
    "outlet_website_is_of_the_web": (
        lambda: changed(make_outlet(), website="https://user:secret@example.org/"),
        lambda: changed(make_outlet(), website="HTTP://example.org"),
    ),
    "tenure_started_on_is_a_day": (
        lambda: raw("tenure", make_tenure(), started_on="2023-13"),
        lambda: raw("tenure", make_tenure(), started_on="2023-12"),
    ),
    "tenure_ended_on_is_a_day": (
        lambda: raw("tenure", make_tenure(), ended_on="2024-1-1"),
        lambda: raw("tenure", make_tenure(), ended_on="2024-01-01"),
    ),
    "tenure_ends_after_it_starts": (
        lambda: changed(make_tenure(started_on="2023-08"), ended_on="2023-07-31"),
        lambda: changed(make_tenure(started_on="2023-08-17"), ended_on="2023"),
    ),
    "tenure_is_told_once": (
        lambda: added(copied(make_tenure(started_on=None))),
        lambda: added(copied(make_tenure(started_on=None), started_on="2023")),
    ),
    "alias_names_one_actor": (
        lambda: added(Alias(name="Persia", country=make_country("ir"), official=make_official())),
        lambda: added(Alias(name="Persia", country=make_country("ir"))),
    ),
    "article_kind_is_known": (
        lambda: changed(make_article(), kind="rumour"),
        lambda: changed(make_article(), kind="transcript"),
    ),
    "article_published_on_is_a_day": (
        lambda: raw("article", make_article(), published_on="2024-02-30"),
        lambda: raw("article", make_article(), published_on="2024-02-29"),
    ),
    "article_body_is_bounded": (
        lambda: changed(make_article(), body="a" * 1_000_001),
        lambda: changed(make_article(), body="ﮐ" * 1_000_000),
    ),
    "article_url_is_of_the_web": (
        lambda: changed(make_article(), url="ftp://example.org/"),
        lambda: changed(make_article(), url="https://example.org/@a"),
    ),
    "article_archived_url_is_of_the_web": (
        lambda: changed(make_article(), archived_url="data:text/html,a"),
        lambda: changed(make_article(), archived_url="https://web.example.org/a"),
    ),
    "article_reconstruction_names_its_report": (
        lambda: changed(make_article(), kind="reconstruction"),
        lambda: changed(make_article(), kind="reconstruction", based_on=make_article()),
    ),
    "article_is_not_based_on_itself": (
        lambda: changed(make_article(), based_on=models.F("id")),
        lambda: changed(make_article(), based_on=make_article()),
    ),
    "event_kind_is_known": (
        lambda: changed(make_event(), kind="party"),
        lambda: changed(make_event(), kind="incident"),
    ),
    "event_started_on_is_a_day": (
        lambda: raw("event", make_event(), started_on="0000"),
        lambda: raw("event", make_event(), started_on="0001"),
    ),
    "event_ended_on_is_a_day": (
        lambda: raw("event", make_event(), ended_on="10000"),
        lambda: raw("event", make_event(), ended_on="9999-12-31"),
    ),
    "event_ends_after_it_starts": (
        lambda: changed(make_event(started_on="2024-01-18"), ended_on="2024-01-16"),
        lambda: changed(make_event(started_on="2024-01-18"), ended_on="2024-01-18"),
    ),
    "event_url_is_of_the_web": (
        lambda: changed(make_event(), url="//example.org"),
        lambda: changed(make_event(), url="https://example.org#a"),
    ),
    "redirect_leads_one_way": (
        lambda: [added(redirect(to="a")), added(redirect(to="b"))],
        lambda: [added(redirect(to="a")), added(redirect(kind="post", to="b"))],
    ),
    "redirect_leads_on": (lambda: added(redirect(to="old")), lambda: added(redirect(to="new"))),
    "eventparty_role_is_known": (
        lambda: added(copied(event_party(kind="public"), role="herald")),
        lambda: added(event_party(kind="public")),
    ),
    "eventparty_actor_matches_kind": (
        lambda: added(event_party(kind="official")),
        lambda: added(event_party(kind="official", official=make_official())),
    ),
    "eventparty_only_relayers_have_form": (
        lambda: added(event_party(kind="public", channel="letter")),
        lambda: added(event_party(kind="public")),
    ),
    "party_role_is_known": (
        lambda: added(party(role="herald", kind="public")),
        lambda: added(party(role="subject", kind="public")),
    ),
    "party_basis_is_known": (
        lambda: added(party(role="subject", kind="public", basis="guessed")),
        lambda: added(party(role="subject", kind="public", basis="inferred")),
    ),
    "party_form_is_known": (
        lambda: added(party(role="relayer", kind="public", form="sung")),
        lambda: added(party(role="relayer", kind="public", form="mixed")),
    ),
    "party_channel_is_known": (
        lambda: added(party(role="relayer", kind="public", channel="pigeon")),
        lambda: added(party(role="relayer", kind="public", channel="readout")),
    ),
    "party_actor_matches_kind": (
        lambda: added(party(role="subject", kind="unnamed")),
        lambda: added(party(role="subject", kind="unnamed", name_as_printed="an envoy")),
    ),
    "party_only_relayers_have_form": (
        lambda: added(party(role="addressee", kind="public", form="direct")),
        lambda: added(party(role="relayer", kind="public", form="direct")),
    ),
    "party_only_relayers_have_an_article": (
        lambda: added(party(role="addressee", kind="public", article=make_article())),
        lambda: added(party(role="relayer", kind="public", article=make_article())),
    ),
    "party_official_once_in_a_role": (
        lambda: added(copied(make_party(make_statement(), "addressee", make_official()))),
        lambda: added(
            copied(make_party(make_statement(), "addressee", make_official()), role="subject")
        ),
    ),
    "statement_form_is_known": (
        lambda: changed(make_statement(), form="sung"),
        lambda: changed(make_statement(), form="mixed"),
    ),
    "statement_text_status_is_known": (
        lambda: changed(make_statement(), text_status="smudged"),
        lambda: changed(make_statement(), text_status="abridged"),
    ),
    "statement_channel_is_known": (
        lambda: changed(make_statement(), channel="pigeon"),
        lambda: changed(make_statement(), channel="note_verbale"),
    ),
    "statement_channel_basis_is_known": (
        lambda: changed(make_statement(), channel_basis="guessed"),
        lambda: changed(make_statement(), channel_basis="inferred"),
    ),
    "statement_said_on_basis_is_known": (
        lambda: changed(make_statement(), said_on_basis="guessed"),
        lambda: changed(make_statement(), said_on_basis="inferred"),
    ),
    "statement_said_on_qualifier_is_known": (
        lambda: changed(make_statement(), said_on_qualifier="after"),
        lambda: changed(make_statement(), said_on_qualifier="not_before"),
    ),
    "statement_standing_is_known": (
        lambda: changed(make_statement(), standing="doubtful", standing_note="He says so."),
        lambda: changed(make_statement(), standing="disputed", standing_note="He says so."),
    ),
    "statement_status_is_known": (
        lambda: changed(make_statement(), status="lost"),
        lambda: changed(make_statement(), status="in_review"),
    ),
    "statement_said_on_is_a_day": (
        lambda: raw("statement", make_statement(), said_on="2023-02-29"),
        lambda: raw("statement", make_statement(), said_on="2024-02-29"),
    ),
    "statement_said_on_until_is_a_day": (
        lambda: raw(
            "statement", make_statement(), said_on_until="2024-13", said_on_qualifier="between"
        ),
        lambda: raw(
            "statement", make_statement(), said_on_until="2024-12", said_on_qualifier="between"
        ),
    ),
    "statement_acts_are_known": (
        lambda: changed(make_statement(), acts=["appeal", "sing"]),
        lambda: changed(make_statement(), acts=["appeal", "deny"]),
    ),
    "statement_second_day_with_between": (
        lambda: changed(make_statement(), said_on_qualifier="between"),
        lambda: changed(make_statement(), said_on_qualifier="between", said_on_until="2024-02"),
    ),
    "statement_days_in_order": (
        lambda: changed(make_statement(), said_on_qualifier="between", said_on_until="2023"),
        lambda: changed(make_statement(), said_on_qualifier="between", said_on_until="2024"),
    ),
    "statement_undated_reason_without_day": (
        lambda: changed(make_statement(), undated_reason="The letter has no date."),
        lambda: changed(make_statement(said_on=None), undated_reason="The letter has no date."),
    ),
    "statement_offset_is_under_a_day": (
        lambda: changed(make_statement(), said_at=Now(), said_at_offset=24 * 60),
        lambda: changed(make_statement(), said_at=Now(), said_at_offset=14 * 60),
    ),
    "statement_standing_has_evidence": (
        lambda: changed(make_statement(), standing="retracted"),
        lambda: changed(make_statement(), standing="undisputed"),
    ),
    "statement_withdrawal_has_reason": (
        lambda: changed(make_statement(), status="withdrawn"),
        lambda: changed(make_statement(), status="withdrawn", withdrawal_reason="A mistake."),
    ),
    "statement_published_has_instant": (
        lambda: changed(make_statement(), published_at=None),
        lambda: changed(make_statement(), published_at=None, status="draft"),
    ),
    "statement_has_text": (
        lambda: changed(make_statement(), text=""),
        lambda: changed(make_statement(), text="No."),
    ),
    "statement_text_is_bounded": (
        lambda: changed(make_statement(), text="a " * 50_001),
        lambda: changed(make_statement(), text="a " * 50_000),
    ),
    "statement_original_text_is_bounded": (
        lambda: changed(make_statement(), original_text="a " * 50_001),
        lambda: changed(make_statement(), original_text="a " * 50_000),
    ),
    "statement_order_is_in_an_event": (
        lambda: changed(make_statement(), event_order=1),
        lambda: changed(make_statement(), event_order=1, event=make_event()),
    ),
    "citation_form_is_known": (
        lambda: changed(make_citation(), form="sung"),
        lambda: changed(make_citation(), form="direct"),
    ),
    "citation_text_status_is_known": (
        lambda: changed(make_citation(), text_status="smudged"),
        lambda: changed(make_citation(), text_status="translated"),
    ),
    "citation_check_result_is_known": (
        lambda: changed(make_citation(), check_result="fine"),
        lambda: changed(make_citation(), check_result="missing"),
    ),
    "citation_is_made_once": (
        lambda: added(copied(make_citation())),
        lambda: added(copied(make_citation(), start=7)),
    ),
    "link_kind_is_known": (
        lambda: added(link(kind="likes")),
        lambda: added(link(kind="shares")),
    ),
    "link_is_made_once": (
        lambda: added(copied(saved(link()))),
        lambda: added(copied(saved(link()), kind="denies")),
    ),
    "link_is_to_another": (
        lambda: changed(saved(link()), target=models.F("statement")),
        lambda: changed(saved(link()), target=make_statement()),
    ),
    "statement_is_reviewed_by_another": (
        lambda: changed(make_statement(entered_by=(one := make_account())), reviewed_by=one),
        lambda: changed(make_statement(entered_by=make_account()), reviewed_by=make_account("b")),
    ),
    "statement_draft_is_in_no_review": (
        lambda: changed(make_statement(status="draft"), submitted_by=make_account()),
        lambda: changed(make_statement(status="in_review"), submitted_by=make_account()),
    ),
    "statement_returned_is_a_draft": (
        lambda: changed(make_statement(status="in_review"), returned_to=make_account()),
        lambda: changed(make_statement(status="draft"), returned_to=make_account()),
    ),
    "review_step_is_known": (
        lambda: added(review(step="slept_on")),
        lambda: added(review(step="approved")),
    ),
    "review_refusal_has_note": (
        lambda: added(review(step="returned")),
        lambda: added(review(step="returned", note="Which day?")),
    ),
    "review_own_is_a_publication": (
        lambda: added(review(step="approved", is_own=True, by=make_account())),
        lambda: added(review(step="published", is_own=True, by=make_account())),
    ),
    "log_in_result_is_known": (
        lambda: added(LogIn(username="a", result="guessed")),
        lambda: added(LogIn(username="a", result="refused")),
    ),
    "statementlikeness_is_told_once": (
        lambda: told_twice(StatementLikeness, make_statement(), make_statement()),
        lambda: added(likeness(StatementLikeness, make_statement(), make_statement())),
    ),
    "statementlikeness_is_of_two": (
        lambda: of_itself(StatementLikeness, make_statement()),
        lambda: added(likeness(StatementLikeness, make_statement(), make_statement())),
    ),
    "statementlikeness_score_is_a_share": (
        lambda: added(likeness(StatementLikeness, make_statement(), make_statement(), 1.1)),
        lambda: added(likeness(StatementLikeness, make_statement(), make_statement(), 1)),
    ),
    "officiallikeness_is_told_once": (
        lambda: told_twice(OfficialLikeness, make_official(), make_official()),
        lambda: added(likeness(OfficialLikeness, make_official(), make_official())),
    ),
    "officiallikeness_is_of_two": (
        lambda: of_itself(OfficialLikeness, make_official()),
        lambda: added(likeness(OfficialLikeness, make_official(), make_official())),
    ),
    "officiallikeness_score_is_a_share": (
        lambda: added(likeness(OfficialLikeness, make_official(), make_official(), -0.1)),
        lambda: added(likeness(OfficialLikeness, make_official(), make_official(), 0)),
    ),
    "rearrangement_act_is_known": (
        lambda: added(rearrangement(act="shuffle")),
        lambda: added(rearrangement(act="merge")),
    ),
    "rearrangement_undone_has_instant": (
        lambda: added(rearrangement(undone_by=make_account())),
        lambda: added(rearrangement(undone_by=make_account(), undone_at=Now())),
    ),
    "upload_state_is_known": (
        lambda: added(upload(state="lost")),
        lambda: added(upload(state="shown")),
    ),
    "upload_applied_says_when": (
        lambda: added(upload(state="applied")),
        lambda: added(upload(state="applied", applied_at=Now())),
    ),
    "upload_part_is_one": (
        lambda: parts_at(1, 1),
        lambda: parts_at(1, 2),
    ),
    "upload_line_fate_is_known": (
        lambda: lines_at(1, fate="mislaid"),
        lambda: lines_at(1, fate="created"),
    ),
    "upload_line_is_one": (
        lambda: lines_at(1, 1),
        lambda: lines_at(1, 2),
    ),
    "follower_address_is_one": (
        lambda: added(follower(address="a@example.org, b@example.org")),
        lambda: added(follower()),
    ),
    "following_interval_is_known": (
        lambda: added(following(interval="hourly")),
        lambda: added(following(interval="weekly")),
    ),
    "following_query_is_bounded": (
        lambda: added(following(query="q" * 2001)),
        lambda: added(following(query="q" * 2000)),
    ),
    "following_is_one": (
        lambda: follow_searches("from=pk", "from=pk"),
        lambda: follow_searches("from=pk", "from=ir"),
    ),
    "following_confirmed_knows_from_where": (
        lambda: added(following(confirmed_at=Now())),
        lambda: added(following(confirmed_at=Now(), told_up_to=1, looked_on=Now())),
    ),
    "mail_kind_is_known": (
        lambda: added(mail(kind="parcel")),
        lambda: added(mail(kind="news")),
    ),
    "mail_state_is_known": (
        lambda: added(mail(state="lost")),
        lambda: added(mail(state="sent")),
    ),
    "mail_is_about_a_search": (
        lambda: added(mail(following=None)),
        lambda: added(mail(kind="full", following=None)),
    ),
}


def likeness(model, first, second, score=0.9):
    return model(first=first, second=second, score=score, found_at=Now())


def told_twice(model, first, second):
    added(likeness(model, first, second))
    added(likeness(model, second, first))


def of_itself(model, row):
    added(likeness(model, row, row))


def rearrangement(**fields):
    told = {"act": "move", "kind": "official", "row_id": 1, "n_rows": 1, "made_at": Now()}
    return Rearrangement(**told | fields)


def follower(**fields):
    told = {"address": "reader@example.org", "folded": "reader@example.org", "language": "en"}
    return Follower(**told | fields)


def following(**fields):
    told = {"query": "from=pk", "interval": "daily"} | fields
    return Following(**told | {"follower": fields.get("follower") or saved(follower())})


def follow_searches(*queries):
    one = saved(follower())
    for query in queries:
        added(following(follower=one, query=query))


def mail(**fields):
    about = saved(following())
    return Mail(**{"follower": about.follower, "following": about, "kind": "news"} | fields)


def upload(**fields):
    return Upload(**{"name": "a.csv", "n_bytes": 1, "sha256": "0" * 64} | fields)


def parts_at(*positions):
    kept = saved(upload())
    for position in positions:
        added(UploadPart(upload=kept, position=position, content=b"x"))


def lines_at(*positions, fate="created"):
    kept = saved(upload())
    for position in positions:
        added(UploadLine(upload=kept, position=position, number=1, fate=fate))


def review(**fields):
    return Review(statement=make_statement(), **fields)


def raw(table, row, **columns):
    """Writes columns in SQL, where no field of Django's looks at the value."""
    assignments = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE statements_{table} SET {assignments} WHERE id = %s",
            [*columns.values(), row.pk],
        )


def copied(row, **fields):
    row.pk = None
    row._state.adding = True
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def saved(row):
    row.save(force_insert=True)
    return row


def redirect(kind="official", to="new"):
    return Redirect(kind=kind, old_slug="old", new_slug=to)


def link(kind="replies_to"):
    return Link(statement=make_statement(), target=make_statement(), kind=kind)


def named_constraints():
    return {
        constraint.name
        for model in apps.get_app_config("statements").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_of_the_model_has_its_refusal_here():
    assert set(REFUSALS) == named_constraints()


@pytest.mark.parametrize("constraint", REFUSALS)
def test_the_database_refuses(constraint):
    refused, _taken = REFUSALS[constraint]
    with pytest.raises((IntegrityError, DataError)) as caught, transaction.atomic():
        refused()
    if not constraint.endswith("_is_a_day"):
        assert caught.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize("constraint", REFUSALS)
def test_the_database_takes(constraint):
    _refused, taken = REFUSALS[constraint]
    taken()


def test_the_constraints_stand_in_the_database_under_their_names():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        there = {name for (name,) in cursor.fetchall()}
    assert named_constraints() <= there


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Country, "code", "pk"),
        (Organization, "slug", "same"),
        (Post, "slug", "same"),
        (Official, "slug", "same"),
        (Outlet, "slug", "same"),
        (Article, "slug", "same"),
        (Topic, "slug", "same"),
        (Statement, "key", "same"),
    ],
)
def test_no_two_have_one_name_in_addresses(model, column, value):
    fields = {"outlet": make_outlet()} if model is Article else {}
    if model is Statement:
        fields = {"text": "No.", "form": "direct"}
    model.objects.filter(**{column: value}).exists() or added(model(**{column: value}, **fields))
    with pytest.raises(IntegrityError), transaction.atomic():
        added(model(**{column: value}, **fields))


@pytest.mark.parametrize(
    ("fields", "is_taken"),
    [
        ({"kind": "organization"}, False),
        ({"kind": "organization", "organization": True}, True),
        ({"kind": "organization", "organization": True, "official": True}, False),
        ({"kind": "post"}, False),
        ({"kind": "post", "post": True}, True),
        ({"kind": "post", "post": True, "organization": True}, False),
        ({"kind": "country"}, False),
        ({"kind": "country", "country": True}, True),
        ({"kind": "country", "country": True, "post": True}, False),
        ({"kind": "public"}, True),
        ({"kind": "public", "country": True}, True),
        ({"kind": "public", "official": True}, False),
        ({"kind": "unnamed", "name_as_printed": "an envoy", "post": True}, True),
        ({"kind": "unnamed", "name_as_printed": "an envoy", "official": True}, False),
        ({"kind": "official", "official": True, "post": True, "organization": True}, True),
        ({"kind": "herald", "official": True}, False),
    ],
)
def test_the_kind_of_a_party_says_which_actor_is_named(fields, is_taken):
    made = {
        "official": make_official,
        "post": make_post,
        "organization": make_organization,
        "country": make_country,
    }
    row = party(
        role="subject",
        **{name: made[name]() if value is True else value for name, value in fields.items()},
    )
    if is_taken:
        added(row)
        return
    with pytest.raises(IntegrityError, match="party_actor_matches_kind"), transaction.atomic():
        added(row)


def test_one_official_may_be_in_two_roles():
    official = make_official()
    statement = make_statement(speaker=official, addressee=official)
    assert Party.objects.filter(statement=statement, official=official).count() == 2


@pytest.mark.parametrize(
    "referred",
    [
        lambda: make_statement(speaker=make_official()).parties.get().official,
        lambda: make_tenure().post,
        lambda: make_citation().article,
        lambda: make_article().outlet,
        lambda: saved(link()).target,
        lambda: make_statement(event=make_event()).event,
    ],
)
def test_what_is_referred_to_cannot_be_deleted(referred):
    row = referred()
    with pytest.raises(models.ProtectedError):
        row.delete()


def test_a_reference_to_nothing_is_refused():
    changed(make_citation(), article=10**9)
    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_a_tenure_and_a_citation_go_with_what_they_belong_to():
    tenure, citation = make_tenure(), make_citation(make_statement(status="draft", cited=False))
    tenure.official.delete()
    citation.statement.delete()
    assert not Tenure.objects.filter(pk=tenure.pk).exists()
    assert not Citation.objects.filter(pk=citation.pk).exists()
