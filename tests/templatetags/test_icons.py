import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.template import TemplateSyntaxError

from statements.design import ICONS
from statements.templatetags.icons import icon

SVG = "{http://www.w3.org/2000/svg}"


def symbols():
    sprite = ET.parse(settings.BASE_DIR / "static" / "icons.svg").getroot()
    return {symbol.get("id"): symbol for symbol in sprite.iter(f"{SVG}symbol")}


def test_it_works():
    assert icon("search") == (
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="/static/icons.svg#search"/></svg>'
    )


def test_what_points_along_the_line_turns_with_it():
    assert 'class="icon icon--turns"' in icon("onward")


def test_the_sprite_holds_each_and_no_more():
    assert symbols().keys() == ICONS


def test_each_is_drawn_on_the_same_ground():
    assert {symbol.get("viewBox") for symbol in symbols().values()} == {"0 0 24 24"}


def test_a_sign_that_is_not_there_is_a_mistake():
    with pytest.raises(TemplateSyntaxError, match="no icon 'banner'"):
        icon("banner")
