"""Where no script runs, no page has a control that does nothing."""

import pytest
from django.conf import settings
from django.core.management import call_command
from lxml import html

from tests.browse.test_weight import PAGES

DEMONSTRATION = settings.BASE_DIR / "statements" / "archives" / "demonstration.jsonl"
SUBMIT = ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"
FIELDS = "//input[not(@type='hidden')] | //select | //textarea"
# What only scripts give a meaning to, and what a link without an address would be.
ONLY_SCRIPTED = """
    //button[@type='button'] | //button[not(ancestor::form)] | //*[@onclick]
    | //*[@role='combobox' or @role='listbox' or @role='button']
    | //a[not(@href) or @href='#' or starts-with(@href, 'javascript:')]
"""

pytestmark = pytest.mark.django_db


def is_shown(element):
    return not any("hidden" in part.attrib for part in (element, *element.iterancestors()))


def dead(page):
    """What can be pressed or filled in on a page and leads nowhere."""
    forms = [form for form in page.iter("form") if not form.xpath(SUBMIT)]
    alone = [
        field
        for field in page.xpath(FIELDS)
        if next(field.iterancestors("form"), None) is None and "readonly" not in field.attrib
    ]
    found = [*forms, *alone, *page.xpath(ONLY_SCRIPTED)]
    return [html.tostring(element)[:200] for element in found if is_shown(element)]


def led_nowhere(page):
    """Links within a page to a part that it does not have."""
    parts = set(page.xpath("//@id"))
    return [link for link in page.xpath("//a/@href") if link[0] == "#" and link[1:] not in parts]


def test_no_control_is_dead_without_scripts(client):
    call_command("import_archive", str(DEMONSTRATION), verbosity=0)
    pages = {path: html.fromstring(client.get(path).content) for path in PAGES}
    assert {path: found for path, page in pages.items() if (found := dead(page))} == {}
    assert {path: found for path, page in pages.items() if (found := led_nowhere(page))} == {}


@pytest.mark.parametrize(
    "markup",
    [
        "<form><input name='q'></form>",
        "<form><button type='button'>Copy</button><button>Show</button></form>",
        "<p><button>Show</button></p>",
        "<p><select></select></p>",
        "<p><a href='#'>More</a></p>",
        "<p><a>More</a></p>",
    ],
    ids=["no-submit", "scripted-button", "no-form", "field-alone", "no-address", "no-link"],
)
def test_a_dead_control_is_found(markup):
    assert dead(html.fromstring(f"<main>{markup}</main>"))


def test_a_control_that_a_script_would_show_is_not_dead():
    assert dead(html.fromstring("<main><button type='button' hidden>Copy</button></main>")) == []
