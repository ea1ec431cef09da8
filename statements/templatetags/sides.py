"""What two sides said to each other, set by a function, since a page sets forty statements."""

from collections.abc import Iterable
from html import escape

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from statements.models import Statement
from statements.search.pairs import Pair, Way
from statements.vocabulary import Basis

from .items import body

register = template.Library()

SIDE = (
    '<li class="side side--%s"><article class="statement-item"><p class="side__way">%s%s</p>'
    "%s</article></li>\n"
)
DAY_INFERRED = ' <span class="inferred" title="%s">%s</span>'


@register.simple_tag(takes_context=True)
def sides(context: Context, said: Iterable[tuple[Statement, Way]], pair: Pair) -> SafeString:
    """Sets statements of a day, each on its side and with words that say which.

    The context's `snippets` and `found_names`, if there are any, tell what a search found where.
    """
    snippets, names = context.get("snippets") or {}, context.get("found_names") or ()
    ways = {way: escape(way_in_words(pair, way)) for way in Way}
    return SafeString(
        "".join(
            SIDE
            % (
                way,
                ways[way],
                _day_inferred(statement),
                body(statement, snippets.get(statement.pk), names),
            )
            for statement, way in said
        )
    )


def way_in_words(pair: Pair, way: Way) -> str:
    """Who spoke to whom: `Pakistan to Iran`."""
    if way == Way.BOTH:
        return pgettext("of two who spoke", "Each to the other")
    told = pair if way == Way.FORTH else pair.turned
    return gettext("%(speaker)s to %(addressee)s") % {
        "speaker": told.one.name,
        "addressee": told.other.name,
    }


def _day_inferred(statement: Statement) -> str:
    """Says that a curator concluded the day, which the heading above tells for several."""
    if statement.said_on_basis != Basis.INFERRED:
        return ""
    meaning = gettext("Not stated by the source: inferred by the curator")
    return DAY_INFERRED % (escape(meaning), escape(gettext("(day inferred)")))
