"""Answers that are sent as they are made: whole, or visibly broken off."""

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Self

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from .answers import refusal

# Of the four threads of a web process: readers of pages keep the others, however slowly somebody
# takes an export.
N_AT_ONCE = 2
RETRY_AFTER = "30"

_places = BoundedSemaphore(N_AT_ONCE)


def streamed(request: HttpRequest, pieces: Iterator[bytes], content_type: str) -> HttpResponseBase:
    """Sends pieces as they come. The first is made before anything is sent.

    What goes wrong until then is answered as on any page. What goes wrong later breaks the answer
    off: of a chunked one the last chunk is never sent, which clients tell from an end.
    """
    if request.method == "HEAD":
        return StreamingHttpResponse(iter(()), content_type=content_type)
    if not _places.acquire(blocking=False):
        return _busy()
    held = _Held(pieces)
    try:
        held.begin()
    except BaseException:
        held.close()
        raise
    return StreamingHttpResponse(held, content_type=content_type)


def _busy() -> HttpResponse:
    message = _("Others are taking much away at this moment. Ask again in half a minute.")
    response = refusal(503, "busy", message)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


class _Held:
    """The pieces of an answer, and its place among those that are sent at once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.waiting: list[bytes] = []
        self.is_open = True

    def begin(self) -> None:
        self.waiting.extend(piece for piece in [next(self.pieces, b"")] if piece)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        return self.waiting.pop() if self.waiting else next(self.pieces)

    def close(self) -> None:
        """Ends the transaction and gives the place up; called at the end, however it comes."""
        if not self.is_open:
            return
        self.is_open = False
        try:
            close = getattr(self.pieces, "close", None)
            if close:
                close()
        finally:
            _places.release()

    def __del__(self) -> None:
        self.close()
