"""A page of any kind of row, and one row by its slug or code."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from statements.models import Redirect
from statements.search.paging import BadCursor, Page

from .answers import invalid, json_answer, nothing_here
from .nouns import Noun

N_ROWS, MOST_ROWS = 50, 200
N_COUNTED = 10_000


class PagingForm(forms.Form):
    """Where in a list, and how much of it."""

    limit = forms.IntegerField(required=False, min_value=1, max_value=MOST_ROWS)
    cursor = forms.CharField(required=False, max_length=2000)


def list_answer(request: HttpRequest, noun: Noun) -> HttpResponse:
    """A page of what the page of this list shows, in the same order."""
    filters = noun.filters(request.GET, noun.rows)
    paging = PagingForm(request.GET)
    if not (filters.is_valid() and paging.is_valid()):
        raise invalid(errors_of(filters.form) | errors_of(paging))
    page = _page(noun, filters.rows, paging.cleaned_data)
    n = filters.rows.order_by().values("pk")[: N_COUNTED + 1].count()
    absolute = request.build_absolute_uri
    return json_answer(
        {
            "count": min(n, N_COUNTED),
            "count_is_exact": n <= N_COUNTED,
            "results": [noun.told(row, absolute) for row in page.rows],
            "next": absolute(_following(request, page)) if page.next_cursor else None,
        }
    )


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


def _page(noun: Noun, rows: QuerySet[Any], asked: dict[str, Any]) -> Page:
    try:
        return noun.order.page(
            rows, cursor=asked["cursor"] or None, n_rows=asked["limit"] or N_ROWS
        )
    except BadCursor as error:
        message = _("This page address is damaged: start from the first page.")
        raise invalid({"cursor": [message]}) from error


def _following(request: HttpRequest, page: Page) -> str:
    query = request.GET.copy()
    query["cursor"] = page.next_cursor or ""
    return f"?{query.urlencode()}"


def one_answer(request: HttpRequest, noun: Noun, slug: str) -> HttpResponse:
    """One row; a slug that was given up, or is not in lower case, leads on."""
    row = noun.rows.filter(**{noun.key: slug}).first()
    if row is not None:
        return json_answer(noun.told(row, request.build_absolute_uri))
    successor = Redirect.objects.successor(noun.kind, slug.lower())
    if successor == slug or not noun.rows.filter(**{noun.key: successor}).exists():
        raise nothing_here()
    return HttpResponsePermanentRedirect(reverse(f"api-v1:{noun.kind}", args=[successor]))
