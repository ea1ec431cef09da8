"""The statements of an official or an organization, by the role it has in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from statements.models import Statement
from statements.models.statements import StatementQuerySet
from statements.search.by_day import page_by_day
from statements.search.matches import Matches, with_token
from statements.search.paging import BadCursor
from statements.vocabulary import Role

from .paging import Page, with_urls
from .tallies import N_COUNTED, n_statements, printed_count

N_STATEMENTS = 20
WORDS: dict[str, Promise] = {
    "": _("In any role"),
    Role.SPEAKER: _("As speaker"),
    Role.ADDRESSEE: _("As addressee"),
    Role.RELAYER: _("As relayer"),
    Role.SUBJECT: _("Spoken about"),
}


@dataclass(frozen=True)
class RoleTab:
    """A link to the statements in one role, with their number."""

    label: Promise
    url: str
    count: str
    is_selected: bool


@dataclass(frozen=True)
class RoleStatements:
    """One page of statements in the role that the reader chose, and the other choices."""

    tabs: list[RoleTab]
    page: Page[Statement]
    role: str
    is_unknown: bool


def with_role_counts(actors: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Adds, as `n_speaker` and so on, how many statements each has in each role."""
    counts = {f"n_{role}": n_statements(column, role, cap=N_COUNTED) for role in Role}
    annotated: QuerySet[Any] = actors.annotate(**counts)
    return annotated


# The tokens of a party in each role, by the column that the actor fills.
IN_ROLE = {
    "official": {
        Role.SPEAKER: "s",
        Role.ADDRESSEE: "a",
        Role.RELAYER: "r",
        Role.SUBJECT: "j",
        "": "o",
    },
    "organization": {
        Role.SPEAKER: "S",
        Role.ADDRESSEE: "A",
        Role.RELAYER: "R",
        Role.SUBJECT: "J",
        "": "g",
    },
}


def statements_in(column: str, pk: int, role: str) -> StatementQuerySet:
    """The published statements that an actor has this role in, or any."""
    return with_token(f"{IN_ROLE[column][role]}{pk}")


def newest(
    statements: StatementQuerySet, parameters: QueryDict, n_rows: int = N_STATEMENTS
) -> Page[Statement]:
    """The page of these statements that `cursor` asks for, the newest first."""
    matches = Matches(statements)
    try:
        page = page_by_day(matches, cursor=parameters.get("cursor") or None, n_rows=n_rows)
    except BadCursor:
        page = page_by_day(matches, cursor=None, n_rows=n_rows)
    return with_urls(page, parameters)


def role_statements(actor: Model, column: str, parameters: QueryDict) -> RoleStatements:
    """Lists the statements of an actor, loaded with_role_counts(), as `role` asks."""
    role = parameters.get("role", "").lower()
    is_unknown = role not in WORDS
    found = statements_in(column, actor.pk, "" if is_unknown else role)
    return RoleStatements(
        tabs=_tabs({each: getattr(actor, f"n_{each}") for each in Role}, role),
        page=newest(found.none() if is_unknown else found, parameters),
        role=role,
        is_unknown=is_unknown,
    )


def _tabs(counts: Mapping[Role, int], role: str) -> list[RoleTab]:
    """The roles that hold statements; all of them together where there are several."""
    tabs = [
        RoleTab(WORDS[each], f"?role={each}#statements", printed_count(n), each == role)
        for each, n in counts.items()
        if n
    ]
    if len(tabs) < 2 and not role:
        return []
    return [RoleTab(WORDS[""], "?#statements", "", not role), *tabs]
