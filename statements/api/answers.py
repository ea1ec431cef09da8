"""Answers in JSON, and the one shape of an error."""

from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext as _


class Refused(Exception):
    """A request that is not answered: a status, a code for programs, a sentence for people."""

    def __init__(
        self, status: int, code: str, message: str, fields: dict[str, list[str]] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.fields = status, code, message, fields or {}


def json_answer(told: Any, status: int = 200) -> JsonResponse:
    """JSON in UTF-8 as people write it, not escaped to ASCII."""
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def refusal(refused: Refused) -> JsonResponse:
    told = {"code": refused.code, "message": refused.message, "fields": refused.fields}
    return json_answer({"error": told}, refused.status)


def invalid(fields: dict[str, list[str]]) -> Refused:
    """Parameters that mean nothing, each with what is wrong."""
    return Refused(400, "invalid_parameters", _("Some parameters mean nothing."), fields)


def nothing_here() -> Refused:
    return Refused(404, "not_found", _("There is nothing at this address."))
