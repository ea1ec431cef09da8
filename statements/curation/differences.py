"""Two versions of an object compared, field by field, in the words of the domain."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from statements.models import (
    Article,
    Citation,
    EventParty,
    FormerRow,
    Link,
    Organization,
    Party,
    Post,
    Statement,
)

from .history import PARTS, Place, State, Values
from .marking import Marked, marked

NAMING = ("name", "title", "key", "slug", "code")
# By what a part is known again when it was taken out and put back, as imports do.
KNOWN_BY: Mapping[type[Model], tuple[str, ...]] = {
    Party: ("role", "kind", "official_id", "organization_id", "post_id", "name_as_printed"),
    EventParty: ("role", "kind", "official_id", "organization_id", "post_id", "name_as_printed"),
    Citation: ("article_id",),
    Link: ("kind", "target_id"),
}
Reference = tuple[type[Model], int]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What a field was and what it is, in words; empty where there was or is nothing."""

    label: str
    before: str
    after: str

    @property
    def in_pieces(self) -> Marked:
        """Both, with the words marked that are in one alone."""
        return marked(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in an object (`part` is empty) or in one of its parts."""

    part: str
    fields: list[FieldDifference]
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    model: type[Model]
    before: Values | None
    after: Values | None

    @property
    def changed(self) -> list["Field[Any, Any]"]:
        return [
            field
            for field in self.model._meta.concrete_fields
            if (self.before or {}).get(_column(field)) != (self.after or {}).get(_column(field))
        ]


Shows = Callable[[type[Model], "Field[Any, Any]"], bool]


def differences(
    before: State, after: State, *, whole: type[Model], shows: Shows = lambda model, field: True
) -> list[Difference]:
    """Says what differs between two states of an object, its own fields first.

    `shows` chooses the fields. Costs a query for each kind of row that is named.
    """
    [told] = all_differences([(before, after)], whole=whole, shows=shows)
    return told


def all_differences(
    steps: Iterable[tuple[State, State]],
    *,
    whole: type[Model],
    shows: Shows = lambda model, field: True,
) -> list[list[Difference]]:
    """Says what differs in each of several steps, for the queries of one."""
    pairs = [list(_pairs(before, after, whole)) for before, after in steps]
    names = _Names(_references(pair for step in pairs for pair in step))
    told = [[_told(pair, whole, names, shows) for pair in step] for step in pairs]
    return [[one for one in step if one.fields] for step in told]


def _pairs(before: State, after: State, whole: type[Model]) -> Iterator[_Pair]:
    """What belongs together in two states: a row and itself, or a part and its replacement."""
    new = {place: values for place, values in after.items() if place not in before}
    for model in (whole, *PARTS[whole]):
        table = model._meta.db_table
        for place in sorted(place for place in before if place[0] == table):
            then, now = before[place], after.get(place)
            successor = _successor(model, then, new) if now is None else None
            if successor:
                now = new.pop(successor)
            if then != now:
                yield _Pair(model, then, now)
        for place in sorted(place for place in new if place[0] == table):
            yield _Pair(model, None, new[place])


def _column(field: "Field[Any, Any]") -> str:
    return str(field.column)


def _successor(model: type[Model], values: Values, new: State) -> Place | None:
    """The new part that tells of the same as one that went, the most alike first."""
    known_by = KNOWN_BY.get(model, tuple(map(_column, _told_fields(model))))
    alike = [
        place
        for place, others in new.items()
        if place[0] == model._meta.db_table
        and all(others.get(column) == values.get(column) for column in known_by)
    ]
    return max(alike, key=lambda place: _n_alike(values, new[place]), default=None)


def _n_alike(values: Values, others: Values) -> int:
    return sum(others.get(column) == value for column, value in values.items())


def _told_fields(model: type[Model]) -> list["Field[Any, Any]"]:
    """The fields that say something: neither numbers of rows nor what the part belongs to."""
    owners = {parts[model] for parts in PARTS.values() if model in parts}
    return [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated) and field.column not in owners
    ]


def _told(pair: _Pair, whole: type[Model], names: "_Names", shows: Shows) -> Difference:
    changed = set(pair.changed)
    fields = [
        FieldDifference(
            capfirst(str(field.verbose_name)),
            names.printed(field, pair.before),
            names.printed(field, pair.after),
        )
        for field in _told_fields(pair.model)
        if field in changed and shows(pair.model, field)
    ]
    is_part = pair.model is not whole
    return Difference(
        part=names.of_part(pair.model, pair.after or pair.before or {}) if is_part else "",
        fields=[field for field in fields if field.before != field.after],
        is_new=pair.before is None,
        is_gone=pair.after is None,
    )


def _references(pairs: Iterable[_Pair]) -> dict[type[Model], set[int]]:
    """The rows that the values name, by kind."""
    named: dict[type[Model], set[int]] = defaultdict(set)
    for pair in pairs:
        for values in (pair.before, pair.after):
            for field in _told_fields(pair.model):
                if isinstance(field, ForeignKey) and values and values.get(_column(field)):
                    named[field.related_model].add(values[_column(field)])
    return named


class _Names:
    """What values are called, of rows that are there and of rows that are gone."""

    def __init__(self, named: Mapping[type[Model], set[int]]) -> None:
        self._names: dict[Reference, str] = {}
        for model, pks in named.items():
            found = _nameable(model).in_bulk(pks)
            self._names |= {(model, pk): str(row) for pk, row in found.items()}
            gone = {pk for pk in pks if pk not in found}
            if gone:
                self._names |= names_of_deleted(model, gone)

    def printed(self, field: "Field[Any, Any]", values: Values | None) -> str:
        value = (values or {}).get(_column(field))
        if value in (None, "", [], {}):
            return ""
        if isinstance(field, ForeignKey):
            return self._names.get((field.related_model, value), f"№ {value}")
        return _printed_value(field, value, values or {})

    def of_part(self, model: type[Model], values: Values) -> str:
        """Names a part: `Party: Jalil Abbas Jilani (Speaker)`."""
        title = capfirst(str(model._meta.verbose_name))
        fields = {field.name: field for field in _told_fields(model)}
        if model in (Party, EventParty):
            actors = ("official", "organization", "post", "name_as_printed", "country", "kind")
            named = (self.printed(fields[name], values) for name in actors)
            name = next(filter(None, named), "")
            return f"{title}: {name} ({self.printed(fields['role'], values)})"
        references = [f for f in fields.values() if isinstance(f, ForeignKey)]
        if model._meta.auto_created:
            title = capfirst(str(references[0].related_model._meta.verbose_name))
        naming = [*(fields[name] for name in NAMING if name in fields), *references]
        name = next(filter(None, (self.printed(field, values) for field in naming)), "")
        return f"{title}: {name}" if name else title


def names_of_deleted(model: type[Model], pks: Iterable[int]) -> dict[Reference, str]:
    """What rows that are gone were called last."""
    rows = FormerRow.objects.filter(relation=model._meta.db_table, row_id__in=pks, is_deleted=True)
    return {(model, row.row_id): name_told(row.values) for row in rows.order_by("id")}


def name_told(values: Values) -> str:
    """What a row calls itself."""
    return str(next((values[name] for name in NAMING if values.get(name)), ""))


def _nameable(model: type[Model]) -> "QuerySet[Any]":
    """Rows with what their names are made of, and without their long texts."""
    rows: QuerySet[Any] = model._base_manager.all()
    if model is Post:
        return rows.select_related("organization", "country")
    if model is Organization:
        return rows.select_related("country")
    if model is Article:
        return rows.only("title")
    return rows.only("key") if model is Statement else rows


def _printed_value(field: "Field[Any, Any]", value: Any, values: Values) -> str:
    if field.name == "said_at":
        return _printed_instant(value, values.get("said_at_offset") or 0)
    labels = _labels(field)
    if isinstance(value, list):
        return ", ".join(labels.get(one, str(one)) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{scheme}: {identifier}" for scheme, identifier in sorted(value.items()))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return labels.get(value, str(value))


def _labels(field: "Field[Any, Any]") -> dict[Any, str]:
    listed = getattr(field, "base_field", field)
    return {code: str(_(str(label))) for code, label in listed.flatchoices}


def _printed_instant(value: str, offset: int) -> str:
    instant = parse_datetime(value)
    if not isinstance(instant, datetime):
        return value
    return instant.astimezone(timezone(timedelta(minutes=offset))).isoformat(timespec="minutes")
