"""Statements on their way: the buttons that an account sees, and what is done to many at once."""

import pytest

from statements import curation
from statements.models import Citation, Party, Statement
from tests.admin.forms import fill
from tests.factories import make_account

LIST = "/admin/statements/statement/"
ACTIONS = ("delete", "submit", "take_back", "approve", "return", "publish", "withdraw")


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_REVIEW = True


@pytest.fixture
def people(db):
    return {
        role.lower(): make_account(role.lower(), role=role)
        for role in ("Contributor", "Editor", "Publisher")
    }


@pytest.fixture
def draft(story, people):
    return make("one", story, people["contributor"])


def make(key, story, author):
    statement = Statement.objects.create(
        key=key, text=f"Words of {key}.", form="direct", said_on="2024", entered_by=author
    )
    Party.objects.create(statement=statement, role="speaker", official=story["jilani"])
    Citation.objects.create(statement=statement, article=story["article"], quote="Jilani")
    return statement


def url_of(statement):
    return f"{LIST}{statement.pk}/change/"


def page_for(client, account, statement):
    client.force_login(account)
    return client.get(url_of(statement)).content.decode()


def buttons(page):
    names = ("_publish", "_approve", "_submit", "_return", "take_back_selected", "Withdraw…")
    return {name for name in names if name in page}


def act(client, name, *statements, **fields):
    chosen = {"action": name, "_selected_action": [s.pk for s in statements], "index": "0"}
    return client.post(LIST, chosen | fields, follow=True).content.decode()


def test_it_works(client, draft, people):
    client.force_login(people["contributor"])
    fill(client, url_of(draft), button="_submit", review_note="The day is inferred.")
    client.force_login(people["editor"])
    fill(client, url_of(draft), button="_return", review_note="Which Friday?")
    page = page_for(client, people["contributor"], draft)
    assert "Which Friday?" in page
    assert 'id="sent-back-heading"' in page
    fill(client, url_of(draft), button="_submit")
    client.force_login(people["publisher"])
    fill(client, url_of(draft), button="_publish")
    draft.refresh_from_db()
    assert draft.is_published


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("contributor", {"_submit"}),
        ("editor", {"_submit"}),
        ("publisher", {"_submit"}),
    ],
)
def test_buttons_on_a_draft(client, draft, people, role, seen):
    assert buttons(page_for(client, people[role], draft)) == seen


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("contributor", {"take_back_selected"}),
        ("editor", {"_approve", "_return"}),
        ("publisher", {"_publish", "_approve", "_return"}),
    ],
)
def test_buttons_in_review(client, draft, people, role, seen):
    curation.submit(statement=draft, by=people["contributor"])
    assert buttons(page_for(client, people[role], draft)) == seen


@pytest.mark.parametrize(
    ("role", "seen"), [("contributor", set()), ("editor", set()), ("publisher", {"Withdraw…"})]
)
def test_buttons_on_what_is_public(client, draft, people, role, seen):
    curation.publish(statement=draft, by=None)
    assert buttons(page_for(client, people[role], draft)) == seen


def test_a_publisher_has_no_button_to_publish_their_own(client, draft, people):
    curation.submit(statement=draft, by=people["publisher"])
    assert buttons(page_for(client, people["publisher"], draft)) == {"take_back_selected"}


def test_where_no_review_is_required_ones_own_has_one(client, draft, people, settings):
    settings.REQUIRE_REVIEW = False
    draft.entered_by = people["publisher"]
    draft.save()
    assert buttons(page_for(client, people["publisher"], draft)) == {"_publish", "_submit"}
    fill(client, url_of(draft), button="_publish")
    page = client.get(url_of(draft)).content.decode()
    assert "own work, reviewed by nobody else" in page


def test_a_form_that_asks_for_a_step_past_its_buttons_is_refused(client, draft, people):
    client.force_login(people["contributor"])
    page = fill(client, url_of(draft), button="_publish")
    page = client.get(page.headers["Location"]).content.decode()
    assert "“one”: You may not publish statements." in page
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_somebody_elses_draft_is_only_looked_at(client, draft, people):
    other = make_account("other", role="Contributor")
    assert 'name="_save"' not in page_for(client, other, draft)
    assert client.post(url_of(draft), {"text": "Mine."}).status_code == 403
    assert client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_form_kept_open_while_it_went_to_review_saves_nothing(client, draft, people):
    client.force_login(people["contributor"])
    curation.submit(statement=draft, by=people["contributor"])
    assert client.post(url_of(draft), {"text": "Late."}).status_code == 403
    draft.refresh_from_db()
    assert draft.text == "Words of one."


def test_entering_says_who_did(client, first_statement, people):
    client.force_login(people["contributor"])
    fill(client, f"{LIST}add/", **first_statement)
    assert Statement.objects.get().entered_by == people["contributor"]


# --- What waits ----------------------------------------------------------------------------------


def test_the_desk_shows_what_came_back_with_its_note(client, draft, people):
    curation.submit(statement=draft, by=people["contributor"])
    curation.return_to_draft(statement=draft, by=people["editor"], note="Which Friday?")
    client.force_login(people["contributor"])
    page = client.get("/admin/").content.decode()
    assert "<b>1</b> sent back to you" in page
    assert "Which Friday?" in page
    assert "to review" not in page


@pytest.mark.parametrize(
    ("role", "waiting", "is_there"),
    [
        ("contributor", "mine", False),
        ("editor", "review", True),
        ("contributor", "review", False),
        ("contributor", "returned", False),
        ("editor", "nonsense", True),
    ],
)
def test_the_list_of_what_waits(client, draft, people, role, waiting, is_there):
    curation.submit(statement=draft, by=people["contributor"])
    client.force_login(people[role])
    page = client.get(LIST, {"waiting": waiting}).content.decode()
    assert ("Words of one." in page) is is_there


# --- Many at once --------------------------------------------------------------------------------


def test_publishing_many_names_each_that_could_not_be(client, story, draft, people):
    own = make("own", story, people["publisher"])
    early = make("early", story, people["contributor"])
    for statement, by in ((draft, people["contributor"]), (own, people["publisher"])):
        curation.submit(statement=statement, by=by)
    client.force_login(people["publisher"])
    page = act(client, "publish_selected", draft, own, early)
    assert "1 statement published." in page
    assert "“own”: Nobody reviews their own statement" in page
    assert "“early”: It has to be reviewed first" in page


def test_sending_many_to_review(client, story, draft, people):
    other = make("other", story, people["editor"])
    client.force_login(people["contributor"])
    page = act(client, "submit_selected", draft, other)
    assert "1 statement sent to review." in page
    assert "“other”: You may not change this draft." in page


def test_taking_many_back(client, draft, people):
    curation.submit(statement=draft, by=people["contributor"])
    client.force_login(people["contributor"])
    assert "1 statement returned to draft." in act(client, "take_back_selected", draft)


def test_approving_many(client, draft, people):
    curation.submit(statement=draft, by=people["contributor"])
    client.force_login(people["editor"])
    assert "1 statement approved." in act(client, "approve_selected", draft)


def test_sending_many_back_asks_for_a_note_first(client, draft, people):
    curation.submit(statement=draft, by=people["contributor"])
    client.force_login(people["editor"])
    assert "Send statements back" in act(client, "return_selected", draft)
    assert "This field is required." in act(client, "return_selected", draft, reason=" ")
    page = act(client, "return_selected", draft, reason="Which Friday?")
    assert "1 statement returned to draft." in page
    draft.refresh_from_db()
    assert draft.returned_to == people["contributor"]


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        ("contributor", {"delete", "submit", "take_back"}),
        ("editor", {"delete", "submit", "take_back", "approve", "return"}),
        (
            "publisher",
            {"delete", "submit", "take_back", "approve", "return", "publish", "withdraw"},
        ),
    ],
)
def test_an_account_is_offered_what_it_may_do(client, draft, people, role, actions):
    client.force_login(people[role])
    page = client.get(LIST).content.decode()
    assert {name for name in ACTIONS if f'value="{name}_selected"' in page} == actions


def test_an_action_that_is_not_offered_does_nothing(client, draft, people):
    curation.submit(statement=draft, by=people["contributor"])
    client.force_login(people["contributor"])
    act(client, "publish_selected", draft)
    draft.refresh_from_db()
    assert draft.status == "in_review"


def test_a_contributor_deletes_no_draft_of_somebody_else(client, draft, people):
    client.force_login(make_account("other", role="Contributor"))
    act(client, "delete_selected", draft, post="yes")
    assert Statement.objects.exists()


def test_what_may_only_be_viewed_is_shown_and_not_saved_as_new(client, draft, people):
    Statement.objects.update(status="published", published_at="2024-02-01T00:00Z")
    page = page_for(client, people["contributor"], draft)
    assert "Words of one." in page
    assert "directly quotes" in page or "quotes Jalil Abbas Jilani" in page
    for never in ("_saveasnew", "_save", "data-explains-at", ">None<"):
        assert never not in page


def test_what_may_be_changed_may_be_saved_as_new(client, draft, people):
    page = page_for(client, people["contributor"], draft)
    assert 'name="_saveasnew"' in page
    assert "data-explains-at" in page


def test_a_reason_is_marked_as_required_beside_the_words_it_is_for(client, draft, people):
    Statement.objects.update(status="published", published_at="2024-02-01T00:00Z")
    client.force_login(people["publisher"])
    page = act(client, "withdraw_selected", draft)
    assert '<label for="id_reason" class="required">' in page
    assert "Words of one." in page


@pytest.mark.parametrize("forged", ["9" * 5_000, "9" * 30, "x", "²"])
def test_a_choice_of_no_row_is_refused(curator, forged):
    chosen = {"action": "submit_selected", "_selected_action": [forged]}
    assert curator.post("/admin/statements/statement/", chosen).status_code == 400
