"""What the API says of itself: its addresses, its schema, and the schema as a page to read."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .answers import json_answer
from .description import openapi
from .nouns import NOUNS
from .wording import Word, words_of, words_of_parameter

# Headings of the statuses that every operation answers are told once.
COMMON = ("304", "400", "414", "429", "503")


@dataclass(frozen=True)
class Field:
    """A parameter or a key: its name, what it holds, and what that means."""

    name: str
    words: list[Word]
    description: str


@dataclass(frozen=True)
class Operation:
    """One address; `url` is an example of it, where it needs no name."""

    id: str
    path: str
    summary: str
    url: str
    parameters: list[Field]
    answer: list[Word]


@dataclass(frozen=True)
class Shape:
    """One kind of object, with its keys; or a closed list of codes."""

    name: str
    description: str
    fields: list[Field]
    codes: list[str]


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lists the addresses of the API."""
    names = ["statements", *(noun.plural for noun in NOUNS)]
    urls = {name: reverse(f"api-v1:{name}") for name in names}
    urls |= {"schema": reverse("api-schema"), "docs": reverse("api-docs")}
    return json_answer({name: request.build_absolute_uri(url) for name, url in urls.items()})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Gives the schema in OpenAPI 3.1."""
    return json_answer(openapi())


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Shows the schema as a page to read, without a script."""
    told = openapi()
    operations = [_operation(path, methods["get"]) for path, methods in told["paths"].items()]
    anyone = told["paths"][reverse("api-v1:statements")]["get"]["responses"]
    context = {
        "operations": operations,
        "shapes": [_shape(name, one) for name, one in told["components"]["schemas"].items()],
        "statuses": [(status, anyone[status]["description"]) for status in COMMON],
        "limits": anyone["200"]["headers"].items(),
        "api_url": request.build_absolute_uri(reverse("api")),
    }
    return render(request, "api/docs.html", context)


def _operation(path: str, told: dict[str, Any]) -> Operation:
    answer = told["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        told["operationId"],
        path,
        told["summary"],
        "" if "{" in path else path,
        [
            Field(one["name"], words_of_parameter(one), one.get("description", ""))
            for one in told["parameters"]
        ],
        words_of(answer),
    )


def _shape(name: str, told: dict[str, Any]) -> Shape:
    fields = [
        Field(field, words_of(one), one.get("description", ""))
        for field, one in told.get("properties", {}).items()
    ]
    return Shape(name, told.get("description", ""), fields, told.get("enum", []))
