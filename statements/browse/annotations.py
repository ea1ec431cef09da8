"""Citations as annotations of their sources: what a program needs to find the words again.

https://www.w3.org/TR/annotation-model/
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from statements.models import Article, Citation, Statement
from statements.texts import runs_from_the_right
from statements.vocabulary import Status

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
RESOURCE = '<http://www.w3.org/ns/ldp#Resource>; rel="type"'
N_IN_NAME = 16

Absolute = Callable[[str], str]


@require_safe
def annotations(request: HttpRequest, key: str) -> HttpResponse:
    """All citations of a statement, as one page of annotations."""
    found = _found(key)
    if found is None or not found.is_published:
        return _nothing(found)
    absolute = request.build_absolute_uri
    told = [_annotation(citation, found, absolute) for citation in found.citations.all()]
    here = absolute(request.path)
    part_of = {"id": f"{here}#all", "type": "AnnotationCollection", "total": len(told)}
    return _answer(
        {
            "@context": CONTEXT,
            "id": here,
            "type": "AnnotationPage",
            "partOf": part_of,
            "startIndex": 0,
            "items": told,
        }
    )


@require_safe
def annotation(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One citation of a statement, under the name that its place and words have."""
    found = _found(key)
    if found is None or not found.is_published:
        return _nothing(found)
    for citation in found.citations.all():
        if name_of(citation) == name:
            told = _annotation(citation, found, request.build_absolute_uri)
            return _answer({"@context": CONTEXT, **told})
    return _nothing(None)


def name_of(citation: Citation) -> str:
    """The name of an annotation: the same as long as the same words are cited from there."""
    told = "\x1f".join((citation.article.slug, str(citation.start), citation.quote))
    return sha256(told.encode()).hexdigest()[:N_IN_NAME]


def _found(key: str) -> Statement | None:
    return Statement.objects.with_related().filter(key=key).order_by().first()


def _nothing(found: Statement | None) -> HttpResponse:
    is_withdrawn = found is not None and found.status == Status.WITHDRAWN
    message = found.withdrawal_reason if found and is_withdrawn else ""
    told: dict[str, Any] = {
        "code": "withdrawn" if is_withdrawn else "not_found",
        "message": message or _("There is nothing at this address."),
        "fields": {},
    }
    return JsonResponse({"error": told}, status=410 if is_withdrawn else 404)


def _answer(told: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = MEDIA_TYPE
    response["Link"] = RESOURCE
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _annotation(citation: Citation, statement: Statement, absolute: Absolute) -> dict[str, Any]:
    address = reverse("statement-annotation", args=[statement.key, name_of(citation)])
    home = absolute(reverse("home"))
    return {
        "id": absolute(address),
        "type": "Annotation",
        "motivation": "linking",
        "generator": {"id": home, "type": "Software", "name": _("Demarche"), "homepage": home},
        "created": _instant(statement.published_at),
        "modified": _instant(statement.updated_at),
        "body": _bodies(statement, absolute),
        "target": _target(citation, absolute),
    }


def _bodies(statement: Statement, absolute: Absolute) -> list[dict[str, Any]]:
    """The record of the statement, and what it says was said."""
    words = {
        "type": "TextualBody",
        "value": statement.text,
        "format": "text/plain",
        "language": statement.language,
        "textDirection": "rtl" if runs_from_the_right(statement.language) else "ltr",
        "purpose": "describing",
    }
    record = {"id": absolute(statement.get_absolute_url()), "type": "Text", "format": "text/html"}
    return [record, words]


def _target(citation: Citation, absolute: Absolute) -> dict[str, Any]:
    article = citation.article
    target: dict[str, Any] = {"type": "SpecificResource", "source": _source(article, absolute)}
    if selectors := list(_selectors(citation)):
        target["selector"] = selectors
    if citation.is_verified and citation.checked_at:
        target["state"] = _state(citation)
    return target


def _source(article: Article, absolute: Absolute) -> dict[str, Any]:
    """The report, at its own address where that is known, else as the archive describes it."""
    address = article.url or article.archived_url or absolute(article.get_absolute_url())
    source: dict[str, Any] = {"id": address, "type": "Text"}
    if article.language:
        source["language"] = article.language
    return source


def _selectors(citation: Citation) -> Iterator[dict[str, Any]]:
    """The words with what surrounds them; their place, where they were found to stand there.

    Places count code points of the text as the archive stores it.
    """
    if not citation.quote:
        return
    quoted = {"type": "TextQuoteSelector", "exact": citation.quote}
    if citation.prefix:
        quoted["prefix"] = citation.prefix
    if citation.suffix:
        quoted["suffix"] = citation.suffix
    yield quoted
    if citation.is_verified and citation.start is not None:
        end = citation.start + len(citation.quote)
        yield {"type": "TextPositionSelector", "start": citation.start, "end": end}


def _state(citation: Citation) -> dict[str, Any]:
    """When the words were compared with the stored text, and where a copy is kept."""
    state = {"type": "TimeState", "sourceDate": _instant(citation.checked_at)}
    if citation.article.archived_url:
        state["cached"] = citation.article.archived_url
    return state


def _instant(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
