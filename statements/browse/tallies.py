"""Counts of statements by who is on the other side, bounded in what they read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import Party, Statement
from statements.models.permalinks import address_of
from statements.vocabulary import Channel, Role, Status

# What is counted at most: for the page of one name, and for one line of a long list.
N_COUNTED = 1_000
N_COUNTED_IN_LIST = 100
CHANNELS = {channel.value: channel for channel in Channel}


@dataclass(frozen=True)
class Tally:
    """A number of statements, and where they are listed."""

    label: str
    url: str
    n: int
    share: float = 100.0  # of the largest beside it, in hundredths
    both_url: str = ""  # of what passed both ways, where that has a page


class CappedCount(Subquery):
    """Counts the rows of a sliced query, and so reads no more than the slice."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def statements_url(**parameters: str) -> str:
    """The address of the list of statements, narrowed."""
    return f"{address_of('statements')}?{urlencode(parameters)}"


def printed_count(n: int, *, cap: int = N_COUNTED) -> str:
    """A count with its thousands parted; `100+` where counting stopped."""
    return _printed_in(get_language(), min(n, cap), is_capped=n > cap)


# A long list prints hundreds of counts, and most of them are the cap.
@lru_cache(maxsize=2_000)
def _printed_in(_language: str | None, n: int, *, is_capped: bool) -> str:
    number = number_format(n, force_grouping=True)
    return _("%(number)s+") % {"number": number} if is_capped else number


def n_counted(*counts: int) -> str:
    """How many statements tallies are made over, where there are more; nothing where all are."""
    return printed_count(N_COUNTED) if max(counts) > N_COUNTED else ""


def n_statements(actor: str, *roles: Role, cap: int = N_COUNTED_IN_LIST) -> CappedCount:
    """Counts, up to one more than `cap`, each row's published statements in these roles.

    `actor` is the column of the party that the row fills, such as `country`. Reads indexes alone:
    the statements themselves are not looked at.
    """
    first, *rest = [_statements(actor, role, cap + 1) for role in roles]
    return CappedCount(first.union(*rest)[: cap + 1] if rest else first)


def _statements(actor: str, role: Role, n: int) -> QuerySet[Any]:
    """The first `n` published statements that each row has a role in."""
    unpublished = Statement.objects.exclude(status=Status.PUBLISHED)
    parties = Party.objects.filter(
        ~Exists(unpublished.filter(pk=OuterRef("statement_id"))),
        **{actor: OuterRef("pk")},
        role=role,
    )
    return parties.order_by("statement_id").values("statement_id").distinct()[:n]


def recorded_last(role: Role, actor: str, pk: int) -> QuerySet[Statement]:
    """The published among the last statements recorded of an actor in a role."""
    last = Party.objects.filter(**{actor: pk}, role=role).order_by("-statement_id")
    return Statement.objects.published().filter(pk__in=last.values("statement_id")[:N_COUNTED])


def channels_of(statements: QuerySet[Statement]) -> list[tuple[Channel, int]]:
    """The channels of these statements, most used first."""
    rows = statements.order_by().values("channel").annotate(n=Count("pk"))
    return [(CHANNELS[row["channel"]], row["n"]) for row in rows.order_by("-n", "channel")]


def with_shares(tallies: Iterable[Tally]) -> list[Tally]:
    """Gives each tally its length beside the largest."""
    rows = list(tallies)
    largest = max((row.n for row in rows), default=0)
    return [replace(row, share=round(100 * row.n / largest, 1)) for row in rows]
