"""Whoever is signed in is the author of what a request writes."""

from collections.abc import Callable, Mapping
from typing import Any

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


def explain(request: HttpRequest, told: Mapping[str, Any]) -> None:
    """Records the reasons that a form gives with what the request changes from now on."""
    author: Authorship | None = getattr(request, "authorship", None)
    if author:
        why, public_note = (told.get(name) or "" for name in ("why", "public_note"))
        author.explain(why=why, public_note=public_note)
