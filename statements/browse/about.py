"""What the archive is, how it is made, and the form of its data."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.dictionary import KINDS, fields
from statements.formats.writers.party_table import PARTIES
from statements.formats.writers.statement_table import STATEMENTS
from statements.formats.writers.tie_table import TIES
from statements.interchange.dumps import published_dumps
from statements.records import archive_schema
from statements.vocabulary import Account, Act, Channel, Form, Term

from .linked_data import dataset_node, graph


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "browse/about.html")


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    """Describes the formats and their fields, and lists codes and dumps."""
    lists: dict[str, type[Term]] = {
        "form": Form,
        "account": Account,
        "act": Act,
        "channel": Channel,
    }
    licence, dumps = settings.DATA_LICENCE, published_dumps()
    dataset = dataset_node(request.build_absolute_uri, licence=licence, dumps=dumps)
    context = {
        "codes": [(name, terms.codes()) for name, terms in lists.items()],
        "tables": (STATEMENTS, PARTIES, TIES),
        "kinds": [(kind, fields(kind)) for kind in KINDS],
        "dumps": dumps,
        "licence": licence,
        "described": graph(dataset),
    }
    return render(request, "browse/about_data.html", context)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Gives the JSON Schema that the importer checks against."""
    response = JsonResponse(archive_schema(), json_dumps_params={"indent": 2})
    response["Content-Type"] = "application/schema+json"
    return response
