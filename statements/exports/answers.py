"""JSON answers, all of one shape when something is wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.utils.translation import gettext as _


def json_answer(told: Any, status: int = 200) -> JsonResponse:
    """JSON in UTF-8 as people write it, not escaped to ASCII."""
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def refusal(
    status: int, code: str, message: str, fields: dict[str, list[str]] | None = None
) -> JsonResponse:
    """The one shape of an error: a code for programs, a sentence for people, faults by field."""
    told = {"code": code, "message": message, "fields": fields or {}}
    return json_answer({"error": told}, status)


def invalid(fields: dict[str, list[str]]) -> JsonResponse:
    """Refuses parameters that mean nothing."""
    return refusal(400, "invalid_parameters", _("Some parameters mean nothing."), fields)


def led_on(request: HttpRequest, address: str) -> HttpResponsePermanentRedirect:
    """Leads to another address for good, with the parameters of this one."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def site_of(request: HttpRequest) -> Callable[[str], str]:
    """What makes a full address of a path: as `build_absolute_uri`, for thousands of them."""
    site = request.build_absolute_uri("/").rstrip("/")
    return lambda path: site + path


def answers_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Makes a view say in JSON, too, that there is nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return refusal(404, "not_found", _("There is nothing at this address."))

    return answer
