"""One statement as a reference, for reference managers."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from statements.formats.reference import Reference
from statements.formats.writers import bibtex, csl, ris
from statements.interchange.cited import cited
from statements.models import Statement
from statements.vocabulary import Status

from .answers import answers_json, refusal

View = Callable[[HttpRequest, str], HttpResponse]


def _answers_with(suffix: str, content_type: str) -> Callable[[Callable[[Reference], str]], View]:
    """Makes a writer answer with a file of that suffix, named after the statement."""

    def decorate(write: Callable[[Reference], str]) -> View:
        @require_safe
        @answers_json
        @wraps(write)
        def view(request: HttpRequest, key: str) -> HttpResponse:
            statement = Statement.objects.with_related().filter(key=key).order_by().first()
            if statement and statement.status == Status.WITHDRAWN:
                return refusal(410, "withdrawn", statement.withdrawal_reason)
            if statement is None or not statement.is_published:
                raise Http404
            today = datetime.now(UTC).date()
            reference = cited(statement, request.build_absolute_uri, accessed_on=today)
            return HttpResponse(
                write(reference),
                content_type=f"{content_type}; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{key}{suffix}"'},
            )

        return view

    return decorate


@_answers_with(".bib", "application/x-bibtex")
def statement_bib(reference: Reference) -> str:
    """One statement as BibTeX."""
    return bibtex.entry(reference)


@_answers_with(".ris", "application/x-research-info-systems")
def statement_ris(reference: Reference) -> str:
    """One statement as RIS."""
    return ris.entry(reference)


@_answers_with(".csl.json", "application/vnd.citationstyles.csl+json")
def statement_csl_json(reference: Reference) -> str:
    """One statement as CSL-JSON, which is a list even of one."""
    return json.dumps([csl.entry(reference)], ensure_ascii=False)
