"""The statements of a list, set by a function, since a page sets fifty."""

from collections.abc import Collection, Iterable
from html import escape

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from statements.models import Statement
from statements.search.snippets import Snippet
from statements.vocabulary import Basis, Standing

from .archive import day, direction, term
from .parties import inferred, who_and_whom
from .words import original_in_list, words_in_list

register = template.Library()


ARTICLE = '<article class="statement-item"><p class="statement-item__day">%s%s</p>%s</article>'
BODY = (
    '<div class="statement-item__body"><p class="statement-item__who">%s</p>'
    '<p class="statement-item__words words words--%s" lang="%s" dir="%s">'
    '<a href="%s">%s</a></p>%s<p class="statement-item__meta">%s%s</p></div>'
)
FACT = "<span>%s</span> "
STANDING = '<span class="badge badge--warning">%s %s</span>'


@register.simple_tag(takes_context=True)
def items(context: Context, statements: Iterable[Statement]) -> SafeString:
    """Sets statements, loaded with their parties, as the items of a list.

    The context's `snippets` and `found_names`, if there are any, tell what a search found where.
    """
    snippets, names = context.get("snippets") or {}, context.get("found_names") or ()
    return SafeString(
        "".join(f"<li>{article(told, snippets.get(told.pk), names)}</li>\n" for told in statements)
    )


def article(
    statement: Statement, snippet: Snippet | None = None, names: Collection[str] = ()
) -> str:
    """All that an item says: the day, and the body."""
    return ARTICLE % (
        conditional_escape(day(statement)),
        inferred() if statement.said_on_basis == Basis.INFERRED else "",
        body(statement, snippet, names),
    )


def body(statement: Statement, snippet: Snippet | None, names: Collection[str]) -> str:
    """Who spoke to whom, the words, and how they came; all that an item says but its day."""
    return BODY % (
        who_and_whom(statement, names),
        statement.form,
        escape(statement.language),
        direction(statement.language),
        escape(statement.get_absolute_url()),
        words_in_list(statement, snippet),
        original_in_list(statement, snippet),
        "".join(FACT % escape(fact) for fact in _facts(statement)),
        _standing(statement),
    )


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
    told = term(statement.standing, "standing").lower()
    return STANDING % (escape(gettext("Attribution:")), escape(told))
