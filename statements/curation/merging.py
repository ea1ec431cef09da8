"""Two rows of one kind become one: what each of them says, what moves, and what is left over."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from statements.models import (
    Alias,
    Article,
    Citation,
    Event,
    Official,
    Organization,
    Outlet,
    Party,
    Post,
    Rearrangement,
    Rearranging,
    Redirect,
    Tenure,
    Topic,
)
from statements.vocabulary import ArticleKind

from .changes import Change, Columns, addition, removal, rows_of, update
from .choosing import Choices, sides
from .errors import RefusedError
from .rearranging import Plan, bounded, carry_out
from .relations import Collision, Relation, relations_to, repoint, rows_among, rows_at
from .sides import TENURES, parties_of, seated

MERGED: tuple[type[models.Model], ...] = (
    Official,
    Organization,
    Post,
    Outlet,
    Article,
    Event,
    Topic,
)
# What keeps a name that is given up as an alias, and the column that says whose it is.
ALIASED: Mapping[type[models.Model], str] = {
    Official: "official_id",
    Organization: "organization_id",
}
RESULT = ("check_result", "checked_at")
CHECKED = (*RESULT, "start", "prefix", "suffix")


def plan_merge(*, kept: models.Model, absorbed: models.Model, choices: Choices) -> Plan:
    """Works out all that a merge changes, without writing anything.

    `choices` says by a field's name whose value stands: `kept`, `other` or `both`. Raises
    RefusedError when the two cannot be one, or too many rows would move.
    """
    model = type(kept)
    _refuse_unlike(kept, absorbed)
    merged = _merged(kept, absorbed, choices)
    changes: list[Change] = []
    collisions: list[Collision] = []
    for relation in relations_to(model):
        rows = rows_at(relation, absorbed.pk)
        moved = repoint(
            relation,
            rows,
            to=kept.pk,
            among=rows_among(relation, kept.pk, rows),
            besides=_besides(relation, rows, kept=merged, absorbed=absorbed),
        )
        changes += moved.changes
        collisions += moved.collisions
    changes += _of_the_two(kept, absorbed, merged)
    if isinstance(merged, Article) and isinstance(absorbed, Article):
        told_twice = {c.pk for c in changes if c.is_removal and c.model is Citation}
        changes += _rechecked(merged, kept, absorbed, gone=told_twice)
    return Plan(
        act=Rearranging.MERGE,
        kind=model,
        row_id=kept.pk,
        summary=f"{_titled(absorbed)} → {_titled(merged)}",
        changes=bounded(changes),
        collisions=tuple(collisions),
        warnings=tuple(_warnings(kept, absorbed)),
    )


@transaction.atomic
def merge(
    *,
    kept: models.Model,
    absorbed: models.Model,
    choices: Choices,
    by: AbstractBaseUser,
    as_shown: str | None = None,
) -> Rearrangement:
    """Merges one row into another, and leads its address there for ever.

    `as_shown` is the digest of the plan that the curator saw: RefusedError when another one came
    of it since. One transaction; a row that refers to either waits for its end.
    """
    _refuse_unlike(kept, absorbed)
    rows = {row.pk: row for row in locked(type(kept), kept.pk, absorbed.pk)}
    if len(rows) < 2:
        raise RefusedError([_("One of the two is no longer there.")])
    plan = plan_merge(kept=rows[kept.pk], absorbed=rows[absorbed.pk], choices=choices)
    refuse_other(plan, as_shown)
    return carry_out(plan, by=by)


def locked(model: type[models.Model], *pks: int) -> list[Any]:
    """Rows that nobody else can change or refer to anew until the transaction ends."""
    rows = model._base_manager.select_for_update().filter(pk__in=pks)
    return list(rows.order_by("pk"))


def refuse_other(plan: Plan, as_shown: str | None) -> None:
    if as_shown is not None and as_shown != plan.digest:
        raise RefusedError(
            [_("Something changed since this was shown: here is what would happen now.")]
        )


def _refuse_unlike(kept: models.Model, absorbed: models.Model) -> None:
    model = type(kept)
    if model is not type(absorbed) or model not in MERGED or kept.pk == absorbed.pk:
        raise RefusedError([_("Choose two different ones of one kind.")])


def _merged(kept: models.Model, absorbed: models.Model, choices: Choices) -> Any:
    """The kept row with the values chosen, as a row that is not saved."""
    model = type(kept)
    merged = model(**{field.attname: getattr(kept, field.attname) for field in _plain(model)})
    for side in sides(kept, absorbed):
        if not side.is_same:
            setattr(merged, side.name, side.chosen(choices.get(side.name, side.default)))
    if isinstance(merged, Article) and merged.based_on_id in (kept.pk, absorbed.pk):
        merged.based_on = None
        if merged.kind == ArticleKind.RECONSTRUCTION:
            raise RefusedError(
                [_("A reconstruction cannot be merged with the report it is based on.")]
            )
    return merged


def _plain(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _of_the_two(kept: models.Model, absorbed: models.Model, merged: Any) -> list[Change]:
    """What becomes of the two rows themselves, of the name given up and of the address."""
    model = type(kept)
    [before] = rows_of(model, "t.id = %s", [kept.pk])
    [gone] = rows_of(model, "t.id = %s", [absorbed.pk])
    after = {
        field.column: _as_json(field, merged)
        for field in _plain(model)
        if getattr(merged, field.attname) != getattr(kept, field.attname)
    }
    changes = [removal(model, gone)]
    if after:
        changes.append(update(model, before, **after))
    changes += _aliases_of(kept, absorbed, merged)
    address = {"kind": str(model._meta.model_name), "old_slug": gone["slug"]}
    return [*changes, addition(Redirect, **address, new_slug=before["slug"])]


def _as_json(field: Any, row: models.Model) -> Any:
    value = getattr(row, field.attname)
    is_plain = value is None or isinstance(value, str | int | float | bool | dict | list)
    return value if is_plain else field.value_to_string(row)


def _aliases_of(kept: models.Model, absorbed: models.Model, merged: Any) -> list[Change]:
    """The names that neither stand nor are aliases already, as aliases at the end of the list."""
    column = ALIASED.get(type(kept))
    if column is None:
        return []
    aliases = Alias.objects.filter(**{f"{column}__in": [kept.pk, absorbed.pk]})
    known = {merged.name, *aliases.values_list("name", flat=True)}
    names = [row.name for row in (kept, absorbed) if isinstance(row, Official | Organization)]
    given_up = [name for name in dict.fromkeys(names) if name not in known]
    n = len(aliases)
    return [
        addition(Alias, **{column: kept.pk, "name": name, "language": "", "position": n + place})
        for place, name in enumerate(given_up)
    ]


def _besides(
    relation: Relation, rows: list[Columns], *, kept: Any, absorbed: Any
) -> dict[int, Columns]:
    """What else changes in the rows that move: sides, places in a list, checks."""
    if relation.model is Party and relation.column != "article_id":
        return _sides_of(relation, rows, kept, absorbed)
    if relation.model is Alias:
        after = Alias.objects.filter(**{relation.column: kept.pk}).count()
        return {row["id"]: {"position": after + place} for place, row in enumerate(rows)}
    if relation.model is Citation and kept.body != absorbed.body:
        return _checks_of([row["id"] for row in rows], kept)
    return {}


def _sides_of(relation: Relation, rows: list[Columns], kept: Any, absorbed: Any) -> dict[int, Any]:
    pks = [row["id"] for row in rows]
    tenures: list[Tenure] = []
    if isinstance(kept, Official):
        tenures = list(TENURES.filter(official__in=[kept.pk, absorbed.pk]))
    name = relation.column.removesuffix("_id")
    seats = seated(parties_of(pks), tenures, **{name: kept})
    return {
        seat.before.pk: {"country_id": seat.side_id}
        for seat in seats
        if seat.side_id != seat.before.country_id
    }


def _rechecked(
    merged: Article, kept: models.Model, absorbed: models.Model, *, gone: set[int | None]
) -> list[Change]:
    """The checks of both articles' citations, where the text of the one that stays changes.

    They follow that change, since the database checks citations with it.
    """
    if not isinstance(kept, Article) or merged.body == kept.body:
        return []
    rows = rows_of(Citation, "t.article_id = ANY(%s)", [[kept.pk, absorbed.pk]])
    stay = [row for row in rows if row["id"] not in gone]
    checks = _checks_of([row["id"] for row in stay], merged)
    return [update(Citation, row, **checks[row["id"]]) for row in stay]


def _checks_of(pks: list[int], article: Article) -> dict[int, Columns]:
    """How citations are checked against an article's text.

    Told of each, even where it comes out as before: the database checks them too, less closely,
    and what is taken back tells what stood there.
    """
    now = timezone.now()
    found: dict[int, Columns] = {}
    for citation in Citation.objects.filter(pk__in=pks).order_by("pk"):
        before = _check_of(citation)
        citation.article = article
        citation.recheck(at=now)
        after = _check_of(citation)
        told = RESULT if after == before else CHECKED
        found[citation.pk] = {name: after.get(name, now.isoformat()) for name in told}
    return found


def _check_of(citation: Citation) -> Columns:
    """What a check says, but for its instant."""
    told = {name: getattr(citation, name) for name in CHECKED if name != "checked_at"}
    return {**told, "check_result": str(citation.check_result)}


def _warnings(kept: models.Model, absorbed: models.Model) -> list[str]:
    warnings = []
    mine, theirs = (getattr(row, "identifiers", {}) for row in (kept, absorbed))
    for name in sorted(mine.keys() & theirs.keys()):
        if mine[name] != theirs[name]:
            message = _("Their identifiers differ, which speaks for two: %(name)s.")
            warnings.append(message % {"name": name})
    column = f"{type(kept)._meta.model_name}"
    if isinstance(kept, Official):
        both = Party.objects.filter(**{column: absorbed.pk}).filter(
            statement__in=Party.objects.filter(**{column: kept.pk}).values("statement")
        )
        keys = both.order_by("statement__key").values_list("statement__key", flat=True).distinct()
        if found := list(keys[:10]):
            message = _("Both take part in the same statements: %(keys)s.")
            warnings.append(message % {"keys": ", ".join(found)})
    return warnings


def _titled(row: Any) -> str:
    return f"{getattr(row, 'name', None) or row.title} ({row.slug})"
