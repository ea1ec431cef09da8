"""The reference of the API in a browser, and a script of another site that reads."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_reference_is_read_without_a_fault(site, page):
    page.goto(f"{site}/api/v1/docs/")
    page.get_by_role("link", name="Refusal", exact=True).first.click()
    assert page.url.endswith("#Refusal")
    assert page.get_by_role("heading", name="/api/v1/statements/", exact=True).is_visible()
    assert page.problems == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_out_of_the_page(site, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/api/v1/docs/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_script_of_another_site_may_read(site, page):
    """It sends a header that makes the browser ask first whether it may."""
    elsewhere = site.replace("localhost", "127.0.0.1") + "/elsewhere"
    assert elsewhere[:16] != site[:16]
    page.route(elsewhere, lambda asked: asked.fulfill(body="<p>", content_type="text/html"))
    page.goto(elsewhere)
    told = page.evaluate(
        """async address => {
            const answer = await fetch(address, {headers: {"If-None-Match": '"old"'}});
            const told = await answer.json();
            return [answer.status, told.count, answer.headers.get("RateLimit") !== null,
                    answer.headers.get("ETag") !== null];
        }""",
        f"{site}/api/v1/statements/",
    )
    assert told == [200, 16, True, True]
    assert page.problems == []
