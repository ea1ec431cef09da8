"""How the matches of a search divide: by side, speaker, channel, year and the rest."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Func, QuerySet, TextField, Value
from django.db.models import Count as CountOf
from django.db.models.functions import Coalesce, ExtractYear, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from statements.models import (
    Citation,
    Country,
    Official,
    Outlet,
    Party,
    Statement,
    Topic,
)
from statements.vocabulary import Account, Act, Basis, Channel, Form, Role, Standing, Term

N_MATCHES = 10_000
N_CHOICES = 12

Tally = list[tuple[Any, int]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide the matches; `tally` counts statements for each value, most first."""

    name: str
    label: str | Promise
    tally: Callable[[Sequence[int]], Tally]
    labels: Callable[[Iterable[Any]], dict[Any, str]]


def _tally(rows: QuerySet[Any], value: Any, statement: str) -> Tally:
    """Counts each statement once for a value, however many of its rows have it."""
    counted = (
        rows.order_by()
        .values_list(value)
        .annotate(n=CountOf(statement, distinct=True))
        .order_by("-n", value)
    )
    return [(found, n) for found, n in counted[: N_CHOICES * 4] if found not in (None, "")]


def _by_party(role: Role, column: str) -> Callable[[Sequence[int]], Tally]:
    def tally(pks: Sequence[int]) -> Tally:
        rows = Party.objects.filter(role=role, statement__in=pks, **{f"{column}__isnull": False})
        return _tally(rows, column, "statement")

    return tally


def _by_column(column: str) -> Callable[[Sequence[int]], Tally]:
    return lambda pks: _tally(Statement.objects.filter(pk__in=pks), column, "pk")


def _by_act(pks: Sequence[int]) -> Tally:
    rows = Statement.objects.filter(pk__in=pks).annotate(
        act=Func("acts", function="unnest", output_field=TextField())
    )
    return _tally(rows, "act", "pk")


def _by_topic(pks: Sequence[int]) -> Tally:
    rows = Statement.topics.through.objects.filter(statement__in=pks)
    return _tally(rows, "topic", "statement")


def _by_outlet(pks: Sequence[int]) -> Tally:
    """A text that retells another counts for both outlets, as the filter finds it by both."""
    both = Func("article__outlet", "article__based_on__outlet", template="ARRAY[%(expressions)s]")
    rows = Citation.objects.filter(statement__in=pks).annotate(
        outlet=Func(both, function="unnest", output_field=BigIntegerField())
    )
    return _tally(rows, "outlet", "statement")


def _by_language(pks: Sequence[int]) -> Tally:
    rows = Statement.objects.filter(pk__in=pks).annotate(
        spoken=Coalesce(NullIf("original_language", Value("")), "language")
    )
    return _tally(rows, "spoken", "pk")


def _by_year(pks: Sequence[int]) -> Tally:
    rows = Statement.objects.filter(pk__in=pks, said_on__isnull=False).annotate(
        year=ExtractYear("sort_on")
    )
    return sorted(_tally(rows, "year", "pk"), reverse=True)


def _rows(model: Any, key: str = "slug") -> Callable[[Iterable[Any]], dict[Any, str]]:
    def labels(pks: Iterable[Any]) -> dict[Any, str]:
        return {row.pk: (getattr(row, key), str(row)) for row in model.objects.filter(pk__in=pks)}

    return labels


def _terms(terms: type[Term]) -> Callable[[Iterable[Any]], dict[Any, str]]:
    return lambda codes: {
        code: (code, translate(terms(code).label)) for code in codes if code in terms.codes()
    }


def _as_told(values: Iterable[Any]) -> dict[Any, str]:
    return {value: (str(value), str(value)) for value in values}


FACETS = [
    Facet("from", _("From"), _by_party(Role.SPEAKER, "country"), _rows(Country, "code")),
    Facet("to", _("To"), _by_party(Role.ADDRESSEE, "country"), _rows(Country, "code")),
    Facet("speaker", _("Speaker"), _by_party(Role.SPEAKER, "official"), _rows(Official)),
    Facet("addressee", _("Addressee"), _by_party(Role.ADDRESSEE, "official"), _rows(Official)),
    Facet("channel", _("Channel"), _by_column("channel"), _terms(Channel)),
    Facet("form", _("Form"), _by_column("form"), _terms(Form)),
    Facet("act", _("Act"), _by_act, _terms(Act)),
    Facet("topic", _("Topic"), _by_topic, _rows(Topic)),
    Facet("account", _("Whose account"), _by_column("account"), _terms(Account)),
    Facet("basis", _("Basis"), _by_column("basis"), _terms(Basis)),
    Facet("standing", _("Standing"), _by_column("standing"), _terms(Standing)),
    Facet("outlet", _("Outlet"), _by_outlet, _rows(Outlet)),
    Facet("language", _("Original language"), _by_language, _as_told),
    Facet("year", _("Year"), _by_year, _as_told),
]
