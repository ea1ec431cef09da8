"""A reader finds, narrows and reads statements, with the pointer and with keys alone."""

import pytest
from playwright.sync_api import expect

from statements.models import Statement
from tests.factories import make_official, make_statement

KEY = "2024-01-19-jilani-amir-abdollahian"
PATHS = [
    "/",
    "/statements/",
    "/statements/?from=pk&to=ir",
    "/statements/?since=2023-02-29&channel=fax",
    "/statements/?q=zzzz",
    f"/statements/{KEY}/",
    "/between/pk/ir/?tone=plover",
    "/events/jilani-amir-abdollahian-call-2024-01/",
    "/search/",
    "/search/?q=mousavi",
    "/about/",
    "/about/data/",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_the_archive_is_found_narrowed_and_read(site, page):
    page.goto(site + "/")
    page.get_by_role("combobox").fill("mousavi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Seyed Rasoul Mousavi").first).to_be_visible()
    page.get_by_role("link", name="All statements found").click()
    n_found = page.locator(".statement-item").count()
    page.locator(".facet").get_by_role("link", name="Letter").click()
    expect(page.locator(".chip")).to_have_count(3)
    assert 0 < page.locator(".statement-item").count() < n_found
    page.locator(".statement-item__words a").first.click()
    expect(page.get_by_role("heading", name="Where it is reported")).to_be_visible()
    expect(page.get_by_text("These words stand in the stored text.").first).to_be_visible()
    assert page.problems == []


def test_days_narrow_the_list_and_keep_its_other_filters(site, page):
    make_statement(speaker=make_official(country="ir"), said_on="1979-02-11")
    page.goto(site + "/statements/?from=ir")
    page.get_by_label("Until").fill("1980")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("11 February 1979")).to_be_visible()
    expect(page.get_by_text("19 January 2024", exact=True).first).not_to_be_visible()
    assert "from=ir" in page.url
    page.get_by_label("Until").fill("1980-13")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".finder__error")).to_be_visible()
    expect(page.locator(".statement-item")).to_have_count(0)


def test_a_bar_of_the_chart_narrows_to_its_days(site, page):
    make_statement(speaker=make_official(), said_on="1979-02-11")
    page.goto(site + "/statements/")
    page.locator("svg.chart a").first.click()
    expect(page.get_by_text("11 February 1979")).to_be_visible()
    expect(page.get_by_text("19 January 2024", exact=True).first).not_to_be_visible()


def test_filters_stand_open_beside_the_list_and_folded_on_a_phone(site, page):
    page.goto(site + "/statements/")
    expect(page.locator(".facet").first).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 780})
    expect(page.locator(".facet").first).not_to_be_visible()
    page.get_by_text("Filters", exact=True).first.click()
    expect(page.locator(".facet").first).to_be_visible()


def test_the_first_key_leads_past_the_navigation(site, page):
    page.goto(site + "/statements/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the content"
    assert focused.bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_pages_keep_to_their_width_and_their_policy(site, page):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for path in PATHS:
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.locator("h1").count() == 1, path
    assert page.problems == []


def test_long_names_and_words_stay_inside_a_phone(site, page):
    make_statement(
        "x" * 400 + " and " + "y" * 400,
        speaker=make_official("Abcdefghijklmnopqrstuvwxyz" * 4),
        form="mixed",
        key="long",
    )
    page.set_viewport_size({"width": 320, "height": 800})
    for path in ("/", "/statements/", "/statements/long/"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_text_from_right_to_left_begins_at_the_right(site, page):
    Statement.objects.filter(key=KEY).update(
        form="direct", original_text="فقط دشمنان سود می‌برند.", original_language="fa"
    )
    page.goto(f"{site}/statements/{KEY}/")
    original = page.locator('blockquote[lang="fa"]')
    assert original.evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_every_target_of_the_list_can_be_hit(site, page):
    page.goto(site + "/statements/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('nav a, .facet a, .chip, .sorts a, button, summary')]
        .filter(element => element.checkVisibility())
        .map(element => element.getBoundingClientRect())
        .filter(box => box.width && box.height < 24).length"""
    )
    assert small == 0
