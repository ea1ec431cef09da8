"""Statements: a page of those that a search finds, and one by its key."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from statements.interchange.public import copied_statement, public_statement
from statements.models import Statement
from statements.search.results import CopySearch
from statements.vocabulary import Status

from .answers import Refused, invalid, json_answer, nothing_here
from .including import asked_for, included


def list_answer(request: HttpRequest) -> HttpResponse:
    """A page of the statements that the parameters ask for, as the page shows them."""
    names = asked_for(request.GET)
    search = CopySearch(request.GET)
    if not search.is_valid:
        raise invalid(search.errors)
    absolute = request.build_absolute_uri
    told = {
        "count": search.count.n,
        "count_is_exact": search.count.is_exact,
        "results": [copied_statement(row, absolute) for row in search.rows],
        "next": absolute(_following(search.next_url, names)) if search.next_url else None,
    }
    public = [row for row in search.rows if row.is_published]
    return json_answer(told | included(public, names, absolute))


def _following(url: str, names: list[str]) -> str:
    """The address of the next page, which brings the same along."""
    return f"{url}&{urlencode({'include': ','.join(names)})}" if names else url


def one_answer(request: HttpRequest, key: str) -> HttpResponse:
    """One statement; a withdrawn one is gone, and says why."""
    names = asked_for(request.GET)
    statement = Statement.objects.with_links().filter(key=key).first()
    if statement and statement.status == Status.WITHDRAWN:
        raise Refused(410, "withdrawn", statement.withdrawal_reason)
    if statement is None or not statement.is_published:
        raise nothing_here()
    absolute = request.build_absolute_uri
    told = public_statement(statement, absolute)
    return json_answer(told | included([statement], names, absolute))
