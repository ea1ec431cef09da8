"""What crawlers and browsers ask for by themselves."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap_url = request.build_absolute_uri(reverse("sitemap"))
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    context = {"sitemap_url": sitemap_url, "prefixes": ["", *(f"/{code}" for code in others)]}
    return render(request, "browse/robots.txt", context, content_type="text/plain")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describes the search box, so that a browser can offer it."""
    absolute = request.build_absolute_uri
    return render(
        request,
        "browse/opensearch.xml",
        {
            "self_url": absolute(request.path),
            "search_url": absolute(reverse("search")),
            "completions_url": absolute(reverse("completions")),
            "feed_url": f"{absolute(reverse('statements')).rstrip('/')}.atom",
            "icon_url": absolute(static("favicon.svg")),
        },
        content_type="application/opensearchdescription+xml",
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Leads browsers that look at the old place on to the icon."""
    return redirect(static("favicon.svg"))
