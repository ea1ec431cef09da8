"""A curator merges two who are one, thinks better of it, and undoes it."""

import pytest
from playwright.sync_api import expect

from statements.curation import duplicates
from statements.models import Official, StatementLikeness
from tests.factories import make_official, make_statement, make_tenure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def jilani():
    return make_tenure(make_official("Jalil Abbas Jilani", slug="jilani")).official


@pytest.fixture
def double():
    return make_official("Jilani, J. A.", slug="j-a-jilani", country="ir", note="Imported.")


@pytest.fixture
def desk(live_server, log_in, django_user_model):
    log_in(django_user_model.objects.create_superuser("curator"))
    return live_server.url


def choose(page, field, typed, shown):
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(typed)
    option = page.locator(".select2-results__option--highlighted", has_text=shown)
    expect(option).to_be_visible()
    page.keyboard.press("Enter")


def test_a_merge_and_its_undo(desk, page, jilani, double):
    statement = make_statement("All issues.", speaker=double)
    page.goto(f"{desk}/admin/statements/official/{jilani.pk}/change/")
    page.get_by_role("link", name="Merge…").click()
    choose(page, "absorbed", "jilani, j", "Jilani, J. A.")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("radio", name="Jilani, J. A.").check()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text(f"{statement.key} · Speaker")).to_be_visible()
    expect(page.get_by_text("j-a-jilani → jilani", exact=True)).to_be_visible()
    page.get_by_role("button", name="Merge").click()
    expect(page.locator("#id_name")).to_have_value("Jilani, J. A.")
    page.goto(f"{desk}/officials/j-a-jilani/")
    assert page.url == f"{desk}/officials/jilani/"
    expect(page.get_by_text("All issues.").first).to_be_visible()
    page.goto(f"{desk}/admin/statements/rearrangement/")
    page.locator("#result_list th a").click()
    page.get_by_role("button", name="Undo: put every row back").click()
    expect(page.get_by_text("Undone: Jilani, J. A.")).to_be_visible()
    assert statement.parties.get().official == double
    assert Official.objects.get(pk=jilani.pk).name == "Jalil Abbas Jilani"
    assert page.problems == []


def test_a_draft_becomes_another_citation(desk, page, jilani):
    words = "We are ready to work with Iran on all issues."
    make_statement(words, speaker=jilani)
    draft = make_statement(words, speaker=jilani, status="draft")
    duplicates.note_statement(statement=draft)
    page.goto(f"{desk}/admin/statements/statementlikeness/")
    page.locator("#result_list th a").click()
    page.get_by_role("button", name="is another citation of the other…").click()
    page.get_by_role("button", name="Make it another citation").click()
    expect(page.get_by_text("See what moved, or undo it")).to_be_visible()
    assert not StatementLikeness.objects.exists()
    assert page.problems == []


def test_no_page_is_wider_than_its_window(desk, page, widths, jilani, double):
    statement = make_statement("A-word-without-any-place-to-break-it" * 8, speaker=double)
    other = make_statement(statement.text, speaker=double, status="draft")
    [pair] = duplicates.note_statement(statement=other)
    sides = f"official/merge/?kept={jilani.pk}&absorbed={double.pk}"
    split = f"official/{double.pk}/split/"
    for path in (f"statementlikeness/{pair.pk}/change/", split, sides):
        page.goto(f"{desk}/admin/statements/{path}")
        assert_it_fits(page, widths)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("button", name="Merge")).to_be_visible()
    assert_it_fits(page, widths)
    assert page.problems == []


def assert_it_fits(page, widths):
    for width in widths(320, 1280):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
