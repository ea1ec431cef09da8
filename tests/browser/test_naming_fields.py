"""Every field of the desk has a name, those too that a script draws."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_official, make_statement, make_topic

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def desk(live_server, log_in, django_user_model):
    log_in(django_user_model.objects.create_superuser("curator"))
    return f"{live_server.url}/admin/statements"


def test_an_autocomplete_is_called_as_its_label(desk, page):
    page.goto(f"{desk}/statement/add/")
    expect(page.get_by_role("combobox", name="Official").first).to_be_visible()
    expect(page.get_by_role("searchbox", name="Topics")).to_be_visible()
    page.keyboard.press("Alt+KeyP")
    row = page.locator("#parties-3")
    expect(row.get_by_role("combobox", name="Official")).to_be_visible()
    assert page.problems == []


def test_a_field_of_a_table_is_called_as_its_column(desk, page):
    official = make_official(aliases=["Jilani, J. A."])
    page.goto(f"{desk}/official/{official.pk}/change/")
    aliases = page.locator("#aliases-0")
    expect(aliases.get_by_role("textbox", name="Name", exact=True)).to_have_value("Jilani, J. A.")
    expect(aliases.get_by_role("checkbox", name="Delete")).to_be_visible()
    expect(page.locator("#tenures-0").get_by_role("combobox", name="Post")).to_be_visible()
    assert page.locator(".tabular thead th:empty").count() == 0
    assert page.problems == []


def test_the_search_box_of_a_list_has_a_label(desk, page):
    page.goto(f"{desk}/official/")
    expect(page.get_by_role("textbox", name="Search")).to_be_visible()


def test_what_was_chosen_is_a_list_of_items_alone(desk, page):
    statement = make_statement(topics=[make_topic()])
    page.goto(f"{desk}/statement/{statement.pk}/change/")
    expect(page.get_by_role("searchbox", name="Topics")).to_be_visible()
    chosen = page.locator("#id_topics + .select2-container ul.select2-selection__rendered")
    expect(chosen.locator("> span")).to_have_attribute("role", "listitem")


def test_the_list_of_statements_needs_no_scrolling_sideways(desk, page, widths):
    make_statement("Words of some length, that are said to somebody. " * 4, channel="social_post")
    page.goto(f"{desk}/statement/")
    expect(page.locator("#result_list .field-changed")).to_be_visible()
    rows = page.locator(".results")
    for width in widths(320, 390, 1024, 1280, 1440):
        assert rows.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("#searchbar").bounding_box()["width"] > 90
