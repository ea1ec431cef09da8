"""All rows of the list of statements, streamed in the format that the suffix names."""

from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.interchange.public import Absolute
from statements.interchange.snapshot import snapshot
from statements.search.every import batches, n_up_to
from statements.search.results import RecordSearch

from .answers import invalid, refusal, site_of
from .formats import BatchesTold, ListFormat, Tell, Write
from .streaming import streamed

# Pages of the list have these; whoever takes everything away has no pages.
OF_PAGES = ("cursor", "limit")
# How long PostgreSQL may work on a part of an export, and wait for a client that reads slowly.
LIMITS = {"work": "60s", "idle": "60s"}


@require_safe
def statement_list(request: HttpRequest, listed: ListFormat) -> HttpResponseBase:
    """Sends every row that the parameters ask for, as they are found."""
    search = listed.search(_without_pages(request.GET))
    if not search.filters.is_valid():
        return invalid(search.errors)
    write, limit = listed.write, listed.n_rows_at_most
    if limit is not None:
        n_rows = n_up_to(search, limit)
        if n_rows > limit:
            return _too_many(limit)
        write = partial(write, n_rows=n_rows)
    pieces = _pieces(write, told(search, listed.tell, site_of(request)))
    response = streamed(request, pieces, listed.content_type)
    if response.streaming:
        response["Content-Disposition"] = f'attachment; filename="{listed.file_name}"'
    return response


def _without_pages(parameters: QueryDict) -> QueryDict:
    asked = parameters.copy()
    for name in OF_PAGES:
        asked.pop(name, None)
    return asked


def _pieces(write: Write, batches_told: BatchesTold) -> Iterator[bytes]:
    """Writes what one state of the archive tells.

    The first statements are found before the first piece is made, so that a fault of the database
    is told as such.
    """
    with snapshot(**LIMITS):
        first = list(islice(batches_told, 1))
        yield from write(chain(first, batches_told))


def told(search: RecordSearch, tell: Tell, absolute: Absolute) -> BatchesTold:
    for batch in batches(search):
        records = [tell(statement, absolute) for statement in batch]
        del batch  # which would outlive its garbage collection
        yield records


def _too_many(limit: int) -> HttpResponseBase:
    message = _(
        "A sheet holds %(limit)s rows and more were found. Narrow the search, or take CSV, which "
        "holds any number."
    ) % {"limit": f"{limit:,}"}
    return refusal(413, "too_many_rows", message)
