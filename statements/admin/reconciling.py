"""Three versions of a form's fields brought together: as opened, as saved meanwhile, as written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django import forms

# What a form carries besides what an object says of itself.
NOT_COMPARED = frozenset({"version", "why", "public_note", "DELETE", "id"})
Posted = dict[str, list[str]]  # fields by name, as a browser sends them


class Side(Enum):
    """Who changed a field since the form was opened."""

    BOTH = "both"
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that one of two curators changed, or both did, in words."""

    name: str
    part: str
    label: str
    opened: str
    theirs: str
    mine: str
    side: Side


@dataclass(frozen=True, slots=True)
class PartForms:
    """The rows of an inline as they were opened and as they are, by their number."""

    prefix: str
    title: str
    opened: Mapping[int, forms.BaseForm]
    theirs: Mapping[int, forms.BaseForm]
    owner: str  # the field that names what the part belongs to
    owner_pk: int


@dataclass
class Reconciled:
    """What to show and to save: the fields brought together, and what clashed."""

    posted: Posted
    clashes: list[Clash] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def as_posted(form: forms.BaseForm) -> Posted:
    """The fields of a form nobody has touched, as a browser would send them."""
    posted = {}
    for name, one in form.fields.items():
        if name not in NOT_COMPARED:
            value = one.prepare_value(form.get_initial_for_field(one, name))
            posted[name] = _as_sent(one, value)
    return posted


def reconcile_fields(
    mine: Posted,
    *,
    opened: forms.BaseForm,
    theirs: forms.BaseForm,
    prefix: str = "",
    part: str = "",
) -> tuple[Posted, list[Clash]]:
    """Takes what only they changed, keeps what I changed, and lists all of it.

    Fields come and go without their prefix; the clashes name them with it.
    """
    settled, clashes = dict(mine), []
    told_before, told_now = as_posted(opened), as_posted(theirs)
    for name in told_now.keys() & told_before.keys():
        before, now, written = told_before[name], told_now[name], mine.get(name, [])
        is_theirs = not _is_same(before, now)
        is_mine = not _is_same(before, written)
        if not (is_theirs or is_mine) or _is_same(now, written):
            continue
        side = Side.BOTH if is_theirs and is_mine else Side.THEIRS if is_theirs else Side.MINE
        if side is Side.THEIRS:
            settled[name] = now
        one = theirs.fields[name]
        clashes.append(
            Clash(
                name=f"{prefix}{name}",
                part=part,
                label=str(one.label or name),
                opened=_in_words(one, before),
                theirs=_in_words(one, now),
                mine=_in_words(one, written),
                side=side,
            )
        )
    order = list(theirs.fields)
    clashes.sort(key=lambda clash: order.index(clash.name.removeprefix(prefix)))
    return settled, clashes


def reconcile_parts(mine: Reconciled, part: PartForms) -> None:
    """Brings the rows of an inline together: theirs, mine, and those that one of us removed."""
    rows: list[Posted] = []
    for index in range(int(mine.posted[f"{part.prefix}-TOTAL_FORMS"][0])):
        row = _row(mine.posted, f"{part.prefix}-{index}-")
        settled = _settled(mine, part, row, len([one for one in rows if _pk_of(one)]))
        if settled is not None:
            rows.append(settled)
    present = {_pk_of(row) for row in rows}
    for pk, form in part.theirs.items():
        if pk not in part.opened and pk not in present:
            mine.added.append(_named(part, form))
            owner = {part.owner: [str(part.owner_pk)], "id": [str(pk)]}
            rows.append(as_posted(form) | owner)
    _write(mine.posted, part.prefix, rows)


def _settled(mine: Reconciled, part: PartForms, row: Posted, place: int) -> Posted | None:
    """A row of mine as it is to stand below; None where they removed what I left alone."""
    pk = _pk_of(row)
    opened = part.opened.get(pk) if pk else None
    if pk is None or opened is None:
        return row
    theirs = part.theirs.get(pk)
    if theirs is not None:
        name = _named(part, theirs)
        settled, clashes = reconcile_fields(
            row, opened=opened, theirs=theirs, prefix=f"{part.prefix}-{place}-", part=name
        )
        mine.clashes += clashes
        return settled
    before = as_posted(opened)
    is_untouched = all(_is_same(before[name], row.get(name, [])) for name in before)
    (mine.removed if is_untouched or "DELETE" in row else mine.kept).append(_named(part, opened))
    if is_untouched or "DELETE" in row:
        return None
    return row | {"id": [""]}


def _named(part: PartForms, form: Any) -> str:
    return f"{part.title}: {form.instance}"


def _row(posted: Posted, prefix: str) -> Posted:
    return {
        name.removeprefix(prefix): values
        for name, values in posted.items()
        if name.startswith(prefix)
    }


def _pk_of(row: Posted) -> int | None:
    told = (row.get("id") or [""])[0]
    return int(told) if told.isdecimal() and len(told) < 19 else None


def _write(posted: Posted, prefix: str, rows: list[Posted]) -> None:
    """Numbers the rows anew, those that are kept before those that are new."""
    kept = [row for row in rows if _pk_of(row)]
    new = [row for row in rows if not _pk_of(row)]
    counts = (f"{prefix}-TOTAL_FORMS", f"{prefix}-INITIAL_FORMS")
    management = (f"{prefix}-MIN_NUM_FORMS", f"{prefix}-MAX_NUM_FORMS", f"{prefix}-__prefix__-")
    for name in [one for one in posted if one.startswith(f"{prefix}-")]:
        if not name.startswith((*counts, *management)):
            del posted[name]
    for index, row in enumerate([*kept, *new]):
        posted.update({f"{prefix}-{index}-{name}": values for name, values in row.items()})
    posted[counts[0]] = [str(len(rows))]
    posted[counts[1]] = [str(len(kept))]


def _as_sent(one: forms.Field, value: Any) -> list[str]:
    if isinstance(one, forms.BooleanField):
        return ["on"] if value else []
    if isinstance(one, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return [str(each) for each in value or []]
    return ["" if value is None else str(value)]


def _is_same(one: list[str], other: list[str]) -> bool:
    return _plain(one) == _plain(other)


def _plain(values: Iterable[str]) -> list[str]:
    """What was sent, with the line ends of a browser undone and the ends of texts left aside."""
    written = (value.replace("\r\n", "\n").replace("\r", "\n").strip() for value in values)
    return sorted(value for value in written if value)


def _in_words(one: forms.Field, values: list[str]) -> str:
    """What a curator sees chosen or written, rather than what the browser sends."""
    if isinstance(one, forms.ModelChoiceField):
        pks = [value for value in values if value.isdecimal() and len(value) < 19]
        rows = one.queryset.filter(pk__in=pks) if one.queryset is not None and pks else []
        return ", ".join(one.label_from_instance(row) for row in rows)
    if isinstance(one, forms.BooleanField):
        return "✓" if values else ""
    labels = dict(getattr(one, "choices", ()))
    return ", ".join(str(labels.get(value, value)) for value in values)
