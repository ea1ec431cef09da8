"""Pages for what went wrong; none of them needs the database."""

import sys
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from .narrowing import narrowings

# PostgreSQL's classes of errors that pass: connection, resources, operator's intervention,
# rolled back, not in the prerequisite state (docs: appendix A, error codes).
PASSING = ("08", "40", "53", "55", "57")
READ_ONLY = "25006"
TOO_LONG_AT_WORK = "57014"  # the statement timeout struck
RETRY_AFTER = "30"
FOR_PROGRAMS = (".json", ".jsonl", ".csv", ".xlsx", ".atom", ".bib", ".ris", "/oembed")


@dataclass(frozen=True)
class Fault:
    """What is told of a fault: the status, and a code for programs."""

    status: int
    code: str
    message: str


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, Fault(400, "bad_request", _("The request cannot be understood.")))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, Fault(403, "forbidden", _("This is not for everyone.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Tells of a form that came without its token: an old page, or one that is not ours."""
    return answer(request, Fault(403, "csrf", _("The form was too old to be taken.")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, Fault(404, "not_found", _("There is nothing at this address.")))


def too_long(request: HttpRequest) -> HttpResponse:
    return answer(request, Fault(414, "too_long", _("The address is too long.")))


def server_error(request: HttpRequest) -> HttpResponse:
    """Tells of a fault of ours, of too wide a question, or that the database is away."""
    error = sys.exc_info()[1]
    if sqlstate(error) == TOO_LONG_AT_WORK and not request.path.startswith("/admin/"):
        response = too_wide(request)
    elif is_passing(error):
        response = answer(
            request, Fault(503, "unavailable", _("The archive is away for a moment."))
        )
        response["Retry-After"] = RETRY_AFTER
    else:
        response = answer(request, Fault(500, "server_error", _("Something went wrong here.")))
    response["Cache-Control"] = "no-store"
    return response


def too_wide(request: HttpRequest) -> HttpResponse:
    """Tells of a question that took too long, and what to ask instead.

    To ask the same again would be as long, so no header says when.
    """
    fault = Fault(503, "too_wide", _("This question is too wide to be answered in time."))
    if asks_for_json(request):
        return answer(request, fault)
    context = {"message": fault.message, "narrowings": narrowings(request)}
    return HttpResponse(_page(fault, "browse/too_wide.html", context), status=fault.status)


def sqlstate(error: BaseException | None) -> str | None:
    """PostgreSQL's code for an error of the database, none if it did not come that far."""
    if not isinstance(error, DatabaseError):
        return None
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state


def is_passing(error: BaseException | None) -> bool:
    """Whether the database is away, busy or read-only, so that it is worth asking again."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, DatabaseError):
        return False
    state = sqlstate(error)
    if state is None:
        return type(error).__name__ == "OperationalError"
    return state[:2] in PASSING or state == READ_ONLY


def answer(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Tells of the fault as a page, or as JSON where JSON was asked for."""
    if asks_for_json(request):
        told = {"code": fault.code, "message": fault.message, "fields": {}}
        return JsonResponse({"error": told}, status=fault.status)
    page = _page(fault, f"{fault.status}.html", {"message": fault.message})
    return HttpResponse(page, status=fault.status)


def asks_for_json(request: HttpRequest) -> bool:
    """Whether a program asks: in whatever format, it is told of faults in JSON."""
    return request.path.endswith(FOR_PROGRAMS) or request.path.startswith("/api/")


def _page(fault: Fault, template: str, context: dict[str, Any]) -> str:
    """Renders the fault's page without request or context, which might ask the database."""
    try:
        return render_to_string(template, context)
    except (TemplateDoesNotExist, TemplateSyntaxError, NoReverseMatch, ValueError):
        # A style sheet that was not collected must not hide what went wrong.
        return f"<!doctype html><title>{fault.status}</title><h1>{fault.status}</h1>"
