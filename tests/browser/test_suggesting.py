"""The search box suggests names, and is a plain search box where there is no script."""

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

HOSTILE = '<img src=x onerror="document.title=1">'


@pytest.fixture
def box(site, page):
    page.goto(site + "/")
    yield page.get_by_role("combobox")
    assert page.problems == []


def options(page):
    return page.get_by_role("listbox").get_by_role("option")


def suggestion(name, url="/about/"):
    return {"kind": "topic", "name": name, "detail": "", "url": url}


def answer(route, *suggestions):
    route.fulfill(json={"suggestions": list(suggestions)})


def asked(route):
    return route.request.url.partition("q=")[2]


def test_an_official_is_opened_by_keys(box, page):
    box.press_sequentially("mousavi")
    option = options(page).filter(has_text="Seyed Rasoul Mousavi")
    expect(option).to_contain_text("Official")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-box [role=status]")).to_contain_text("Suggestions: ")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert page.get_by_role("listbox").get_attribute("id") == box.get_attribute("aria-controls")
    page.keyboard.press("Enter")
    page.wait_for_url("**/officials/*/")
    expect(page.locator("h1")).to_contain_text("Seyed Rasoul Mousavi")


def test_the_box_of_every_page_suggests_to_the_pointer(site, page):
    page.goto(site + "/about/")
    page.get_by_role("combobox").press_sequentially("mousavi")
    options(page).filter(has_text="Seyed Rasoul Mousavi").click()
    page.wait_for_url("**/officials/*/")
    assert page.problems == []


def test_enter_without_a_choice_searches(box, page):
    box.press_sequentially("mousavi")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=mousavi")


def test_arrows_go_round_by_way_of_the_box(box, page):
    page.route("**/search/suggest*", lambda route: answer(route, *map(suggestion, "ab")))
    box.press_sequentially("xx")
    expect(options(page)).to_have_count(2)
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")


def test_escape_closes_and_keeps_the_words(box, page):
    box.press_sequentially("mousavi")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("mousavi")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_one_letter_and_unknown_words_show_nothing(box, page):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    box.press_sequentially("m")
    page.wait_for_timeout(400)
    assert requests == []
    with page.expect_response("**/search/suggest*"):
        box.fill("zzqqzz")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_slow_answer_never_covers_a_later_one(box, page):
    held = []
    page.route(
        "**/search/suggest*",
        lambda route: (
            held.append(route) if asked(route) == "first" else answer(route, suggestion("Later"))
        ),
    )
    with page.expect_request("**/search/suggest*"):
        box.fill("first")
    box.fill("second")
    expect(options(page)).to_have_text(["Later Topic "])
    answer(held[0], suggestion("Earlier"))
    page.wait_for_timeout(200)
    expect(options(page)).to_have_text(["Later Topic "])


def test_what_is_typed_after_an_answer_chooses_nothing(box, page):
    box.press_sequentially("mous")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("avi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=mousavi")


def test_markup_in_a_name_stays_text(box, page):
    page.route("**/search/suggest*", lambda route: answer(route, suggestion(HOSTILE)))
    box.press_sequentially("xx")
    expect(options(page).first).to_contain_text(HOSTILE)
    assert page.locator(".suggestions img").count() == 0


def test_a_failing_archive_leaves_a_search_box(site, page):
    page.goto(site + "/")
    page.route("**/search/suggest*", lambda route: route.fulfill(status=500, body="{"))
    box = page.get_by_role("combobox")
    with page.expect_response("**/search/suggest*"):
        box.fill("mousavi")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/search/?q=mousavi")


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_list_keeps_to_the_box_on_a_phone(box, page, direction):
    page.set_viewport_size({"width": 320, "height": 700})
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    long = suggestion("Abcdefghijklmnopqrstuvwxyz" * 4)
    page.route(
        "**/search/suggest*", lambda route: answer(route, long, suggestion("امیرعبداللهیان"))
    )
    box.press_sequentially("xx")
    expect(options(page)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    form, listed = (
        page.locator(selector).bounding_box() for selector in (".search-box", ".suggestions")
    )
    assert (listed["x"], listed["width"]) == (form["x"], form["width"])


def test_without_scripts_the_box_is_a_search_box(site, chromium):
    context = chromium.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_role("searchbox").fill("mousavi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=mousavi")
    page.get_by_role("link", name="Seyed Rasoul Mousavi").first.click()
    page.wait_for_url("**/officials/*/")
    context.close()
