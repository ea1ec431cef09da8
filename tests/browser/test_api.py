"""The reference of the API in a browser, and a script of another site that reads."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_reference_is_read_without_a_fault(site, page):
    page.goto(f"{site}/api/v1/docs/")
    page.get_by_role("link", name="Refusal", exact=True).first.click()
    assert page.url.endswith("#Refusal")
    assert page.get_by_role("heading", name="/api/v1/statements/", exact=True).is_visible()
    assert page.problems == []


def test_nothing_runs_out_of_the_page(site, page, widths):
    page.goto(f"{site}/api/v1/docs/")
    for width in widths(320, 1280):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def elsewhere():
    """The address of another site, which serves a page without a word."""

    class Blank(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><link rel=icon href=data:,>")

        def log_message(self, *told):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Blank) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_script_of_another_site_may_read(site, page, elsewhere):
    """It sends a header that makes the browser ask first whether it may."""
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
