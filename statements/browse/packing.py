"""Pages packed on their way out, for readers who take them packed."""

import re

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from .freshness import Answer, is_shared

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
        kind = response.get("Content-Type", "")
        if response.streaming or not is_shared(request) or not WORTH_PACKING.match(kind):
            return response
        packed: HttpResponse = packer.process_response(request, response)
        return packed

    return answer
