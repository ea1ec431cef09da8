"""Where the feed of a page is."""

from django import template
from django.template.context import Context
from django.urls import reverse

from statements.models.permalinks import in_format

register = template.Library()

register.filter("in_format", in_format)


@register.simple_tag(takes_context=True)
def feed_url(context: Context) -> str:
    """The page's address with another ending; of the front page, what was added last."""
    path = context["request"].path
    if path == reverse("home"):
        return f"{in_format(reverse('statements'), 'atom')}?sort=added"
    return in_format(path, "atom")
