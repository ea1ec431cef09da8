"""The picture of a statement that other sites show beside a link to it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from statements.models import Statement
from statements.pictures.png import png

from .embed import outlet_of
from .reports import reports_of


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Draws a published statement; of any other there is no picture."""
    found = Statement.objects.published().with_related().filter(key=key).order_by().first()
    if found is None:
        raise Http404
    return HttpResponse(png(drawing(found, request.get_host())), content_type="image/png")


def drawing(statement: Statement, host: str) -> str:
    """The picture as SVG: the words, who said them to whom, when, and where that is reported."""
    reports = reports_of(statement)
    outlet = outlet_of(reports[0].article) if reports else ""
    context = {"statement": statement, "outlet": outlet, "host": host}
    return render_to_string("pictures/statement.svg", context).strip()
