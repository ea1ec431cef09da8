"""Descriptions for programs, set into pages so that no text in them can end the script."""

import json
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

SCRIPT = '<script type="application/ld+json">%s</script>'
# What could end a script or open a comment in it, as JSON writes it too; and the two ends of a
# line that older readers of scripts stumble over. HTML Standard, "Restrictions for contents of
# script elements".
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@register.simple_tag
def linked_data(described: dict[str, Any]) -> SafeString:
    """Sets a description as JSON-LD; a script of this type is never run."""
    told = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    return SafeString(SCRIPT % told.translate(ESCAPES))


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: Context, section: str, section_url: str, here: str) -> SafeString:
    """Describes the way to a page, as the breadcrumbs on it show it; nothing without a request."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    steps = [
        (gettext("Home"), reverse("home")),
        (str(section), section_url),
        (str(here), request.path),
    ]
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": request.build_absolute_uri(path),
        }
        for position, (name, path) in enumerate(steps, 1)
    ]
    return linked_data(
        {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
    )
