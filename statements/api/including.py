"""What statements name, brought along with them: `?include=citations,links`."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from statements.interchange.public import PUBLIC_ROWS, Absolute, public_article, public_statement
from statements.models import Link, Statement
from statements.vocabulary import Status

from .answers import invalid

INCLUDED = ("citations", "links")
N_INWARD = 200  # a famous statement has more answers than an answer holds


def asked_for(parameters: QueryDict) -> list[str]:
    """The expansions that are asked for, each once; raises Refused for one that is not known."""
    told = ",".join(parameters.getlist("include")).lower().split(",")
    names = list(dict.fromkeys(name.strip() for name in told if name.strip()))
    for name in names:
        if name not in INCLUDED:
            message = _("“%(value)s” is not known here.") % {"value": name[:100]}
            raise invalid({"include": [message]})
    return names


def included(
    statements: Sequence[Statement], names: Sequence[str], absolute: Absolute
) -> dict[str, Any]:
    """The articles cited and the statements linked, each once; nothing where nothing is asked."""
    brought: dict[str, Any] = {}
    if "citations" in names:
        brought["articles"] = [public_article(row, absolute) for row in _articles(statements)]
    if "links" in names:
        brought["statements"] = [public_statement(row, absolute) for row in _linked(statements)]
    return {"included": brought} if names else {}


def _articles(statements: Sequence[Statement]) -> list[Any]:
    """The articles that are cited, in that order, and the reports that they are based on."""
    cited = [citation.article for one in statements for citation in one.citations.all()]
    ids = dict.fromkeys(pk for article in cited for pk in (article.pk, article.based_on_id) if pk)
    rows = PUBLIC_ROWS["article"].in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _linked(statements: Sequence[Statement]) -> list[Statement]:
    """The public statements that these link to, then the newest that link to these."""
    here = {one.pk for one in statements}
    outward = [link.target_id for one in statements for link in one.links.all()]
    inward = (
        Link.objects.filter(target__in=here, statement__status=Status.PUBLISHED)
        .order_by("-statement__sort_on", "-statement_id")
        .values_list("statement_id", flat=True)
    )
    ids = dict.fromkeys(pk for pk in [*outward, *inward[:N_INWARD]] if pk not in here)
    rows = Statement.objects.published().with_links().in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]
