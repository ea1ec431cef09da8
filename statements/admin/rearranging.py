"""Acts that are shown first: the plan, the agreement, and the way back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from statements.curation import RefusedError
from statements.curation.rearranging import Plan, refusals
from statements.models import Rearrangement

from .desk import DeskAdmin
from .previews import preview
from .widgets import SoundAutocomplete

SHOWN = "as_shown"
BACK = "_back"
UNSENT = {"csrfmiddlewaretoken", SHOWN, BACK}


@dataclass(frozen=True, slots=True)
class Act:
    """What a curator is about to do: how it is planned, and how it is carried out."""

    title: str | Promise
    button: str | Promise
    plan: Callable[[], Plan]
    carry_out: Callable[[str], Rearrangement]


def answer(
    desk: DeskAdmin,
    request: HttpRequest,
    act: Act,
    ask: Callable[[Iterable[str]], HttpResponse],
) -> HttpResponse:
    """Shows what an act would change, and does it once that was agreed to.

    `ask` shows the form that the act was asked for by, with reasons why it cannot be done.
    """
    if BACK in request.POST:
        return ask(())
    reasons: tuple[str, ...] = ()
    try:
        if SHOWN in request.POST:
            return _done(desk, request, act.carry_out(request.POST[SHOWN]))
    except IntegrityError:
        return desk._conflict(request, ())
    except RefusedError as refused:
        reasons = refused.reasons
    try:
        return _show(desk, request, act, act.plan(), reasons)
    except RefusedError as refused:
        return ask(refused.reasons)


def _show(
    desk: DeskAdmin, request: HttpRequest, act: Act, plan: Plan, reasons: Iterable[str]
) -> HttpResponse:
    kind = str(plan.kind._meta.model_name)
    rows = preview(plan.changes, kind=kind, row_id=plan.row_id, collisions=plan.collisions)
    refused = refusals(plan, curator(request))
    context = {
        "act": act,
        "plan": plan,
        "preview": rows,
        "reasons": dict.fromkeys([*reasons, *refused]),
        "is_refused": bool(refused),
        "sent": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in UNSENT
            for value in values
        ],
    }
    return page(desk, request, "admin/rearranging/preview.html", act.title, context)


def _done(desk: DeskAdmin, request: HttpRequest, done: Rearrangement) -> HttpResponse:
    told = format_html(
        '{} <a href="{}">{}</a>',
        _("Done: %(act)s.") % {"act": done.summary},
        reverse("admin:statements_rearrangement_change", args=[done.pk]),
        _("See what moved, or undo it"),
    )
    desk.tell(request, told, messages.SUCCESS)
    return HttpResponseRedirect(owner_url(done))


def owner_url(done: Rearrangement) -> str:
    """The page of the row that things belong to now."""
    return reverse(f"admin:statements_{done.kind}_change", args=[done.row_id])


def page(
    desk: DeskAdmin,
    request: HttpRequest,
    template: str,
    title: str | Promise,
    context: Mapping[str, Any],
) -> HttpResponse:
    """A page of the desk that is neither a list nor a form of Django's own."""
    told = {
        **desk.admin_site.each_context(request),
        "title": title,
        "opts": desk.opts,
        "media": desk.media,
        **context,
    }
    return TemplateResponse(request, template, told)


def curator(request: HttpRequest) -> Any:
    """Who asks; the desk lets nobody in who is not logged in."""
    return request.user


def chooser(desk: DeskAdmin, model: type[models.Model]) -> SoundAutocomplete:
    """An autocomplete of a kind, by any field that refers to it."""
    return SoundAutocomplete(model._meta.related_objects[0].field, desk.admin_site)
