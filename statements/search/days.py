"""Conditions on the days that a statement may have been made on."""

from collections.abc import Iterable

from django.db.models import DateField, F, Func, Q
from django.db.models.lookups import LessThanOrEqual

from statements.dates import PartialDate
from statements.models import Post, Tenure

from .tokens import UNCERTAIN_DAY
from .words import TsQuery

# Almost every statement has one day, which an index finds; the few others bear a token.
_UNCERTAIN = Q(search_vector=TsQuery(UNCERTAIN_DAY))


def since(day: PartialDate) -> Q:
    """Statements that may have been made on or after the first day of what is given."""
    return (Q(sort_on__gte=day.earliest) | _UNCERTAIN) & Q(latest_on__gte=day.earliest)


def until(day: PartialDate) -> Q:
    """Statements that may have been made on or before the last day of what is given."""
    return (Q(sort_on__lte=day.latest) | _UNCERTAIN) & Q(earliest_on__lte=day.latest)


def in_posts(posts: Iterable[Post]) -> Q:
    """Statements with a party in one of these posts: chosen, or held on the day.

    A holder counts where no post was chosen for him and the tenure covers all the days that the
    statement names, as capacities are told. One query for the tenures.
    """
    pks = [post.pk for post in posts]
    condition = Q(search_vector=TsQuery(" | ".join(f"'@p{pk}'" for pk in pks)))
    for tenure in Tenure.objects.filter(post__in=pks).order_by():
        condition |= _held(tenure)
    return condition


def _held(tenure: Tenure) -> Q:
    holder = Q(search_vector=TsQuery(f"'@n{tenure.official_id}'"), said_on__isnull=False)
    if tenure.started_on:
        holder &= Q(sort_on__gte=tenure.started_on.earliest)
    if tenure.ended_on:
        last = tenure.ended_on.latest
        named = Func(F("said_on"), function="latest_day", output_field=DateField())
        holder &= Q(latest_on__lte=last) | (
            Q(said_on_qualifier="not_before") & Q(LessThanOrEqual(named, last))
        )
    return holder
