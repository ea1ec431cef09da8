"""Tenures as lines of a list, each with its bar on a common line of years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet

from statements.charts.bars import BarChart, Column, low_chart
from statements.charts.timeline import Axis, Bar, Timeline, timeline
from statements.dates import PartialDate
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
    """Tenures in order of time, and the line of years that their bars lie on.

    `counts` are what was said meanwhile, on the same line.
    """

    held: list[HeldPost]
    chart: Timeline | None
    counts: BarChart | None = None


def on_a_line(tenures: Iterable[Tenure], counted: Sequence[Column] = ()) -> Line:
    """Draws tenures, the oldest first; beneath them counts, labelled by month or year."""
    rows = list(tenures)
    periods = [PartialDate.parse(column.label) for column in counted]
    chart = timeline(
        [
            (
                tenure.started_on.earliest if tenure.started_on else None,
                tenure.ended_on.latest if tenure.ended_on else None,
            )
            for tenure in rows
        ],
        beneath=[day for period in periods for day in (period.earliest, period.latest)],
    )
    bars: list[Bar | None] = chart.bars if chart else [None] * len(rows)
    pairs = zip(rows, bars, strict=True)
    return Line(
        [HeldPost(tenure, held(tenure), bar) for tenure, bar in pairs],
        chart,
        low_chart(counted, _places(chart.axis, periods)) if chart and counted else None,
    )


def _places(axis: Axis, periods: Iterable[PartialDate]) -> list[tuple[float, float]]:
    """Where each period begins on a line, and how much of it that takes."""
    ends = [(axis.place(period.earliest), axis.place(period.latest)) for period in periods]
    return [(start, round(end - start, 2)) for start, end in ends]


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
