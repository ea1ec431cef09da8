"""A printed page can be cited: where it is, when it was read, and where its words come from."""

import pytest
from playwright.sync_api import expect

from statements.models import Article

KEY = "2024-01-19-jilani-amir-abdollahian"
AFTER = "link => getComputedStyle(link, '::after').content"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def paper(site, page):
    """A page as it is printed."""
    page.emulate_media(media="print", color_scheme="dark")

    def printed(path):
        page.goto(site + path)
        return page

    yield printed
    page.emulate_media(media="screen", color_scheme="light")


def test_a_statement_on_paper_can_be_cited(paper, site):
    Article.objects.update(url="https://example.org/report?page=1")
    page = paper(f"/statements/{KEY}/")
    expect(page.locator(".imprint")).to_contain_text(f"{site}/statements/{KEY}/. Read on ")
    link = page.locator(".report__links a").first
    assert link.evaluate(AFTER) == '": https://example.org/report?page=1"'
    for part in (".masthead__nav", ".search-box", ".foot__parts", ".breadcrumbs", ".copy-button"):
        assert [each for each in page.locator(part).all() if each.is_visible()] == [], part
    assert page.locator(".facts__files").is_hidden()


def test_what_a_ground_tells_is_drawn_since_grounds_are_not_printed(paper):
    mark = paper(f"/statements/{KEY}/").locator(".citation mark").first
    assert mark.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"


def test_charts_on_paper_have_the_colours_of_light_paper(paper, page):
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--side-a')"
    on_paper = paper("/about/").evaluate(colour)
    page.emulate_media(media="screen", color_scheme="light")
    assert page.evaluate(colour) == on_paper


def test_a_search_on_paper_says_what_was_asked(paper, site):
    page = paper("/statements/?from=pk&to=ir")
    expect(page.locator(".imprint")).to_contain_text("/statements/?from=pk&to=ir. Read on ")
    assert page.locator(".filters").is_hidden()


def test_paper_is_white_whatever_the_screen_is(paper):
    page = paper("/")
    colours = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(%s))"
    ink, ground = page.evaluate(colours % "document.documentElement")
    assert (ink, ground) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
