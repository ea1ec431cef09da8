"""The list of citations whose words no longer stand where they were cited."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from statements import curation
from statements.curation import anchoring
from statements.models import Citation, Statement

N_SHOWN = 20
N_DIGITS = 9
FROM = "from"


def _statements() -> Any:
    """The desk's page of statements, which says who may see and change them."""
    return admin.site.get_model_admin(Statement)


@require_safe
def citations(request: HttpRequest) -> HttpResponse:
    """Shows some citations, each as it was cited beside what stands in the text now."""
    if not _statements().has_view_permission(request):
        raise PermissionDenied
    rows = curation.to_look_at()
    place = _place(request.GET.get(FROM, ""))
    if place:
        rows = anchoring.beginning_with(rows, article=place[0], pk=place[1])
    found = list(anchoring.with_places(rows)[: N_SHOWN + 1])
    further = found[N_SHOWN] if len(found) > N_SHOWN else None
    context = {
        **admin.site.each_context(request),
        "title": _("Citations to look at"),
        "opts": Citation._meta,
        "displaced": curation.displaced(found[:N_SHOWN]),
        "is_from_the_start": place is None,
        "further": further and f"?{urlencode({FROM: _token(further)})}",
        "media": _statements().media,
    }
    return TemplateResponse(request, "admin/displaced.html", context)


@require_POST
def reanchor(request: HttpRequest, pk: int) -> HttpResponse:
    """Cites the words where they were found, and leads on to the next."""
    citation = get_object_or_404(Citation.objects.select_related("statement"), pk=pk)
    if not _statements().has_change_permission(request, citation.statement):
        raise PermissionDenied
    start = request.POST.get("start", "")
    try:
        if not (start.isascii() and start.isdigit() and len(start) <= N_DIGITS):
            raise curation.RefusedError([_("Say at which character the words stand.")])
        curation.reanchor(
            citation=citation, start=int(start), by=cast(AbstractBaseUser, request.user)
        )
    except curation.RefusedError as refused:
        messages.warning(request, " ".join(refused.reasons))
    else:
        told = _("Anchored anew: “%(key)s”.") % {"key": citation.statement.key}
        messages.success(request, told)
    following = urlencode({FROM: _token(citation)})
    return HttpResponseRedirect(f"{reverse('admin:displaced_citations')}?{following}")


def _token(citation: Citation) -> str:
    return f"{citation.article_id}-{citation.pk}"


def _place(token: str) -> tuple[int, int] | None:
    article, _hyphen, pk = token.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 16 for part in (article, pk)):
        return None
    return int(article), int(pk)
