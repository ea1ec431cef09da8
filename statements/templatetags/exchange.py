"""Two accounts of a conversation, and threads of replies: a page may hold a hundred statements."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Protocol

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from statements.models import Country, Statement
from statements.search.snippets import Snippet

from .archive import names
from .items import article

register = template.Library()

N_DEPTH = 5  # deeper replies stand as deep as this, on a phone too
LINE = '<li class="exchange__line">%s</li>\n'
CELL = '<div class="exchange__cell exchange__cell--%s"><p class="exchange__whose">%s</p>%s</div>'
ONLY = '<span class="badge badge--warning">%s</span>'
REPLY = '<p class="thread__answers">%s</p>'


class Told(Protocol):
    @property
    def statement(self) -> Statement: ...
    @property
    def snippet(self) -> Snippet | None: ...


class Line(Protocol):
    """What one or both of two accounts tell."""

    @property
    def one(self) -> Told | None: ...
    @property
    def other(self) -> Told | None: ...
    @property
    def together(self) -> Statement | None: ...


class Reply(Protocol):
    @property
    def statement(self) -> Statement: ...
    @property
    def depth(self) -> int: ...
    @property
    def answered(self) -> Statement | None: ...


@register.simple_tag
def told_lines(lines: Iterable[Line], one: Country, other: Country) -> SafeString:
    """Sets two accounts beside each other; what is in one alone says whose it is."""
    return SafeString("".join(LINE % _cells(line, one, other) for line in lines))


def _cells(line: Line, one: Country, other: Country) -> str:
    if line.together:
        return CELL % ("both", escape(gettext("Both tell this")), article(line.together))
    is_alone = not (line.one and line.other)
    return _cell(line.one, "one", one, is_alone=is_alone) + _cell(
        line.other, "other", other, is_alone=is_alone
    )


def _cell(told: Told | None, place: str, country: Country, *, is_alone: bool) -> str:
    if told is None:
        return ""
    name = {"country": country.name}
    if is_alone:
        place, whose = f"{place} exchange__cell--alone", gettext("Only %(country)s tells this")
        return CELL % (place, ONLY % escape(whose % name), article(told.statement))
    whose = gettext("As %(country)s tells it") % name
    return CELL % (place, escape(whose), article(told.statement, told.snippet))


@register.simple_tag
def reply_tree(replies: Sequence[Reply]) -> SafeString:
    """Sets threads as lists within lists, each reply saying whom it answers."""
    told, level = [], -1
    for reply in replies:
        depth = min(reply.depth, N_DEPTH, level + 1)
        if depth > level:
            told.append('<ol class="thread">')
        else:
            told.append("</li>" + "</ol></li>" * (level - depth))
        answers = REPLY % escape(_answers(reply.answered)) if reply.answered else ""
        told.append(f'<li class="thread__item">{answers}{article(reply.statement)}')
        level = depth
    told.append("</li></ol>" * (level + 1))
    return SafeString("".join(told))


def _answers(answered: Statement) -> str:
    return gettext("In reply to %(speaker)s") % {"speaker": names(answered.speakers)}
