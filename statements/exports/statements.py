"""Statements for programs: the rows of the list page, and one statement, as JSON."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from statements.interchange.public import Absolute, copied_statement, public_statement
from statements.models import Statement
from statements.search.results import CopySearch, RecordSearch, StatementSearch
from statements.vocabulary import Status

from .answers import answers_json, invalid, json_answer, refusal, site_of


@require_safe
def statement_list_json(request: HttpRequest) -> HttpResponse:
    """A page of the statements that the parameters ask for, as the page shows them."""
    return list_json(request, CopySearch(request.GET))


def list_json(request: HttpRequest, search: RecordSearch) -> HttpResponse:
    """The page of a search as JSON, with tombstones where it finds them."""
    if not search.is_valid:
        return invalid(search.errors)
    return json_answer(listed(request, search, site_of(request)))


def listed(request: HttpRequest, search: StatementSearch, absolute: Absolute) -> dict[str, Any]:
    """The page of a valid search of whole records, as every list is told."""
    following = search.next_url
    return {
        "count": search.count.n,
        "count_is_exact": search.count.is_exact,
        "results": [copied_statement(row, absolute) for row in search.rows],
        "next": absolute(request.path + following) if following else None,
    }


@require_safe
@answers_json
def statement_json(request: HttpRequest, key: str) -> HttpResponse:
    """One statement; a withdrawn one is gone, and says why."""
    statement = Statement.objects.with_links().filter(key=key).first()
    if statement and statement.status == Status.WITHDRAWN:
        return refusal(410, "withdrawn", statement.withdrawal_reason)
    if statement is None or not statement.is_published:
        raise Http404
    return json_answer(public_statement(statement, request.build_absolute_uri))
