"""Who may take a statement which step, and what is kept of it."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from statements import curation
from statements.curation import NotAllowedError, RefusedError
from statements.models import Review, Statement
from tests.factories import make_account, make_statement


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_REVIEW = True


@pytest.fixture
def draft(statement, contributor):
    statement.entered_by = contributor
    statement.save()
    return statement


@pytest.fixture
def in_review(draft, contributor):
    return curation.submit(statement=draft, by=contributor)


def refusal(step, *, kind=NotAllowedError, **arguments):
    with pytest.raises(kind) as refused:
        step(**arguments)
    return " ".join(refused.value.reasons)


def test_it_works(draft, contributor, editor, publisher):
    curation.submit(statement=draft, by=contributor, note="The day is inferred.")
    curation.approve(statement=draft, by=editor)
    published = curation.publish(statement=draft, by=publisher)
    assert published.is_published
    assert (published.submitted_by, published.reviewed_by) == (contributor, editor)
    told = published.reviews.order_by("pk").values_list("step", "by", "note", "is_own")
    assert list(told) == [
        ("submitted", contributor.pk, "The day is inferred.", False),
        ("approved", editor.pk, "", False),
        ("published", publisher.pk, "", False),
    ]


def test_entering_keeps_who_did(jilani, contributor):
    fresh = Statement(text="Words.", form="direct")
    assert curation.enter(statement=fresh, parties=[], by=contributor).entered_by == contributor


def test_entering_by_an_import_keeps_nobody(jilani):
    fresh = Statement(text="Words.", form="direct")
    assert curation.enter(statement=fresh, parties=[]).entered_by is None


def test_entering_by_who_may_only_look(db):
    guest = make_account("guest")
    fresh = Statement(text="Words.", form="direct")
    assert "enter" in refusal(curation.enter, statement=fresh, parties=[], by=guest)


# --- To review -----------------------------------------------------------------------------------


def test_sending_somebody_elses_draft_to_review(draft):
    other = make_account("other", role="Contributor")
    assert "this draft" in refusal(curation.submit, statement=draft, by=other)


def test_an_editor_sends_anybodys_draft_to_review(draft, editor):
    assert curation.submit(statement=draft, by=editor).submitted_by == editor


def test_sending_to_review_what_is_there_already(in_review, contributor):
    said = refusal(curation.submit, kind=RefusedError, statement=in_review, by=contributor)
    assert "Only a draft" in said


def test_taking_back(in_review, contributor):
    draft = curation.take_back(statement=in_review, by=contributor)
    assert (draft.status, draft.submitted_by, draft.returned_to) == ("draft", None, None)


def test_taking_back_what_somebody_else_sent(in_review, editor):
    assert "Only who sent" in refusal(curation.take_back, statement=in_review, by=editor)


# --- Back to its author --------------------------------------------------------------------------


def test_sending_back_keeps_the_note(in_review, contributor, editor):
    draft = curation.return_to_draft(statement=in_review, by=editor, note=" Which Friday? ")
    assert (draft.status, draft.returned_to, draft.submitted_by) == ("draft", contributor, None)
    assert draft.reviews.first().note == "Which Friday?"
    again = curation.submit(statement=draft, by=contributor)
    assert again.returned_to is None
    assert again.reviews.filter(note="Which Friday?").exists()


@pytest.mark.parametrize("note", ["", " \n", "\x00", "a" * 10_001])
def test_sending_back_without_a_note_that_can_be_kept(in_review, editor, note):
    step = curation.return_to_draft
    assert refusal(step, kind=RefusedError, statement=in_review, by=editor, note=note)
    assert Statement.objects.get().status == "in_review"


def test_sending_back_a_draft(draft, editor):
    step = curation.return_to_draft
    said = refusal(step, kind=RefusedError, statement=draft, by=editor, note="No.")
    assert "in review" in said


def test_sending_back_by_a_contributor(in_review):
    other = make_account("other", role="Contributor")
    said = refusal(curation.return_to_draft, statement=in_review, by=other, note="No.")
    assert "may not review" in said


def test_an_import_in_review_goes_back_to_nobody(statement, editor):
    Statement.objects.update(status="in_review")
    draft = curation.return_to_draft(statement=statement, by=editor, note="No day.")
    assert (draft.status, draft.returned_to) == ("draft", None)


# --- Approval ------------------------------------------------------------------------------------


def test_approving_by_a_contributor(in_review):
    other = make_account("other", role="Contributor")
    assert "may not review" in refusal(curation.approve, statement=in_review, by=other)


def test_approving_ones_own(statement, editor):
    curation.submit(statement=statement, by=editor)
    assert "their own" in refusal(curation.approve, statement=statement, by=editor)


def test_approving_a_draft(draft, editor):
    assert "in review" in refusal(curation.approve, kind=RefusedError, statement=draft, by=editor)


def test_a_change_takes_an_approval_back(in_review, editor):
    approved = curation.approve(statement=in_review, by=editor)
    approved.text = "Other words."
    curation.amend(statement=approved, by=editor)
    assert Statement.objects.get().reviewed_by is None


# --- To the public -------------------------------------------------------------------------------


def test_publishing_without_the_right_to(in_review, editor):
    assert "may not publish" in refusal(curation.publish, statement=in_review, by=editor)


def test_publishing_a_draft_past_review(draft, publisher):
    assert "reviewed first" in refusal(curation.publish, statement=draft, by=publisher)


def test_publishing_ones_own(statement, publisher):
    curation.submit(statement=statement, by=publisher)
    assert "their own" in refusal(curation.publish, statement=statement, by=publisher)
    assert Statement.objects.get().status == "in_review"


def test_publishing_ones_own_that_another_approved(statement, publisher, editor):
    curation.submit(statement=statement, by=publisher)
    curation.approve(statement=statement, by=editor)
    published = curation.publish(statement=statement, by=publisher)
    assert published.is_published
    assert not published.reviews.first().is_own


def test_not_even_a_superuser_reviews_their_own(statement, django_user_model):
    root = django_user_model.objects.create_superuser("root")
    curation.submit(statement=statement, by=root)
    assert "their own" in refusal(curation.publish, statement=statement, by=root)


def test_publishing_anothers_is_its_review(in_review, publisher):
    published = curation.publish(statement=in_review, by=publisher)
    assert not published.reviews.first().is_own


def test_without_review_ones_own_is_published_and_that_is_recorded(
    draft, contributor, publisher, settings
):
    settings.REQUIRE_REVIEW = False
    draft.entered_by = publisher
    draft.save()
    assert curation.publish(statement=draft, by=publisher).reviews.get().is_own


def test_withdrawing_without_the_right_to(in_review, publisher, editor):
    curation.publish(statement=in_review, by=publisher)
    said = refusal(curation.withdraw, statement=in_review, reason="Wrong.", by=editor)
    assert "may not withdraw" in said


def test_withdrawing_keeps_the_reason_among_the_steps(in_review, publisher):
    curation.publish(statement=in_review, by=publisher)
    curation.withdraw(statement=in_review, reason="Wrong.", by=publisher)
    step = in_review.reviews.first()
    assert (step.step, step.note, step.by) == ("withdrawn", "Wrong.", publisher)


# --- Changing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "role", "is_allowed"),
    [
        ("draft", "contributor", True),
        ("draft", "other", False),
        ("draft", "editor", True),
        ("in_review", "contributor", False),
        ("in_review", "editor", True),
        ("published", "contributor", False),
        ("published", "editor", False),
        ("published", "publisher", True),
        ("withdrawn", "editor", False),
        ("withdrawn", "publisher", True),
    ],
)
def test_who_may_change_it_where_it_is(
    draft, contributor, editor, publisher, status, role, is_allowed
):
    other = make_account("other", role="Contributor")
    accounts = {"contributor": contributor, "editor": editor, "publisher": publisher}
    kept = Statement.objects.get()
    kept.status, kept.published_at = status, kept.updated_at
    kept.withdrawal_reason = "Wrong." if status == "withdrawn" else ""
    kept.save()
    by = accounts.get(role, other)
    assert curation.may_amend(kept, by) is is_allowed
    if not is_allowed:
        assert "change this statement" in refusal(curation.amend, statement=kept, by=by)


def test_a_draft_that_an_import_brought_is_anyones(statement, contributor):
    assert curation.may_amend(statement, contributor)


# --- What the database holds ---------------------------------------------------------------------


@pytest.mark.parametrize("status", ["published", "withdrawn"])
def test_what_was_public_cannot_be_deleted(db, status):
    kept = make_statement(status=status)
    with pytest.raises(IntegrityError, match="withdraw it instead of deleting it"):
        with transaction.atomic():
            Statement.objects.filter(pk=kept.pk)._raw_delete("default")
    with pytest.raises(IntegrityError, match="has been public"), transaction.atomic():
        kept.delete()
    assert Statement.objects.get() == kept


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_what_was_never_public_can(db, status):
    make_statement(status=status, published_at=None).delete()
    assert not Statement.objects.exists()


def test_a_draft_is_deleted_with_its_steps(in_review, contributor):
    curation.take_back(statement=in_review, by=contributor)
    Statement.objects.get().delete()
    assert not Review.objects.exists()


def test_a_step_is_never_changed(in_review):
    with pytest.raises(IntegrityError, match="kept as they were"), transaction.atomic():
        Review.objects.update(note="Otherwise.")


def test_a_step_of_what_was_public_is_never_deleted(in_review, publisher):
    curation.publish(statement=in_review, by=publisher)
    with pytest.raises(IntegrityError, match="kept as they were"), transaction.atomic():
        Review.objects.all().delete()


def test_no_hand_writes_that_somebody_reviewed_their_own(in_review, contributor):
    with pytest.raises(DatabaseError, match="reviewed_by_another"), transaction.atomic():
        Statement.objects.update(reviewed_by=contributor)


def test_a_change_of_status_past_curation_leaves_nothing_untrue(in_review):
    Statement.objects.update(status="draft")
    assert Statement.objects.get().submitted_by is None


def test_a_step_that_refuses_says_why(in_review):
    with pytest.raises(IntegrityError, match="refusal_has_note"), transaction.atomic():
        Review.objects.create(statement=in_review, step="returned")


def test_an_account_that_wrote_is_kept(in_review, contributor):
    with pytest.raises(IntegrityError):
        contributor.delete()


# --- The groups ----------------------------------------------------------------------------------


def codes(role):
    return {name.split(".")[1] for name in make_account(role, role=role).get_all_permissions()}


def test_each_role_may_what_the_one_before_it_may_and_more(db):
    contributor, editor, publisher = map(codes, ("Contributor", "Editor", "Publisher"))
    assert contributor < editor < publisher
    assert editor - contributor >= {"review_statement", "change_official", "add_topic"}
    assert publisher - editor == {
        "publish_statement",
        "withdraw_statement",
        "add_country",
        "change_country",
    }


def test_no_role_reads_log_ins_or_makes_accounts(db):
    everything = codes("Publisher")
    assert not [name for name in everything if name.endswith(("_login", "_user", "_group"))]
