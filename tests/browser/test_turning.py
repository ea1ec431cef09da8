"""The interface turned to Persian: nothing stands out of the page, and the search is kept."""

import pytest
from playwright.sync_api import expect

KEY = "2024-01-19-jilani-amir-abdollahian"
PATHS = ["/", "/statements/", f"/statements/{KEY}/"]
OVERHANG = """() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


def test_no_page_scrolls_sideways_on_a_phone(site, page):
    page.set_viewport_size({"width": 360, "height": 760})
    for path in PATHS:
        page.goto(f"{site}/fa{path}")
        assert page.evaluate("document.dir") == "rtl"
        assert page.evaluate(OVERHANG) == 0, path
        assert page.evaluate("scrollX") == 0, path
    assert page.problems == []


def test_the_language_is_changed_and_the_search_kept(site, page):
    page.goto(f"{site}/statements/?from=pk")
    page.locator(".facet a[href*='channel=phone_call']").first.click()
    page.wait_for_url("**channel=phone_call**")
    page.locator("#languages a[lang=fa]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url.startswith(f"{site}/fa/statements/?")
    assert "from=pk" in page.url
    assert "channel=phone_call" in page.url
    expect(page.locator(".chip")).to_have_count(3)  # and the one that clears
    page.locator("#languages a[lang=en]").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert page.problems == []
