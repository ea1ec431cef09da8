"""References are copied with keys alone, and sources open at the words."""

import pytest
from playwright.sync_api import expect

from statements.formats.text_fragment import at_the_words
from tests.factories import make_official, make_statement

KEY = "2024-01-19-jilani-amir-abdollahian"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def clipboard(page, site):
    """What the clipboard holds, in a type."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)

    def read(content_type="text/plain"):
        return page.evaluate(
            """async (type) => {
                const [item] = await navigator.clipboard.read();
                return (await item.getType(type)).text();
            }""",
            content_type,
        )

    yield read
    page.context.clear_permissions()


def test_a_reference_is_copied_with_keys_and_said_to_be(site, page, clipboard):
    page.goto(f"{site}/statements/{KEY}/")
    page.get_by_role("button", name="Copy the sentence for a news story").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Copy the reference in APA")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_text(
        "Copied: the reference in APA."
    )
    expect(page.get_by_role("button", name="Copy the reference in APA")).to_be_focused()
    shown = page.locator("#cite-1").inner_text()
    assert clipboard() == shown
    assert shown.startswith("Jilani, J. A. (2024, January 19).")
    assert "<i>" in clipboard("text/html")
    assert page.problems == []


def test_the_sentence_and_the_code_are_copied(site, page, clipboard):
    page.goto(f"{site}/statements/{KEY}/")
    page.get_by_role("button", name="Copy the sentence for a news story").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
    assert clipboard() == page.locator("#cite-story").inner_text()
    page.get_by_text("Show it on your own page").click()
    page.get_by_role("button", name="Copy the code of the frame").click()
    expect(page.get_by_role("status").filter(has_text="the code of the frame")).to_be_attached()
    assert clipboard() == page.locator("#embed-code").input_value()
    assert page.problems == []


def test_where_the_clipboard_is_refused_the_text_is_selected(site, page):
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
        "document.execCommand = () => false;"
    )
    page.goto(f"{site}/statements/{KEY}/")
    page.get_by_role("button", name="Copy the reference in MLA").click()
    expect(page.get_by_role("status").filter(has_text="selected")).to_be_attached()
    selected = page.evaluate("getSelection().toString()")
    assert selected.strip() == page.locator("#cite-3").inner_text()


def test_without_a_script_there_is_text_and_no_button(site, page):
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{site}/statements/{KEY}/")
    expect(page.locator("#cite-1")).to_be_visible()
    expect(page.locator("button[data-copies]")).to_have_count(6)
    expect(page.locator("button[data-copies]").first).to_be_hidden()


def test_a_long_reference_fits_a_phone(site, page):
    page.set_viewport_size({"width": 320, "height": 700})
    statement = make_statement("x" * 400, speaker=make_official("A" * 200))
    page.goto(f"{site}/statements/{statement.key}/")
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert width <= 320


@pytest.mark.parametrize(
    ("words", "prefix", "suffix"),
    [
        ("we want well-kept calm", "Iran: “", "”, he"),
        ("We want calm, & trade; that is what we came for, and nothing besides at all.", "", ""),
        ("صلح می‌خواهیم", "گفت: «", "»."),
    ],
)  # fmt: skip
def test_a_browser_opens_a_source_at_the_words(page, words, prefix, suffix):
    filler = "<p>Nothing here.</p>" * 200
    others = f"<p>Pakistan: “{words}”, she said.</p>" if prefix else ""
    html = (
        f"<!doctype html><meta charset=utf-8>{others}{filler}"
        f"<p id=words>He of {prefix}{words.replace('&', '&amp;')}{suffix} said.</p>{filler}"
    )
    page.route("**/report", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(at_the_words("http://127.0.0.1:9/report", words, prefix=prefix, suffix=suffix))
    expect(page.locator("#words")).to_be_in_viewport()
