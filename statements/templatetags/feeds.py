"""Where the feed of a page is."""

from django import template
from django.template.context import Context
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def feed_url(context: Context) -> str:
    """The page's address with another ending; of the front page, what was added last."""
    path = context["request"].path
    if path == reverse("home"):
        return f"{reverse('statements').rstrip('/')}.atom?sort=added"
    return f"{path.rstrip('/')}.atom"
