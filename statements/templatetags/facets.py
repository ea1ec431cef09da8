"""The choices of a facet, of which the panel of a search holds more than a hundred."""

from collections.abc import Sequence
from html import escape
from typing import Protocol
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString

register = template.Library()

CHOICE = (
    '<li><a class="facet__choice" id="choice-%s-%s" href="%s"%s>'
    '<span class="facet__value"><bdi>%s</bdi></span> <span class="facet__n">%d</span></a></li>'
)
CURRENT = ' aria-current="true"'


class Choice(Protocol):
    """A value that a reader may choose or drop."""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def n(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def is_selected(self) -> bool: ...


@register.filter
def set_choices(choices: Sequence[Choice], facet: str) -> SafeString:
    """Sets choices as links, each with its count."""
    return SafeString(
        "".join(
            CHOICE
            % (
                facet,
                quote(choice.value, safe=""),
                escape(choice.url),
                CURRENT if choice.is_selected else "",
                escape(choice.label),
                choice.n,
            )
            for choice in choices
        )
    )
