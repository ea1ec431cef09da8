"""What mails say of a statement in plain text."""

from django import template
from django.utils.translation import gettext

from statements.dates import Qualifier, printed
from statements.models import Statement
from statements.texts import without_outer_marks
from statements.vocabulary import Basis, Form

from .archive import join_names, term
from .words import MARKS, beginning

register = template.Library()


@register.filter
def plain_words(statement: Statement) -> str:
    """The beginning of the words on one line; only a direct quotation stands between marks."""
    if statement.form != Form.DIRECT:
        return " ".join(beginning(statement.text).split())
    opening, closing = MARKS.get(statement.language.split("-")[0].lower(), ("“", "”"))
    told = " ".join(beginning(without_outer_marks(statement.text)).split())
    return f"{opening}{told}{closing}"


@register.filter
def plain_day(statement: Statement) -> str:
    """The day as far as it is known; what is inferred is said to be."""
    if statement.said_on is None:
        return gettext("On a day that is not known")
    qualifier = Qualifier(statement.said_on_qualifier)
    told = printed(statement.said_on, qualifier, statement.said_on_until, translate=gettext)
    if statement.said_on_basis == Basis.INFERRED:
        return gettext("%(day)s (inferred)") % {"day": told}
    return told


@register.filter
def facts(statement: Statement) -> str:
    """The form of the words, the channel, and who told of it, on one line."""
    channel = term(statement.channel, "channel")
    if statement.platform:
        channel = f"{channel} ({statement.platform})"
    told = [term(statement.form, "form"), channel]
    if statement.relayers:
        relayers = join_names([party.name for party in statement.relayers])
        told.append(gettext("relayed by %(relayers)s") % {"relayers": relayers})
    if outlets := _outlets(statement):
        told.append(gettext("reported by %(outlets)s") % {"outlets": join_names(outlets)})
    if statement.basis == Basis.INFERRED:
        told.append(gettext("in part inferred by the curator"))
    return " · ".join(told)


def _outlets(statement: Statement) -> list[str]:
    """Those who report it; of what retells a report, the one who made that."""
    articles = [citation.article for citation in statement.citations.all()]
    return list(dict.fromkeys((one.based_on or one).outlet.name for one in articles))
