"""What pictures and cards are made of: plain texts, set into boxes."""

from html import unescape
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

from statements.pictures.boxes import Box, box, legible

register = template.Library()

BASELINE = 0.98  # of the size: how far below the top of a line its letters stand


class Plain(Node):
    """What a part of a template says, as text without markup, in a variable."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context[self.name] = as_text(self.nodelist.render(context))
        return SafeString("")


@register.tag
def plain(parser: Parser, token: Token) -> Plain:
    """Keeps what stands up to `endplain` as text: `{% plain as title %}…{% endplain %}`."""
    match token.split_contents():
        case [_, "as", name]:
            nodelist = parser.parse(("endplain",))
            parser.delete_first_token()
            return Plain(nodelist, name)
    raise template.TemplateSyntaxError("plain needs a name: {% plain as title %}")


@register.simple_tag
def words_box(text: Any, wide: int, high: int, sizes: str, *, serif: bool = False) -> Box:
    """Sets words that somebody said into a box, the way they are written."""
    told = as_text(text) if isinstance(text, SafeString) else str(text)
    return box(told, wide=wide, high=high, sizes=_numbers(sizes), serif=serif)


@register.simple_tag
def text_box(text: Any, wide: int, high: int, sizes: str) -> Box:
    """Sets what the archive itself says into a box; `sizes` are tried in turn.

    Names for whose letters there are no fonts are told in Latin ones.
    """
    told = legible(as_text(text) if isinstance(text, SafeString) else str(text))
    is_turned = get_language_bidi()
    return box(told, wide=wide, high=high, sizes=_numbers(sizes), from_the_right=is_turned)


def _numbers(told: str) -> list[int]:
    return [int(number) for number in told.split()]


@register.simple_tag
def baseline(top: int, high: int, set_text: Box, number: int) -> int:
    """Where a line of a box stands, counted from 1; few lines stand in the middle of it."""
    room = high - len(set_text.lines) * set_text.leading
    return round(top + room / 2 + (number - 1) * set_text.leading + set_text.size * BASELINE)


def as_text(markup: str) -> str:
    """What markup says, in one line."""
    return " ".join(unescape(strip_tags(markup)).split())
