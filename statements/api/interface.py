"""The operations of the API, each with what it answers: the schema is generated from these."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Path
from pydantic import BaseModel, create_model

from statements.interchange.public_records import (
    Article,
    Refusal,
    Statement,
    Tombstone,
    page_model,
)

from . import lists, parameters, statements
from .answers import Refused, nothing_here, refusal
from .nouns import NOUNS, Noun

VERSION = "1"
TITLE = _("Demarche: who said what to whom")
DESCRIPTION = _(
    "Diplomatic statements with their sources, read-only. The same rows in the same order as the "
    "pages, under the same parameters. Names lead from one object to another: slugs, codes, keys."
)
KEY = _("The key of the statement, the last part of its address.")
SLUG = _(
    "The slug, or the code of a country: the last part of its address, and how others name it."
)

api = NinjaAPI(
    title=TITLE,
    version=VERSION,
    description=DESCRIPTION,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
)


class Included(BaseModel):
    """What statements name, each once; a key is there where it was asked for."""

    articles: list[Article] = []  # type: ignore[valid-type]
    statements: list[Statement] = []  # type: ignore[valid-type]


StatementWithIncluded = create_model(
    "StatementWithIncluded", __base__=Statement, included=(Included | None, None)
)
StatementPage = page_model("StatementPage", Statement | Tombstone, included=(Included | None, None))

# What any request may meet. Redirects and 304 have no body.
ANY: dict[int, Any] = {304: None, 400: Refusal, 414: Refusal, 429: Refusal, 503: Refusal}
ONE: dict[int, Any] = {**ANY, 404: Refusal}


@api.exception_handler(Refused)
def refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    return refusal(refused)


@api.exception_handler(Http404)
def say_nothing_is_here(request: HttpRequest, exception: Http404) -> HttpResponse:
    return refusal(nothing_here())


@api.get(
    "/statements/",
    response={200: StatementPage, **ANY},
    operation_id="list_statements",
    summary=_("Statements that a search finds"),
    tags=["statements"],
    url_name="statements",
    openapi_extra={"parameters": parameters.of_statements()},
)
def statement_list(request: HttpRequest) -> HttpResponse:
    return statements.list_answer(request)


@api.get(
    "/statements/{key}/",
    response={200: StatementWithIncluded, **ONE, 410: Refusal},
    operation_id="get_statement",
    summary=_("One statement; 410 and the reason for one that was withdrawn"),
    tags=["statements"],
    url_name="statement",
    openapi_extra={"parameters": [parameters.include()]},
)
def statement(request: HttpRequest, key: Annotated[str, Path(description=KEY)]) -> HttpResponse:
    return statements.one_answer(request, key)


def offer(noun: Noun) -> None:
    """Adds the list of one kind of row, and one row of it."""

    @api.get(
        f"/{noun.plural}/",
        response={200: page_model(f"{noun.record.__name__}Page", noun.record), **ANY},
        operation_id=f"list_{noun.plural}",
        summary=noun.listed,
        tags=[noun.plural],
        url_name=noun.plural,
        openapi_extra={"parameters": parameters.of_list(noun)},
    )
    def row_list(request: HttpRequest) -> HttpResponse:
        return lists.list_answer(request, noun)

    @api.get(
        f"/{noun.plural}/{{slug}}/",
        response={200: noun.record, 301: None, **ONE},
        operation_id=f"get_{noun.kind}",
        summary=noun.single,
        tags=[noun.plural],
        url_name=noun.kind.value,
    )
    def row(request: HttpRequest, slug: Annotated[str, Path(description=SLUG)]) -> HttpResponse:
        return lists.one_answer(request, noun, slug)


for _noun in NOUNS:
    offer(_noun)
