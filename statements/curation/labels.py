"""What rows are called where a curator looks through many of different kinds."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext

from statements.models import (
    Article,
    Citation,
    EventParty,
    Link,
    OfficialLikeness,
    Party,
    Statement,
    StatementLikeness,
    Tenure,
)
from statements.vocabulary import Role

N_CHARACTERS = 120

Label = Callable[[Any], str]


def labels(model: type[models.Model], pks: Iterable[int]) -> dict[int, str]:
    """A line for each row of a table, its number where it is gone; one or two queries."""
    asked = list(pks)
    rows = model._base_manager.filter(pk__in=asked).select_related(
        *RELATED.get(model, _keys(model))
    )
    rows = rows.defer(*LONG.get(model, ()))
    label = LABELS.get(model, _of_any)
    found = {row.pk: Truncator(label(row)).chars(N_CHARACTERS) for row in rows}
    return {pk: found.get(pk, f"{model._meta.verbose_name} {pk}") for pk in asked}


def _keys(model: type[models.Model]) -> tuple[str, ...]:
    """Of the tables between two others, the two."""
    if not model._meta.auto_created:
        return ()
    return tuple(field.name for field in model._meta.fields if field.is_relation)


def _of_any(row: Any) -> str:
    if row._meta.auto_created:
        return " · ".join(str(getattr(row, name)) for name in _keys(type(row)))
    return str(row)


def _of_party(party: Any) -> str:
    whole = party.statement if isinstance(party, Party) else party.event
    role = gettext(Role.of(party.role).label)
    printed = f" “{party.name_as_printed}”" if party.name_as_printed else ""
    return f"{whole} · {role}{printed}"


def _of_tenure(tenure: Tenure) -> str:
    days = " – ".join(str(day or "…") for day in (tenure.started_on, tenure.ended_on))  # noqa: RUF001
    return f"{tenure.capacity} · {days}"


def _of_citation(citation: Citation) -> str:
    return f"{citation.statement} · {citation.article.slug} “{citation.quote}”"


def _of_pair(pair: Any) -> str:
    return f"{pair.first} ≈ {pair.second}"


LABELS: Mapping[type[models.Model], Label] = {
    Party: _of_party,
    EventParty: _of_party,
    Tenure: _of_tenure,
    Citation: _of_citation,
    StatementLikeness: _of_pair,
    OfficialLikeness: _of_pair,
}
RELATED: Mapping[type[models.Model], tuple[str, ...]] = {
    Party: ("statement",),
    EventParty: ("event",),
    Tenure: ("official", "post__organization", "post__country"),
    Citation: ("statement", "article"),
    Link: ("statement", "target"),
    StatementLikeness: ("first", "second"),
    OfficialLikeness: ("first", "second"),
}
VECTORS = ("search_vector", "facets", "text", "original_text")
LONG: Mapping[type[models.Model], tuple[str, ...]] = {
    Article: ("body",),
    Statement: VECTORS,
    Party: tuple(f"statement__{name}" for name in VECTORS),
    Citation: (*(f"statement__{name}" for name in VECTORS), "article__body"),
}
