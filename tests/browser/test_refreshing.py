"""The list of statements changes in place, and as whole pages where there is no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_official, make_statement

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

COUNTRIES = ["af", "br", "cn", "de", "eg", "fr", "gr", "hu", "tr", "it"]


@pytest.fixture
def listed(site, page):
    """The list, marked so that a whole new page would be noticed."""
    page.goto(site + "/statements/")
    page.evaluate("window.isTheFirst = true")
    yield page
    assert page.problems == []


@pytest.fixture
def plain(site, chromium):
    """A page of a browser that runs no scripts."""
    context = chromium.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/statements/")
    yield page
    context.close()


def is_the_first(page):
    return page.evaluate("window.isTheFirst === true")


def count_of(page):
    return page.locator("#results").inner_text()


def letters(page):
    return page.locator(".facet").get_by_role("link", name="Letter")


def press(page):
    """Follows the facet of letters and waits until they are what is shown."""
    letters(page).click()
    expect(page.locator(".chip")).to_have_count(1)


def test_a_facet_narrows_without_a_new_page(listed):
    before, title = count_of(listed), listed.title()
    press(listed)
    assert is_the_first(listed)
    assert "channel=letter" in listed.url
    assert count_of(listed) != before
    assert listed.title() != title
    assert listed.locator("h1").inner_text() in listed.title()
    expect(listed.locator("#announcement")).to_have_text(count_of(listed))
    alternate = listed.locator("link[rel=alternate][type='application/json']")
    assert "channel=letter" in alternate.get_attribute("href")


def test_back_and_forward_restore(listed):
    before, title = count_of(listed), listed.title()
    press(listed)
    narrowed = count_of(listed)
    listed.go_back()
    expect(listed.locator("#results")).to_have_text(before)
    expect(listed.locator(".chip")).to_have_count(0)
    assert (listed.title(), is_the_first(listed)) == (title, True)
    assert "channel" not in listed.url
    listed.go_forward()
    expect(listed.locator("#results")).to_have_text(narrowed)


def test_back_from_a_statement_shows_what_was_narrowed(listed):
    press(listed)
    narrowed = count_of(listed)
    listed.locator(".statement-item__words a").first.click()
    expect(listed.get_by_role("heading", name="Where it is reported")).to_be_visible()
    assert not is_the_first(listed)
    listed.go_back()
    expect(listed.locator("#results")).to_have_text(narrowed)
    expect(listed.locator(".chip")).to_have_count(1)


def test_focus_stays_on_the_choice_and_goes_to_the_count_when_it_is_gone(listed):
    letters(listed).focus()
    listed.keyboard.press("Enter")
    expect(listed.locator(".chip")).to_have_count(1)
    expect(letters(listed)).to_be_focused()
    listed.locator(".chip").focus()
    listed.keyboard.press("Enter")
    expect(listed.locator(".chip")).to_have_count(0)
    expect(listed.locator("#results")).to_be_focused()
    assert is_the_first(listed)


def test_the_form_submits_in_place_and_keeps_the_filters(listed):
    press(listed)
    listed.get_by_label("Since").fill("2024-02")
    listed.keyboard.press("Enter")
    expect(listed.locator(".chip")).to_have_count(3)  # with the one that removes all
    expect(listed.get_by_label("Since")).to_be_focused()
    assert is_the_first(listed)
    assert "channel=letter" in listed.url
    assert "since=2024-02" in listed.url


def test_what_cannot_be_asked_is_said_in_place(listed):
    listed.get_by_label("Until").fill("1980-13")
    listed.keyboard.press("Enter")
    expect(listed.locator(".finder__error")).to_be_visible()
    expect(listed.locator("#announcement")).to_contain_text("Nothing is shown")
    assert is_the_first(listed)


def test_the_order_and_a_bar_change_in_place(site, page):
    make_statement(speaker=make_official(), said_on="1979-02-11")
    page.goto(site + "/statements/")
    page.evaluate("window.isTheFirst = true")
    page.locator(".sorts a:not([aria-current])").first.click()
    expect(page).to_have_url(re.compile("sort="))
    page.locator("svg.chart a").first.click()
    expect(page.locator(".chip").first).to_be_visible()
    expect(page.get_by_text("11 February 1979")).to_be_visible()
    expect(page.get_by_text("19 January 2024", exact=True)).to_have_count(0)
    expect(page.locator("#results")).to_be_focused()
    assert is_the_first(page)
    assert page.problems == []


def test_the_next_page_comes_in_place_and_its_beginning_is_seen(site, page):
    page.goto(site + "/statements/?limit=2")
    page.evaluate("window.isTheFirst = true")
    first = page.locator(".statement-item").first.inner_text()
    page.locator(".pager__next").click()
    expect(page.locator(".pager__previous")).to_be_visible()
    assert page.locator(".statement-item").first.inner_text() != first
    expect(page.locator("#results")).to_be_in_viewport()
    assert is_the_first(page)
    assert page.problems == []


def test_a_failed_request_ends_on_the_page_that_says_why(site, page):
    page.goto(site + "/statements/")
    page.route("**/?channel=letter", lambda route: route.fulfill(status=503, body="Closed"))
    letters(page).click()
    page.wait_for_url("**/statements/?channel=letter")
    expect(page.locator("body")).to_have_text("Closed")


def test_a_link_to_another_page_leads_there(listed):
    listed.evaluate(
        """() => {
            const link = document.createElement("a");
            document.querySelector("#finding").append(link);
            link.href = "/about/";
            link.textContent = "Elsewhere";
            htmx.process(link);
        }"""
    )
    listed.get_by_text("Elsewhere").click()
    listed.wait_for_url("**/about/")
    expect(listed.get_by_role("heading", level=1)).to_be_visible()
    assert not is_the_first(listed)


def test_filters_stay_unfolded_on_a_phone(listed):
    listed.set_viewport_size({"width": 320, "height": 780})
    listed.locator(".filters__summary").click()
    press(listed)
    expect(letters(listed)).to_be_visible()
    assert listed.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_long_facet_is_filtered_as_one_types(site, page):
    for code in COUNTRIES:
        make_statement(speaker=make_official(country=code))
    page.goto(site + "/statements/")
    facet = page.locator(".facet", has=page.locator("details")).first
    choices = facet.locator(".facet__choice")
    facet.locator("summary").click()
    n_choices = choices.count()
    name = choices.last.locator(".facet__value").inner_text()
    facet.get_by_role("searchbox").fill(name.upper())
    expect(facet.locator(".facet__choice:visible")).to_have_count(1)
    expect(facet.get_by_role("status")).to_have_text("Shown: 1")
    facet.locator(".facet__choice:visible").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(facet.get_by_role("searchbox")).to_have_count(1)
    assert choices.count() == n_choices
    assert page.problems == []


def test_without_scripts_links_and_form_lead_to_whole_pages(plain):
    assert plain.locator(".facet__filter").count() == 0
    before = count_of(plain)
    press(plain)
    assert "channel=letter" in plain.url
    assert count_of(plain) != before
    plain.get_by_label("Since").fill("2024-02")
    plain.get_by_role("button", name="Show").click()
    expect(plain.locator(".chip")).to_have_count(3)  # with the one that removes all
