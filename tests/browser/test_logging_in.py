"""A curator sets up a second factor in the browser, and logs in with it."""

import re

import pytest
from playwright.sync_api import expect

from statements.models import LogIn
from tests.accounts.codes import code_at
from tests.factories import make_account

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PASSWORD = "a-long-secret-1"


@pytest.fixture
def desk(live_server, page, settings):
    settings.REQUIRE_TWO_FACTOR = True
    page.context.clear_cookies()
    make_account("curator", password=PASSWORD, is_superuser=True)
    yield f"{live_server.url}/admin/"
    page.context.clear_cookies()


def log_in(page, desk, path=""):
    page.goto(f"{desk}{path}")
    page.get_by_label("Username").fill("curator")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def set_up(page):
    """Does what an app does that reads the picture; returns the secret and the recovery codes."""
    secret = page.locator(".secret").inner_text().replace(" ", "")
    key = base16(secret)
    page.get_by_label("Code").fill(code_at(key))
    page.keyboard.press("Enter")
    codes = page.locator(".recovery-codes code")
    expect(codes).to_have_count(10)
    return key, codes.all_inner_texts()


def base16(secret):
    from base64 import b32decode

    return b32decode(secret).hex()


def test_from_the_password_to_the_desk_and_back(desk, page):
    log_in(page, desk, "statements/article/")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    picture = page.locator("img.qr")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 100")
    key, codes = set_up(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(re.compile(r"/admin/statements/article/$|/admin/$"))
    page.get_by_role("button", name="Log out").click()
    log_in(page, desk, "statements/article/")
    expect(page.get_by_label("Code")).to_be_focused()
    page.get_by_label("Code").fill(code_at(key, 30))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desk}statements/article/")
    page.get_by_role("button", name="Log out").click()
    log_in(page, desk)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("This recovery code is used up; 9 are left.")).to_be_visible()
    expect(page.get_by_text("Waiting for you")).to_be_visible()
    assert page.problems == []
    assert LogIn.objects.filter(result="recovered").exists()


def test_a_wrong_code_is_told_beside_the_field(desk, page):
    log_in(page, desk)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Set up", exact=True).click()
    expect(page.get_by_text("This code is not right.")).to_be_visible()
    assert page.problems == []


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(desk, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, desk)
    expect(page.locator("img.qr")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    set_up(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{desk}second-factor/mine/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
