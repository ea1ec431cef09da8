"""A curator enters the first statement of the founding story and makes it public."""

import pytest
from playwright.sync_api import expect

from statements.models import Statement
from tests.factories import make_article, make_official, make_organization, make_tenure

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

WORDS = "all issues based on the spirit of mutual trust and cooperation"


@pytest.fixture
def jilani():
    return make_tenure(make_official("Jalil Abbas Jilani", sort_name="Jilani")).official


@pytest.fixture
def desk(live_server, log_in, django_user_model, jilani):
    """The desk, logged in, with the people of the story on file."""
    make_official("Hossein Amir-Abdollahian", country="ir", sort_name="Amir-Abdollahian")
    make_organization("Foreign Office", aliases=["MoFA"])
    make_article("Pak Expresses Desire", body=f'He spoke of "{WORDS}", it said.')
    log_in(django_user_model.objects.create_superuser("curator"))
    return live_server.url


def choose(page, field, typed, shown):
    """Types the beginning of a name into an autocomplete and takes what it offers."""
    page.locator(f"#id_{field} + .select2-container").click()
    page.locator(".select2-search__field").last.fill(typed)
    option = page.locator(".select2-results__option--highlighted", has_text=shown)
    expect(option).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(f"#id_{field} + .select2-container")).to_contain_text(shown)


def enter(page):
    page.locator("#id_text").fill("Readiness to work with Iran on “all issues”.")
    page.locator("#id_form").select_option("indirect")
    choose(page, "parties-0-official", "jil", "Jalil Abbas Jilani")
    choose(page, "parties-1-official", "abdoll", "Hossein Amir-Abdollahian")
    choose(page, "parties-2-organization", "mofa", "Foreign Office")
    page.locator("#id_parties-2-form").select_option("mixed")
    page.locator("#id_parties-2-channel").select_option("press_statement")
    choose(page, "citations-0-article", "expres", "Pak Expresses Desire")
    page.locator("#id_citations-0-quote").fill(WORDS)
    page.locator("#id_said_on").fill("2024-01-19")
    page.locator("#id_channel").select_option("phone_call")
    page.get_by_label("Offers").check()


def test_from_the_empty_form_to_the_public(desk, page, jilani):
    page.goto(f"{desk}/admin/")
    page.get_by_role("link", name="Enter a statement").click()
    enter(page)
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("1 statement published.")).to_be_visible()
    expect(page.get_by_text("Verified: “all issues")).to_be_visible()
    for query in (f"official={jilani.slug}", "country=ir", "from=pk&to=ir"):
        page.goto(f"{desk}/statements/?{query}")
        expect(page.get_by_text("Readiness to work with Iran").first).to_be_visible()
    assert page.problems == []


def test_keys_add_a_party_and_save(desk, page):
    page.goto(f"{desk}/admin/statements/statement/add/")
    enter(page)
    page.keyboard.press("Alt+KeyP")
    expect(page.locator("#id_parties-3-role")).to_be_focused()
    page.locator("#id_parties-3-role").select_option("subject")
    choose(page, "parties-3-country", "iran", "Iran")
    page.keyboard.press("Control+KeyS")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert Statement.objects.get().parties.count() == 4
    assert page.problems == []


@pytest.mark.slow
def test_a_form_and_channel_are_asked_of_relayers_alone(desk, page):
    page.goto(f"{desk}/admin/statements/statement/add/")
    expect(page.locator("#id_parties-0-channel")).to_be_hidden()
    expect(page.locator("#id_parties-2-channel")).to_be_visible()
    page.locator("#id_parties-0-role").select_option("relayer")
    expect(page.locator("#id_parties-0-channel")).to_be_visible()


@pytest.mark.slow
def test_an_original_in_persian_runs_from_the_right(desk, page):
    page.goto(f"{desk}/admin/statements/statement/add/")
    page.locator("#id_original_language").fill("fa")
    page.locator("#id_original_language").blur()
    expect(page.locator("#id_original_text")).to_have_attribute("dir", "rtl")


@pytest.mark.slow
def test_leaving_with_unsaved_words_asks_first(desk, page):
    page.goto(f"{desk}/admin/statements/statement/add/")
    page.locator("#id_text").fill("Half a")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{desk}/admin/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("path", ["", "statements/statement/", "statements/statement/add/"])
def test_no_page_is_wider_than_its_window(desk, page, widths, path):
    page.goto(f"{desk}/admin/{path}")
    fields = page.locator("#content-main :is(input, select, textarea, a):visible")
    for width in widths(320, 1280):
        edges = fields.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
        assert max(edges) <= width
    assert page.problems == []


def test_on_a_phone_no_field_is_taller_than_what_it_holds(desk, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk}/admin/statements/article/add/")
    fields = page.locator(".form-row .flex-container > :is(.vTextField, .vURLField):visible")
    heights = fields.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    assert max(heights) < 60


def test_a_refused_save_leads_to_the_first_field_that_is_wrong(desk, page):
    page.goto(f"{desk}/admin/statements/statement/add/")
    enter(page)
    page.locator("#id_language").fill("English, mostly")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#id_language")).to_be_focused()
    expect(page.locator("#id_language")).to_be_in_viewport()


@pytest.mark.slow
def test_the_status_of_a_statement_is_in_sight_beside_the_filter(desk, page):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{desk}/admin/statements/statement/add/")
    enter(page)
    page.get_by_role("button", name="Save", exact=True).click()
    status = page.locator("#result_list .field-status")
    results = page.locator("#changelist-form .results").bounding_box()
    box = status.bounding_box()
    assert box["x"] + box["width"] <= results["x"] + results["width"]
