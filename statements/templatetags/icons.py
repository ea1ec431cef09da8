"""The signs of the sprite, drawn beside words that say the same."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from statements.design import ICONS, TURNED

register = template.Library()

SPRITE = "icons.svg"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draws a sign that nobody hears: the words beside it say what it means."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"There is no icon {name!r} in the sprite.")
    turns = " icon--turns" if name in TURNED else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        turns,
        static(SPRITE),
        name,
    )
