"""What the archive is, how it is made, and the form of its data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.records import archive_schema
from statements.vocabulary import Account, Act, Channel, Form, Term


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "browse/about.html")


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    """Describes the archive format and lists the codes it uses."""
    lists: dict[str, type[Term]] = {
        "form": Form,
        "account": Account,
        "act": Act,
        "channel": Channel,
    }
    codes = [(name, terms.codes()) for name, terms in lists.items()]
    return render(request, "browse/about_data.html", {"codes": codes})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Gives the JSON Schema that the importer checks against."""
    response = JsonResponse(archive_schema(), json_dumps_params={"indent": 2})
    response["Content-Type"] = "application/schema+json"
    return response
