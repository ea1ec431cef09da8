"""Conditional answers: what has not changed is not made again."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from statements.models import current_revision

# Curation is for one person's eyes, static files have their own headers, and whoever asks for
# health wants to know now.
NOT_SHARED = ("/admin/", "/static/", "/healthz", "/readyz")
Answer = Callable[[HttpRequest], HttpResponse]


def answer_if_changed(get_response: Answer) -> Answer:
    """Answers 304 where the reader has the page of this revision, before anything is looked up.

    The entity tag is of the archive's revision, the release, the language and the day (pages say
    what happened on this day). Whoever is signed in is always answered in full.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if not _is_shared(request):
            return get_response(request)
        etag = _etag()
        known = get_conditional_response(request, etag=etag)
        response = known if known is not None else get_response(request)
        if response.status_code in (200, 304) and not response.cookies:
            response["ETag"] = etag
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    return answer


def _is_shared(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith(NOT_SHARED)
    )


def _etag() -> str:
    day = datetime.now(UTC).date()
    number = current_revision().number
    return f'W/"{number}-{settings.RELEASE}-{get_language()}-{day}"'
