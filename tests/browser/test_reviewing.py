"""A day's work: three statements of one article, one sent back, two published."""

import pytest
from playwright.sync_api import expect

from statements.models import Review, Statement
from tests.factories import make_account, make_article, make_official

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PASSWORD = "a-long-secret-1"
SAID = (
    "Ready to work with Iran on all issues.",
    "Closer cooperation on security is needed.",
    "The two ministers spoke.",
)


@pytest.fixture
def desk(live_server, page, settings):
    settings.REQUIRE_REVIEW = True
    page.context.clear_cookies()
    make_official("Jalil Abbas Jilani", sort_name="Jilani")
    make_article("Pak Expresses Desire", body="He spoke of trust, it said.")
    for role in ("Contributor", "Editor", "Publisher"):
        make_account(role.lower(), role=role, password=PASSWORD)
    yield f"{live_server.url}/admin/"
    page.context.clear_cookies()


def log_in(page, desk, username):
    page.context.clear_cookies()
    page.goto(desk)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waiting for you")).to_be_visible()


def choose(page, field, typed):
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(typed)
    expect(page.locator(".select2-results__option--highlighted")).to_be_visible()
    page.keyboard.press("Enter")


def enter(page, words, *, is_first):
    page.locator("#id_text").fill(words)
    page.locator("#id_form").select_option("indirect")
    choose(page, "parties-0-official", "jil")
    if is_first:
        choose(page, "citations-0-article", "expres")
        page.locator("#id_said_on").fill("2024-01-19")


def do_to_selected(page, desk, action):
    page.goto(f"{desk}statements/statement/?waiting={'mine' if 'submit' in action else 'review'}")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(action)
    page.get_by_role("button", name="Go").click()


def test_from_one_article_to_the_public(desk, page):
    log_in(page, desk, "contributor")
    page.goto(f"{desk}statements/statement/add/")
    for n, words in enumerate(SAID):
        enter(page, words, is_first=not n)
        with page.expect_navigation():
            page.get_by_role("button", name="Save and add another").click()
        expect(page.get_by_text("was added successfully")).to_be_visible()
    do_to_selected(page, desk, "submit_selected")
    expect(page.get_by_text("3 statements sent to review.")).to_be_visible()

    log_in(page, desk, "editor")
    third = Statement.objects.get(text=SAID[2])
    page.get_by_role("link", name=third.key, exact=True).first.click()
    page.get_by_label("Note to reviewers or to the author").fill("Which two?")
    page.get_by_role("button", name="Save and send back").click()
    expect(page.get_by_text("1 statement returned to draft.")).to_be_visible()

    log_in(page, desk, "publisher")
    do_to_selected(page, desk, "publish_selected")
    expect(page.get_by_text("2 statements published.")).to_be_visible()

    log_in(page, desk, "contributor")
    expect(page.get_by_text("Which two?")).to_be_visible()
    page.get_by_role("link", name=third.key, exact=True).first.click()
    expect(page.locator(".sent-back")).to_contain_text("Which two?")
    assert sorted(Statement.objects.values_list("status", flat=True)) == [
        "draft",
        "published",
        "published",
    ]
    assert Review.objects.count() == 6
    assert page.problems == []
