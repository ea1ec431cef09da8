"""Two curators on one statement, its history, and what readers see of it."""

import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from statements.models import Official, Statement
from tests.admin.forms import fields_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

KEY = "2024-01-19-jilani-amir-abdollahian"
IS_LAID_OUT = """
document.readyState == "complete" && new Promise((done) => requestAnimationFrame(() => done(true)))
"""
TOO_WIDE = """
document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth)
    .map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`)
"""
# A folder for pictures of the pages, for whoever wants to look at them.
PICTURES = os.environ.get("PICTURES")


def picture(page, name):
    """Looks whether a page holds together on a phone and on a desk, in the light and the dark."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            if PICTURES:
                file = Path(PICTURES) / f"{name}-{width}-{scheme}.png"
                page.screenshot(path=file, full_page=True)
            page.wait_for_function(IS_LAID_OUT)
            assert page.evaluate(TOO_WIDE) == [], (name, width)
    page.emulate_media(color_scheme="light")


@pytest.fixture
def second(log_in, page, django_user_model):
    """A curator at the form of a statement, in a browser."""
    log_in(django_user_model.objects.create_superuser("second"))
    return page


@pytest.fixture
def first(site, django_user_model):
    """Another one, who is quicker."""
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("first", password="x-1"))
    return client


def test_the_second_decides_and_readers_see_what_was_corrected(site, first, second):
    page, statement = second, Statement.objects.get(key=KEY)
    address = reverse("admin:statements_statement_change", args=[statement.pk])
    other = Official.objects.get(slug="hakan-fidan").pk
    opened = fields_of(first.get(address).content.decode())
    page.goto(site + address)
    assert first.post(
        address,
        {**opened, "text": "Theirs: readiness to work together.", "note": "A note of theirs.",
         "why": "The report was read again.", "parties-1-official": other, "_save": "1"},
    ).status_code == 302  # fmt: skip
    page.locator("#id_text").fill("Mine: readiness to work with Iran.")
    page.locator("#id_platform").fill("")
    page.locator("#id_public_note").fill("The words were not those of the report.")
    page.get_by_role("button", name="Save", exact=True).click()
    collision = page.get_by_role("region", name="Somebody else saved this")
    expect(collision.get_by_role("heading").first).to_be_focused()
    expect(page.get_by_text("Please correct the error below")).to_be_hidden()
    expect(collision).to_be_visible()
    assert "The report was read again." in collision.inner_text()
    picture(page, "collision")
    collision.get_by_label("As it was").last.check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/statement/")
    statement.refresh_from_db()
    assert statement.text == "Mine: readiness to work with Iran."
    assert statement.note == "A note of theirs."

    page.goto(site + reverse("admin:statements_statement_history", args=[statement.pk]))
    picture(page, "history")
    page.get_by_role("link", name="Restore…").nth(1).click()
    picture(page, "restore")
    page.get_by_role("button", name="Restore this version").click()
    page.goto(site + statement.get_absolute_url())
    picture(page, "statement")
    page.get_by_role("link", name="what was changed").click()
    assert "The words were not those of the report." in page.content()
    picture(page, "corrections")
    assert page.problems == []
