"""Pages packed on their way out, for readers who take them packed."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from statements.models.permalinks import without_language

from .freshness import Answer

# The desk, and what somebody follows: pages with secrets beside what was asked for.
FOR_ONE = ("/admin/", "/follow/")
WORTH_PACKING = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml)\b|image/svg")


class _Packer(GZipMiddleware):
    max_random_bytes = 0  # what is public has nothing that its length could give away


def pack_pages(get_response: Answer) -> Answer:
    """Packs with gzip what anybody may see; within what keeps pages, so that each is packed once.

    What is for one reader goes as it is, since its length would tell of what is in it, and so does
    what is streamed, which must be seen to break off.
    """
    packer = _Packer(get_response)

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.streaming and _is_for_all(request) and _is_worth_it(response):
            packer.process_response(request, response)  # changes the response itself
        return response

    return answer


def _is_for_all(request: HttpRequest) -> bool:
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return not (is_signed_in or without_language(request.path).startswith(FOR_ONE))


def _is_worth_it(response: HttpResponse) -> bool:
    return bool(WORTH_PACKING.match(response.get("Content-Type", "")))
