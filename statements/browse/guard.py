"""Turns away what no page could answer, before anything else looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from . import errors

N_QUERY_BYTES = 8192
READING = ("GET", "HEAD", "OPTIONS")
WRITTEN_TO = "/admin/"
Answer = Callable[[HttpRequest], HttpResponse]


def refuse_malformed(get_response: Answer) -> Answer:
    """Refuses NUL (PostgreSQL holds none) with 400, too long a query with 414, writing with 405.

    Only curation is written to; elsewhere a form without its token would be told that it is old.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query.encode("utf-8", "surrogateescape")) > N_QUERY_BYTES:
            return errors.too_long(request)
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return errors.bad_request(request)
        if request.method not in READING and not request.path.startswith(WRITTEN_TO):
            return HttpResponseNotAllowed(READING)
        return get_response(request)

    return answer
