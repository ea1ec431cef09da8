"""The other languages that a page stands in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils import translation

register = template.Library()


@dataclass(frozen=True, slots=True)
class Version:
    """The same page in a language, which is called as its speakers call it."""

    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def versions(context: Context) -> list[Version]:
    """Lists the page in each language, with what was asked; nothing of a page that has but one."""
    request = context.get("request")
    return _versions(request, request.GET.urlencode()) if request else []


@register.simple_tag(takes_context=True)
def alternates(context: Context) -> list[Version]:
    """Lists the full addresses of the page in each language, as crawlers are to know it."""
    request = context.get("request")
    if not request:
        return []
    query = urlsplit(context.get("canonical") or "").query
    return [
        Version(each.code, each.name, request.build_absolute_uri(each.url), each.is_current)
        for each in _versions(request, query)
    ]


def _versions(request: HttpRequest, query: str) -> list[Version]:
    addresses = _addresses(request)
    spoken = translation.get_language()
    return [
        Version(
            code,
            translation.get_language_info(code)["name_local"],
            f"{address}?{query}" if query else address,
            code == spoken,
        )
        for code, address in addresses.items()
    ]


def _addresses(request: HttpRequest) -> dict[str, str]:
    """The address of the page in each language; none of what all languages share, or of a draft."""
    shown = request.resolver_match
    if shown is None or getattr(request, "is_preview", False):
        return {}
    addresses = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            addresses[code] = reverse(shown.view_name, args=shown.args, kwargs=shown.kwargs)
    return addresses if len(set(addresses.values())) > 1 else {}
