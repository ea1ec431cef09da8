"""Turns away what no page could answer, before anything else looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import errors

N_QUERY_BYTES = 8192
Answer = Callable[[HttpRequest], HttpResponse]


def refuse_malformed(get_response: Answer) -> Answer:
    """Refuses NUL (PostgreSQL holds none) with 400, and too long a query with 414."""

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query.encode("utf-8", "surrogateescape")) > N_QUERY_BYTES:
            return errors.too_long(request)
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return errors.bad_request(request)
        return get_response(request)

    return answer
