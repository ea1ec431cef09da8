"""The network by keys, pointer and finger."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

LIT = ".network__graph .is-lit"


def test_keys_walk_from_mark_to_mark_and_light_what_belongs_together(page, site):
    page.goto(f"{site}/network/")
    stop = page.locator('.network__node[tabindex="0"]')
    assert stop.count() == 1
    stop.focus()
    first = stop.locator("title").text_content()
    told = page.locator("[data-told]").first
    assert told.text_content() == first
    assert page.locator(f"{LIT} path").count() > 2
    page.keyboard.press("ArrowRight")
    assert told.text_content() not in ("", first)
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")  # beyond the last nothing comes
    page.keyboard.press("Home")
    assert told.text_content() == first
    page.keyboard.press("Tab")
    assert page.locator(LIT).count() == 0
    assert page.problems == []


def test_a_square_tells_its_number_and_leads_to_its_statements(page, site):
    page.goto(f"{site}/network/?who=officials")
    square = page.locator(".matrix rect").first
    square.hover()
    told = page.locator("[data-told]").last.text_content()
    assert told == square.locator("title").text_content()
    assert page.locator(".matrix text.is-lit").count() == 2
    square.click()
    page.wait_for_url("**/statements/?speaker=*&addressee=*")
    assert f"{told.split(': ')[1]} statement" in page.content()
    assert page.problems == []


def test_on_a_phone_the_graph_scrolls_within_its_box(page, site):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/network/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    box = "document.querySelector('.network__box')"
    assert page.evaluate(f"{box}.scrollWidth > {box}.clientWidth && {box}.scrollLeft > 0")
    assert page.problems == []
