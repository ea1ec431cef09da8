"""What matches on each day of a month or a year, and the days that are not known so exactly.

Rows are read in order of day, the newest first, and no farther than a bound: what lies before is
said not to have been counted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models.functions import Length

from statements.dates import PartialDate, Precision
from statements.models import Statement
from statements.models.statements import ON_ONE_DAY, UNDATED

from .estimates import fetch
from .matches import Matches
from .results import StatementSearch

N_MATCHES = 20_000
N_EVERYTHING = 500_000  # where an index tells all
N_INEXACT = 50

BY_DAY = """
WITH found AS MATERIALIZED ({found})
SELECT sort_on, length(said_on),
    length(said_on) = 10 AND said_on_qualifier = 'on' AS is_exact,
    count(*), (array_agg(id ORDER BY id DESC))[:{n_first}]
FROM found GROUP BY 1, 2, 3
"""
EXACT = "SELECT sort_on, count(*), {first_ids} FROM ({found}) AS found GROUP BY 1"
FIRST_IDS = "(array_agg(id ORDER BY id DESC))[:{n_first}]"


@dataclass(frozen=True)
class Stretch:
    """The matches of a month or a year.

    `days` are those said on one known day, `first` the newest recorded of each. `inexact` were said
    within it on a day not known so exactly, the newest first and bounded; `months` counts all whose
    month is known, by its first day, and `n_of_year` those known to the year alone. Days before
    `counted_since` were not counted, nor all of that day.
    """

    days: dict[date, int] = field(default_factory=dict)
    first: dict[date, list[int]] = field(default_factory=dict)
    inexact: list[int] = field(default_factory=list)
    n_inexact: int = 0
    months: dict[date, int] = field(default_factory=dict)
    n_of_year: int = 0
    counted_since: date | None = None

    @property
    def n(self) -> int:
        return sum(self.months.values()) + self.n_of_year

    def is_counted(self, day: date) -> bool:
        return self.counted_since is None or day >= self.counted_since


def stretch(search: StatementSearch, within: PartialDate, *, n_first: int = 0) -> Stretch:
    """Counts the matches of a month or a year by day, whatever days the search asks for.

    One query, or a few that read little. `n_first` ids of each day are told; of a month those of
    the inexact as well.
    """
    matches = _dated(search)
    if matches.rows.query.is_empty():
        return Stretch()
    if matches.is_everything and (kept := search.on_any_day().tallies()).is_whole:
        return _of_everything(kept.months, within, n_first)
    rows = matches.rows.filter(sort_on__range=(within.earliest, within.latest))
    found, values = (
        rows.order_by("-sort_on", "-id")
        .values("id", "sort_on", "said_on", "said_on_qualifier")[: N_MATCHES + 1]
        .query.sql_with_params()
    )
    sql = BY_DAY.format(found=found, n_first=max(n_first, N_INEXACT))
    return _told(fetch(sql, values), within, N_MATCHES, n_first)


def _of_everything(kept: Mapping[str, int], within: PartialDate, n_first: int) -> Stretch:
    """The same of all that is published: of what the database keeps, and of an index on days."""
    rows = Statement.objects.published().filter(sort_on__range=(within.earliest, within.latest))
    found, values = (
        rows.filter(ON_ONE_DAY)
        .order_by("-sort_on", "-id")
        .values("id", "sort_on")[: N_EVERYTHING + 1]
        .query.sql_with_params()
    )
    first_ids = FIRST_IDS.format(n_first=n_first) if n_first else "NULL"
    days = fetch(EXACT.format(found=found, first_ids=first_ids), values)
    n_exact = sum(n for _day, n, _pks in days)
    months, n_of_year = _months_of(kept, within)
    n_inexact = sum(months.values()) - n_exact
    is_month = within.precision == Precision.MONTH
    inexact = rows.exclude(ON_ONE_DAY).alias(n_known=Length("said_on")).filter(n_known__gt=4)
    pks = inexact.order_by("-sort_on", "-id").values_list("pk", flat=True)
    return Stretch(
        days={day: n for day, n, _pks in days},
        first={day: ids for day, _n, ids in days if ids},
        inexact=list(pks[:N_INEXACT]) if is_month and n_inexact else [],
        n_inexact=n_inexact,
        months=months,
        n_of_year=0 if is_month else n_of_year,
        counted_since=min(day for day, _n, _pks in days) if n_exact > N_EVERYTHING else None,
    )


def _months_of(kept: Mapping[str, int], within: PartialDate) -> tuple[dict[date, int], int]:
    """The kept numbers of the months within, and of those known to the year alone.

    What is known to the year alone is kept with its January, and taken out of it here.
    """
    months = {
        PartialDate.parse(month).earliest: n
        for month, n in kept.items()
        if month == str(within) or month.startswith(f"{within}-")
    }
    january = date(within.year, 1, 1)
    if january not in months:
        return months, 0
    of_year = Statement.objects.published().filter(
        sort_on=january, said_on=str(PartialDate(within.year))
    )
    n_of_year = of_year.count()
    return months | {january: months[january] - n_of_year}, n_of_year


def _told(rows: list[tuple[Any, ...]], within: PartialDate, limit: int, n_first: int) -> Stretch:
    days: Counter[date] = Counter()
    months: Counter[date] = Counter()
    first: dict[date, list[int]] = {}
    inexact: list[tuple[date, list[int]]] = []
    n_inexact = n_of_year = 0
    for day, length, is_exact, n, pks in rows:
        if length == len("2024"):
            n_of_year += n
            continue
        months[day.replace(day=1)] += n
        if is_exact:
            days[day] += n
            first[day] = pks[:n_first]
        else:
            n_inexact += n
            inexact.append((day, pks))
    n_read = sum(months.values()) + n_of_year
    ids = [
        pk for _day, pks in sorted(inexact, key=lambda told: told[0], reverse=True) for pk in pks
    ]
    return Stretch(
        days=dict(days),
        first=first,
        inexact=ids[:N_INEXACT] if within.precision == Precision.MONTH else [],
        n_inexact=n_inexact,
        months=dict(months),
        n_of_year=n_of_year if within.precision == Precision.YEAR else 0,
        counted_since=min(row[0] for row in rows) if n_read > limit else None,
    )


def beside(search: StatementSearch, within: PartialDate) -> tuple[date | None, date | None]:
    """The nearest days before and after a month or a year on which something matches.

    In a month's case days whose month is not known are passed over. A few small queries.
    """
    matches = _dated(search)
    if within.precision == Precision.MONTH:
        matches = _in_known_months(matches)
    found = [
        *matches.walk(1, (within.earliest, 0)),
        *matches.walk(1, (within.latest, 2**63 - 1), is_forward=True),
    ]
    days = Statement.objects.filter(pk__in=found).values_list("sort_on", flat=True)
    earlier = [day for day in days if day < within.earliest]
    later = [day for day in days if day > within.latest]
    return (earlier or [None])[0], (later or [None])[0]


def newest_day(search: StatementSearch) -> date | None:
    """The newest day on which something matches, whose month is known."""
    found = _in_known_months(_dated(search)).walk(1)
    return Statement.objects.filter(pk__in=found).values_list("sort_on", flat=True).first()


def _in_known_months(matches: Matches) -> Matches:
    rows = matches.rows.alias(n_known=Length("said_on")).filter(n_known__gt=len("2024"))
    return replace(matches, rows=rows)


def _dated(search: StatementSearch) -> Matches:
    """What matches on any day; the undated, which sort as the first day there is, left aside."""
    matches = search.on_any_day()
    return replace(matches, rows=matches.rows.filter(sort_on__gt=UNDATED))
