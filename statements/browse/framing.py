"""Which pages others may show in a frame of theirs: a statement's embed, and no other."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

EMBED = re.compile(r"^(?:/[a-z]{2,3}(?:-[a-z]+)?)?/statements/[-\w]+/embed/$")
Answer = Callable[[HttpRequest], HttpResponse]


def allow_framing(get_response: Answer) -> Answer:
    """Lets embeds be framed anywhere, also by an answer that nothing has changed.

    It stands outside of what answers 304 and within what sets the policy: the headers of a 304
    replace those that the browser keeps.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if EMBED.match(request.path):
            response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]
            response.headers.pop("X-Frame-Options", None)
        return response

    return answer
