"""Tenures as lines of a list, each with its bar on a common line of years."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from statements.charts.timeline import Bar, Timeline, timeline
from statements.models import Post, Tenure

from .periods import held


@dataclass(frozen=True)
class HeldPost:
    """A tenure, its days in words, and its bar where a day is known."""

    tenure: Tenure
    days: str
    bar: Bar | None


@dataclass(frozen=True)
class Line:
    """Tenures in order of time, and the line of years that their bars lie on."""

    held: list[HeldPost]
    chart: Timeline | None


def on_a_line(tenures: Iterable[Tenure]) -> Line:
    """Draws tenures, the oldest first."""
    rows = list(tenures)
    chart = timeline(
        [
            (
                tenure.started_on.earliest if tenure.started_on else None,
                tenure.ended_on.latest if tenure.ended_on else None,
            )
            for tenure in rows
        ]
    )
    bars: list[Bar | None] = chart.bars if chart else [None] * len(rows)
    pairs = zip(rows, bars, strict=True)
    return Line([HeldPost(tenure, held(tenure), bar) for tenure, bar in pairs], chart)


def with_holders(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Loads posts with all who held them, in one further query."""
    return _with(posts, Tenure.objects.all())


def with_last_holder(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Loads posts with their last known holder, in one further query.

    Of their `tenures` only that one is there: a list shows no other, and some posts had hundreds.
    """
    last = (F("post"), F("started_on").desc(nulls_last=True), F("pk"))
    return _with(posts, Tenure.objects.order_by(*last).distinct("post"))


def _with(posts: QuerySet[Post], tenures: QuerySet[Tenure]) -> QuerySet[Post]:
    tenures = tenures.select_related("official")
    return posts.select_related("country", "organization__country").prefetch_related(
        Prefetch("tenures", queryset=tenures)
    )
