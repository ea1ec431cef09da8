"""Who addresses whom, counted over published statements."""

from dataclasses import dataclass

from statements.models import Country, Statement
from statements.search.matches import Matches


@dataclass(frozen=True)
class Pair:
    """One country that addressed another, in so many statements."""

    from_country: Country
    to_country: Country
    n: int


def busiest_pairs(n: int) -> list[Pair]:
    """The pairs of countries with most statements from one to the other, the busiest first.

    The database keeps the counts; one query for these, and one for the names.
    """
    tallies = Matches(Statement.objects.published(), is_everything=True).tallies()
    counted = [(*_pair(token), total) for token, total in tallies.tokens.items() if token[1] == "z"]
    abroad = [row for row in counted if row[0] != row[1]]
    busiest = sorted(abroad, key=lambda row: (-row[2], row[0], row[1]))[:n]
    countries = Country.objects.in_bulk({pk for row in busiest for pk in row[:2]})
    return [Pair(countries[source], countries[target], total) for source, target, total in busiest]


def _pair(token: str) -> tuple[int, int]:
    """The two ids of a token of a pair: `@z198-122`."""
    source, target = token[2:].split("-")
    return int(source), int(target)
