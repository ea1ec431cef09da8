"""Statements by month or year, each bar a filter by days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from statements.dates import PartialDate
from statements.models import Statement

N_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year; `url` narrows the search to it, or widens it again when selected."""

    label: str
    n: int
    url: str
    is_selected: bool


def bars(
    pks: Sequence[int],
    since: PartialDate | None,
    until: PartialDate | None,
    address: Callable[..., str],
) -> list[Bar]:
    """Counts by month when three years hold them all, else by year; gaps are bars of nothing."""
    counted = (
        Statement.objects.filter(pk__in=pks, said_on__isnull=False)
        .order_by()
        .annotate(month=TruncMonth("sort_on"))
        .values_list("month")
        .annotate(n=Count("pk"))
        .order_by("month")
    )
    months: dict[date, int] = dict(counted)
    if not months:
        return []
    periods = _months(months) if _n_months(months) <= N_MONTHS else _years(months)
    return [_bar(period, n, since, until, address) for period, n in periods]


def _n_months(months: dict[date, int]) -> int:
    first, last = min(months), max(months)
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _months(months: dict[date, int]) -> list[tuple[PartialDate, int]]:
    first = min(months)
    start = first.year * 12 + first.month - 1
    places = [divmod(start + step, 12) for step in range(_n_months(months))]
    return [
        (PartialDate(year, month + 1), months.get(date(year, month + 1, 1), 0))
        for year, month in places
    ]


def _years(months: dict[date, int]) -> list[tuple[PartialDate, int]]:
    years = {month.year: 0 for month in months}
    for month, n in months.items():
        years[month.year] += n
    return [(PartialDate(year), years.get(year, 0)) for year in range(min(years), max(years) + 1)]


def _bar(
    period: PartialDate,
    n: int,
    since: PartialDate | None,
    until: PartialDate | None,
    address: Callable[..., str],
) -> Bar:
    is_selected = since == until == period
    value = None if is_selected else [str(period)]
    return Bar(str(period), n, address(since=value, until=value), is_selected)
