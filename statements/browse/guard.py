"""Turns away what no page could answer, before anything else looks at it."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from . import errors

N_QUERY_BYTES = 8192
READING = ("GET", "HEAD", "OPTIONS")
# Curation, and the pages of those who follow; in any language of the interface.
WRITTEN_TO = re.compile(r"^/admin/|^(?:/[a-z]{2,3}(?:-[a-z]+)?)?/follow/")
Answer = Callable[[HttpRequest], HttpResponse]


def refuse_malformed(get_response: Answer) -> Answer:
    """Refuses NUL (PostgreSQL holds none) with 400, too long a query with 414, writing with 405.

    Elsewhere a form without its token would be told that it is old.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query.encode("utf-8", "surrogateescape")) > N_QUERY_BYTES:
            return errors.too_long(request)
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return errors.bad_request(request)
        if request.method not in READING and not WRITTEN_TO.match(request.path):
            return HttpResponseNotAllowed(READING)
        return get_response(request)

    return answer
