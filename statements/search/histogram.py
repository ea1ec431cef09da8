"""Statements by month or year, each bar a filter by days."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from statements.dates import PartialDate

N_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or a year; `url` narrows the search to it, or widens it again when selected."""

    label: str
    n: int
    url: str
    is_selected: bool


def bars(
    months: dict[str, int],
    since: PartialDate | None,
    until: PartialDate | None,
    address: Callable[..., str],
    *,
    n_months: int = N_MONTHS,
) -> list[Bar]:
    """Bars by month when so many hold them all, else by year; gaps are bars of nothing."""
    counted = {_month(month): n for month, n in months.items()}
    if not counted:
        return []
    periods = _months(counted) if _n_months(counted) <= n_months else _years(counted)
    return [_bar(period, n, since, until, address) for period, n in periods]


# A page reads hundreds of months, the same as the page before.
_month = lru_cache(maxsize=5_000)(PartialDate.parse)


def _place(month: PartialDate) -> int:
    return month.year * 12 + (month.month or 1) - 1


def _n_months(months: dict[PartialDate, int]) -> int:
    places = [_place(month) for month in months]
    return max(places) - min(places) + 1


def _months(months: dict[PartialDate, int]) -> list[tuple[PartialDate, int]]:
    first = min(map(_place, months))
    pairs = [divmod(first + step, 12) for step in range(_n_months(months))]
    periods = [PartialDate(year, month + 1) for year, month in pairs]
    return [(period, months.get(period, 0)) for period in periods]


def _years(months: dict[PartialDate, int]) -> list[tuple[PartialDate, int]]:
    years: dict[int, int] = {}
    for month, n in months.items():
        years[month.year] = years.get(month.year, 0) + n
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
