"""Who addresses whom, counted over published statements."""

from dataclasses import dataclass

from django.db.models import Count, F

from statements.models import Country, Party, Statement
from statements.vocabulary import Role

# A page's work must not grow with the archive: pairs are counted over the newest statements.
N_COUNTED = 10_000


@dataclass(frozen=True)
class Pair:
    """One country that addressed another, in so many statements."""

    from_country: Country
    to_country: Country
    n: int


def busiest_pairs(n: int) -> list[Pair]:
    """The pairs of countries with most statements from one to the other, the busiest first.

    Counts the newest 10,000 published statements, in two queries.
    """
    newest = Statement.objects.published().newest_first().values("pk")[:N_COUNTED]
    counted = (
        Party.objects.filter(
            role=Role.SPEAKER,
            country__isnull=False,
            statement__in=newest,
            statement__parties__role=Role.ADDRESSEE,
            statement__parties__country__isnull=False,
        )
        .annotate(to=F("statement__parties__country"))
        .exclude(country=F("to"))
        .order_by()
        .values_list("country", "to")
        .annotate(total=Count("statement", distinct=True))
        .order_by("-total", "country", "to")[:n]
    )
    rows = list(counted)
    countries = Country.objects.in_bulk({code for row in rows for code in row[:2]})
    return [Pair(countries[source], countries[target], total) for source, target, total in rows]
