"""What every request to the API passes: who may ask, how, and how often.

It stands before whatever answers without looking further: a page that was kept for others and an
answer that nothing has changed are counted like any other.
"""

import math
from collections.abc import Callable

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from statements.accounts.allowances import Limit, Taken, take
from statements.accounts.origin import address_of, neighbourhood

from .answers import Refused, refusal

PLACE = "/api/"
READING = "GET, HEAD, OPTIONS"
SECONDS = 60
ANYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT = {
    "Allow": READING,
    "Access-Control-Allow-Methods": READING,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
Answer = Callable[[HttpRequest], HttpResponse]


def keep_gate(get_response: Answer) -> Answer:
    """Lets any site read the API, nobody write, and no address ask too often."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PLACE):
            return get_response(request)
        return _with(_answer(request, get_response), ANYONE)

    return answer


def _answer(request: HttpRequest, get_response: Answer) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=PREFLIGHT)
    if request.method not in ("GET", "HEAD"):
        refused = Refused(405, "method_not_allowed", _("The API is for reading: use GET."))
        return _with(refusal(refused), {"Allow": READING})
    limit = Limit("api", settings.API_REQUESTS_PER_MINUTE, SECONDS)
    taken = _taken(request, limit) if limit.n else None
    if taken is None:
        return _read(request, get_response)
    if taken.seconds_to_wait:
        return _with(_too_many(taken), _told(limit, taken))
    return _with(_read(request, get_response), _told(limit, taken))


def _with(response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    for name, value in headers.items():
        response[name] = value
    return response


def _read(request: HttpRequest, get_response: Answer) -> HttpResponse:
    """Answers HEAD as GET; servers leave the body out."""
    method, request.method = request.method, "GET"
    try:
        return get_response(request)
    finally:
        request.method = method


def _taken(request: HttpRequest, limit: Limit) -> Taken | None:
    """What is left to an address; None while the database takes nothing in, as reading goes on."""
    try:
        return take(limit, neighbourhood(address_of(request)))
    except Error:
        return None


def _too_many(taken: Taken) -> HttpResponse:
    message = _("Too many requests from this address. Ask again in %(n)d seconds.")
    told = Refused(429, "too_many_requests", message % {"n": taken.seconds_to_wait})
    headers = {"Retry-After": str(taken.seconds_to_wait), "Cache-Control": "no-store"}
    return _with(refusal(told), headers)


def _told(limit: Limit, taken: Taken) -> dict[str, str]:
    """The limit and what is left of it, as draft-ietf-httpapi-ratelimit-headers-10 has them.

    `t` are the seconds until all of it is there again.
    """
    until_full = math.ceil((limit.n - taken.n_left) * limit.per / limit.n)
    return {
        "RateLimit-Policy": f'"api";q={limit.n};w={limit.per}',
        "RateLimit": f'"api";r={taken.n_left};t={until_full}',
    }
