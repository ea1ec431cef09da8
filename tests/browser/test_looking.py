"""Calendars and the map in a browser: with keys, and on a phone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = ["/map/", "/calendar/2024-01/", "/calendar/2024/", "/countries/pk/2024/"]


def test_they_are_used_with_keys_and_fit_a_phone(page, site):
    page.set_viewport_size({"width": 320, "height": 640})
    for path in PATHS:
        page.goto(f"{site}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
    page.goto(f"{site}/map/")
    page.locator(".histogram__head a").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Pakistan: 13"
    page.keyboard.press("Enter")
    page.wait_for_url("**/statements/?from=pk")
    assert page.problems == []
