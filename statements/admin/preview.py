"""The public page of a statement that is not public: of a draft, and of a form not yet saved."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from statements.models import Statement

BUTTON = "_preview"


def is_asked(request: HttpRequest) -> bool:
    """Whether the button for a preview was pressed: nothing of this request is to be kept."""
    return BUTTON in request.POST


def preview(request: HttpRequest, statement: Statement) -> HttpResponse:
    """Answers with the very page that readers would get, marked as a preview and never stored."""
    url = statement.get_absolute_url()
    asked: Any = copy(request)
    asked.method, asked.path, asked.path_info = "GET", url, url
    asked.GET, asked.is_preview = QueryDict(), True
    match = resolve(url)
    response: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def preview_unsaved(request: HttpRequest, statement: Statement) -> HttpResponse:
    """Shows what was just written in this transaction, and takes all of it back."""
    response = preview(request, statement)
    transaction.set_rollback(True)
    return response


def refuse(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Says what keeps a form from being shown; the form itself is open in another tab."""
    forms = [
        context["adminform"].form,
        *(form for inline in context["inline_admin_formsets"] for form in inline.formset.forms),
    ]
    told = [fault for form in forms for fault in _faults(form)]
    for inline in context["inline_admin_formsets"]:
        told += [str(message) for message in inline.formset.non_form_errors()]
    named = {**context, "title": _("No preview yet"), "faults": list(dict.fromkeys(told))}
    return TemplateResponse(request, "admin/statements/statement/no_preview.html", named)


def _faults(form: Any) -> Iterable[str]:
    for name, messages in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for message in messages:
            yield f"{label}: {message}" if label else str(message)
