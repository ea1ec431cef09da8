"""What readers are told of the history of a published statement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import Field, Model

from statements.models import Citation, Link, Party, Statement
from statements.vocabulary import Status

from .differences import Difference, all_differences
from .history import MODEL_OF, State, Version, history_of

# Closed lists, so that a new column is not public because nobody thought of it.
SHOWN: Mapping[type[Model], frozenset[str]] = {
    Statement: frozenset(
        "text language form text_status original_text original_language translator said_on "
        "said_on_qualifier said_on_until said_on_basis said_at channel channel_basis platform "
        "basis_note acts event standing standing_note note".split()
    ),
    Party: frozenset(
        "role official post organization country name_as_printed chosen_capacity basis form "
        "channel article".split()
    ),
    Citation: frozenset("article locator form text_status quote".split()),
    Link: frozenset(("kind", "target")),
    Statement.topics.through: frozenset(("topic",)),
    Statement.about_events.through: frozenset(("event",)),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What readers saw change on a day, and what was said to them about it."""

    on: date
    note: str
    differences: list[Difference]


def corrections(statement: Statement) -> list[Correction]:
    """The changes of a statement that readers could see, the newest first.

    Compares each published state with the one published before it: what was changed before the
    publication, or while the statement was withdrawn, is told of as far as it was published.
    One query, and a query for each kind of row named where there are any.
    """
    history = history_of(Statement, statement.pk)
    public = [
        (version, version.after)
        for version in reversed(history.versions)
        if version.after.get(history.place, {}).get("status") == Status.PUBLISHED
    ]
    links = _public_targets(state for _version, state in public)
    states = [(version, _shown(state, links)) for version, state in public]
    steps = [(version, before, after) for (_, before), (version, after) in pairwise(states)]
    told = all_differences(
        [(before, after) for _version, before, after in steps], whole=Statement, shows=_is_shown
    )
    made = [
        _correction(version, differences)
        for (version, _before, _after), differences in zip(steps, told, strict=True)
        if differences
    ]
    return made[::-1]


def _correction(version: Version, differences: list[Difference]) -> Correction:
    change = version.change
    assert change  # only what is older than all history has none, and that is no step
    return Correction(change.made_at.date(), change.public_note, differences)


def _public_targets(states: Iterator[State]) -> frozenset[int]:
    """The statements among those linked to that readers may know of."""
    table = Link._meta.db_table
    named = {
        values["target_id"]
        for state in states
        for (relation, _row), values in state.items()
        if relation == table
    }
    if not named:
        return frozenset()
    targets = Statement.objects.filter(pk__in=named, status=Status.PUBLISHED)
    return frozenset(targets.values_list("pk", flat=True))


def _shown(state: State, targets: frozenset[int]) -> State:
    """A state without what readers do not see, so that it makes no difference either."""
    return {
        place: {name: value for name, value in values.items() if _is_kept(MODEL_OF[place[0]], name)}
        for place, values in state.items()
        if place[0] != Link._meta.db_table or values["target_id"] in targets
    }


def _is_kept(model: type[Model], column: str) -> bool:
    """Whether a column is shown, or tells how one that is shown is to be read."""
    return column in ("kind", "said_at_offset") or column.removesuffix("_id") in SHOWN[model]


def _is_shown(model: type[Model], field: "Field[Any, Any]") -> bool:
    return field.name in SHOWN[model]
