"""Whoever is signed in is the author of what a request writes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from statements.models import Authorship, written_by

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


def name_author(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Names the curator in the history of all that a request changes."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or not request.user.is_authenticated:
            return get_response(request)
        who = request.user.get_username()
        with written_by(Authorship("person", who, request.user.pk)) as author:
            request.authorship = author  # type: ignore[attr-defined]
            return get_response(request)

    return answer
