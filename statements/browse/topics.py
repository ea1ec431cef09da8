"""Pages of topics: what was said about each, and what is spoken of together with it."""

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from statements.models import Renamed, Statement, Topic
from statements.search.lists import BY_NAME
from statements.search.matches import with_token
from statements.vocabulary import Status

from .addresses import find, follows_moves
from .linked_data import graph, topic_node
from .paging import page_of
from .register import entries, topic_entry
from .roles import newest
from .tallies import (
    N_COUNTED,
    N_COUNTED_IN_LIST,
    CappedCount,
    Tally,
    statements_url,
    with_shares,
)

N_RELATED = 8
TAGS = Statement.topics.through


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    unpublished = Statement.objects.exclude(status=Status.PUBLISHED)
    tagged = TAGS.objects.filter(
        ~Exists(unpublished.filter(pk=OuterRef("statement_id"))), topic=OuterRef("pk")
    )
    counted = CappedCount(tagged.values("pk")[: N_COUNTED_IN_LIST + 1])
    page = page_of(Topic.objects.annotate(n_statements=counted), request.GET, BY_NAME)
    context = {"page": page, "entries": entries(topic_entry, page.rows)}
    return render(request, "browse/topic_list.html", context)


@require_safe
@follows_moves
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(Topic.objects.all(), Renamed.TOPIC, slug)
    statements = with_token(f"q{found.pk}")
    context = {
        "topic": found,
        "described": graph(topic_node(found, request.build_absolute_uri)),
        "related": _related(found),
        "statements": newest(statements, request.GET),
        "all_url": statements_url(topic=found.slug),
    }
    return render(request, "browse/topic.html", context)


def _related(topic: Topic) -> list[Tally]:
    """Topics of the statements last recorded on this one, most frequent first."""
    last = TAGS.objects.filter(topic=topic).order_by("-statement_id").values("statement_id")
    public = Statement.objects.published().filter(pk__in=last[:N_COUNTED])
    others = (
        TAGS.objects.filter(statement__in=public)
        .exclude(topic=topic)
        .values("topic__slug", "topic__name")
        .annotate(n=Count("statement_id"))
        .order_by("-n", "topic__name")[:N_RELATED]
    )
    return with_shares(
        Tally(row["topic__name"], _address(row["topic__slug"]), row["n"]) for row in others
    )


def _address(slug: str) -> str:
    return Topic(slug=slug).get_absolute_url()
