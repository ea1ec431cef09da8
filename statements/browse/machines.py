"""What crawlers and browsers ask for by themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap_url = request.build_absolute_uri(reverse("sitemap"))
    context = {"sitemap_url": sitemap_url}
    return render(request, "browse/robots.txt", context, content_type="text/plain")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describes the search box, so that a browser can offer it."""
    return render(
        request,
        "browse/opensearch.xml",
        {
            "search_url": request.build_absolute_uri(reverse("search")),
            "suggest_url": request.build_absolute_uri(reverse("suggest")),
        },
        content_type="application/opensearchdescription+xml",
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Leads browsers that look at the old place on to the icon."""
    return redirect(static("favicon.svg"))
