"""Chromium, driven by Playwright, with an eye on what a page must never do."""

import shutil
import tempfile

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect, sync_playwright

DEMONSTRATION = settings.BASE_DIR / "statements" / "archives" / "demonstration.jsonl"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# However busy the machine: of navigations, actions and expectations alike.
MILLISECONDS = 30_000
expect.set_options(timeout=MILLISECONDS)

OURS = ("http://127.0.0.1", "http://localhost", "data:", "blob:")


@pytest.fixture(scope="session")
def chromium():
    """The installed Chromium, else the one that Playwright brought."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    profile = tempfile.mkdtemp(prefix="chromium")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=path,
            headless=True,
            args=ARGUMENTS,
            viewport={"width": 1280, "height": 900},
            locale="en-GB",
            timezone_id="UTC",
        )
        yield context
        context.close()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture
def page(chromium):
    """A page that notes console errors, policy violations and requests that leave the machine."""
    opened = chromium.new_page()
    opened.set_default_timeout(MILLISECONDS)
    opened.problems = []

    def note(problem):
        opened.problems.append(problem)

    opened.on("console", lambda said: note(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: note(str(error)))
    opened.on(
        "request",
        lambda asked: None if asked.url.startswith(OURS) else note(f"offsite {asked.url}"),
    )
    yield opened
    opened.close()


@pytest.fixture
def widths(page):
    """Makes the window as wide as each of some numbers, once the page has heard of it."""

    def each(*wanted):
        for width in wanted:
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_function("width => innerWidth === width", arg=width)
            yield width

    return each


@pytest.fixture
def site(live_server):
    """The address of a running archive that holds the demonstration."""
    call_command("import_archive", str(DEMONSTRATION), verbosity=0)
    return live_server.url


@pytest.fixture
def log_in(live_server, page):
    """Logs an account in without the form, which the tests of logging in fill."""

    def enter(account):
        client = Client()
        client.force_login(account)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return enter
