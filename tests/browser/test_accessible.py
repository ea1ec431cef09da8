"""What axe-core finds on the pages, and what keys alone can do."""

from importlib import resources

import pytest
from playwright.sync_api import expect

KEY = "2024-01-19-jilani-amir-abdollahian"
DESIGN = "/about/design/"  # the page of all components
MOST_READ = (
    DESIGN,
    "/",
    "/statements/?from=pk&to=ir",
    f"/statements/{KEY}/",
    "/officials/jalil-abbas-jilani/",
)
OTHERS = (
    "/statements/?since=2023-02-29&channel=fax",
    "/statements/?q=zzzz",
    f"/statements/{KEY}/history/",
    f"/statements/{KEY}/embed/",
    "/officials/?q=zzzz",
    "/countries/",
    "/countries/pk/",
    "/organizations/",
    "/organizations/foreign-office-pakistan/",
    "/posts/foreign-minister-of-pakistan/?on=2024",
    "/outlets/ndtv/",
    "/articles/",
    "/articles/reconstruction-pakistan-and-iran-after-the-strikes/",
    "/events/",
    "/events/jilani-amir-abdollahian-call-2024-01/",
    "/topics/de-escalation/",
    "/between/pk/ir/",
    "/between/pk/ir/?since=2023-02-29",
    "/network/",
    "/network/?who=officials",
    "/between/officials/jalil-abbas-jilani/hossein-amir-abdollahian/",
    "/map/",
    "/calendar/2024/",
    "/calendar/2024-01/",
    "/countries/pk/2024/",
    "/on-this-day/01-19/",
    "/follow/?from=pk",
    "/search/?q=mousavi",
    "/about/",
    "/about/data/",
    "/api/v1/docs/",
    "/nowhere/",
)
# Words that are marked, chosen, compared, drawn and entered.
TELLING_BY_COLOUR = (
    "/statements/?q=mousavi&from=ir",
    f"/statements/{KEY}/",
    "/between/pk/ir/?tone=plover",
    "/calendar/2024/",
    "/statements/?since=2023-02-29",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS_AND_SIZES = {"type": "rule", "values": ["color-contrast", "target-size"]}
LOOK = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  .then(found => found.violations.flatMap(
    ({id, nodes}) => nodes.map(node => `${id}: ${node.html.slice(0, 200)}`)))"""
UNFOLD = "() => document.querySelectorAll('details').forEach(part => part.open = true)"
# Whatever reaches over the edge of the page, or is cut off by it.
OVER_THE_EDGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The focused element, what shows that it is, and whether it can be seen.
TABBABLE = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(({type, tabIndex}) => type !== "hidden" && tabIndex >= 0)
  .filter(element => element.checkVisibility()).length"""
FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const {outlineStyle, outlineWidth} = getComputedStyle(element);
  return {
    tag: element.tagName, told: element.innerText || element.name || "",
    isRinged: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    isSeen: box.width > 1 && box.height > 1 && box.left > -1 && box.right < innerWidth + 1,
  };
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def look(site, page, settings):
    """What axe finds on a page, with everything unfolded that can be."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")

    def found(path, rules=RULES):
        settings.DEBUG = path == DESIGN
        page.goto(site + path)
        page.evaluate(UNFOLD)
        page.evaluate(script)
        return page.evaluate(LOOK, rules)

    yield found
    page.emulate_media(color_scheme="light", forced_colors="none")


def test_axe_finds_nothing_where_readers_are_most(look):
    assert {path: faults for path in MOST_READ if (faults := look(path))} == {}


@pytest.mark.slow
def test_axe_finds_nothing_anywhere(look, page):
    assert {path: faults for path in OTHERS if (faults := look(path))} == {}
    page.emulate_media(color_scheme="dark")
    assert {path: faults for path in (*MOST_READ, *OTHERS) if (faults := look(path))} == {}


def test_words_can_be_read_in_the_colours_that_a_reader_set(look, page):
    page.emulate_media(color_scheme="dark", forced_colors="active")
    found = {path: look(path, COLOURS_AND_SIZES) for path in TELLING_BY_COLOUR}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.slow
def test_axe_finds_nothing_in_the_colours_that_a_reader_set(look, page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, forced_colors="active")
        found = {path: look(path, COLOURS_AND_SIZES) for path in (*MOST_READ, *OTHERS)}
        assert {path: faults for path, faults in found.items() if faults} == {}


def test_a_phone_in_the_dark_holds_every_component(look, page):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    assert look(DESIGN, COLOURS_AND_SIZES) == []
    assert page.evaluate(OVER_THE_EDGE) <= 0


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 768, 1280, 2560])
def test_no_page_is_wider_than_its_window(settings, page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    too_wide = []
    for path in (*MOST_READ, *OTHERS):
        settings.DEBUG = path == DESIGN
        page.goto(site + path)
        for direction in ("ltr", "rtl"):
            page.evaluate("way => { document.documentElement.dir = way }", direction)
            page.evaluate(UNFOLD)
            if page.evaluate(OVER_THE_EDGE) > 0:
                too_wide.append((path, direction))
    assert too_wide == []


@pytest.mark.parametrize("path", ["/", "/statements/?from=pk", f"/statements/{KEY}/"])
def test_keys_alone_reach_everything_and_show_where_they_are(site, page, path):
    page.goto(site + path)
    met = []
    for _ in range(400):
        page.keyboard.press("Tab")
        met.append(page.evaluate(FOCUSED))
        if met[-1]["tag"] == "BODY":
            met.pop()
            break
    assert met[0]["told"] == "Skip to the content"
    assert [element for element in met if not (element["isRinged"] and element["isSeen"])] == []
    assert len(met) == page.evaluate(TABBABLE)


def test_a_list_is_narrowed_and_widened_with_keys(site, page):
    page.goto(site + "/statements/")
    page.locator(".facet__choice", has_text="Letter").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(1)
    page.locator(".take-away > summary").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("link", name="XLSX")).to_be_visible()
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)


def test_a_target_is_large_enough_for_a_finger(site, page, settings):
    settings.DEBUG = True
    page.goto(site + DESIGN)
    page.set_viewport_size({"width": 360, "height": 800})
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
        .filter(element => element.checkVisibility() && !element.closest("svg, .visually-hidden"))
        .filter(element => getComputedStyle(element).display !== "inline")
        .filter(element => element.getBoundingClientRect().height < 24)
        .map(element => element.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_nothing_moves_for_those_who_want_nothing_to_move(site, page):
    page.goto(site + "/")
    moving = """[...document.querySelectorAll("*")].filter(element => getComputedStyle(element)
      .transitionDuration.split(", ").some(told => told !== "0s")).length"""
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
