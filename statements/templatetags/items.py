"""The statements of a list, each made ready for its template: a page sets fifty."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from statements.models import Statement
from statements.vocabulary import Basis, Standing

from .archive import day, direction, term
from .parties import inferred, who_and_whom
from .words import original_in_list, words_in_list

register = template.Library()


@dataclass(frozen=True, slots=True)
class Item:
    """What a list tells of a statement; `original` are words found in the original alone."""

    url: str
    day: str
    inferred: str
    who: SafeString
    words: SafeString
    original: SafeString
    form: str
    language: str
    direction: str
    facts: list[str]
    standing: str


@register.simple_tag(takes_context=True)
def items(context: Context, statements: Iterable[Statement]) -> list[Item]:
    """Makes statements ready, loaded with their parties.

    The context's `snippets` and `found_names`, if there are any, tell what a search found where.
    """
    snippets, names = context.get("snippets") or {}, context.get("found_names") or ()
    return [
        Item(
            url=statement.get_absolute_url(),
            day=day(statement),
            inferred=inferred() if statement.said_on_basis == Basis.INFERRED else "",
            who=who_and_whom(statement, names),
            words=words_in_list(statement, snippets.get(statement.pk)),
            original=original_in_list(statement, snippets.get(statement.pk)),
            form=statement.form,
            language=statement.language,
            direction=direction(statement.language),
            facts=_facts(statement),
            standing=_standing(statement),
        )
        for statement in statements
    ]


def _facts(statement: Statement) -> list[str]:
    channel = term(statement.channel, "channel")
    if statement.platform:
        channel = f"{channel} ({statement.platform})"
    account = [term(statement.account, "account")] if statement.account else []
    return [term(statement.form, "form"), channel, *account]


def _standing(statement: Statement) -> str:
    """How the attribution stands, if it is not undisputed."""
    if statement.standing == Standing.UNDISPUTED:
        return ""
    return term(statement.standing, "standing").lower()
