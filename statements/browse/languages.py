"""The language of a page, which its address alone decides: the same address, the same page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from statements.models.permalinks import language_of

Answer = Callable[[HttpRequest], HttpResponse]


def speak(get_response: Answer) -> Answer:
    """Speaks the language of the address while a request is answered, and says which in a header.

    Neither cookies nor `Accept-Language` count, so that anyone may keep a page for everyone.
    What is streamed after the answer is given is for programs, which are told in English.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response

    return answer
