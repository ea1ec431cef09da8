"""What the templates say in words: days, codes, languages, and whose words a text is in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import (
    get_language,
    get_language_bidi,
    get_language_info,
    gettext,
    gettext_lazy,
)
from django.utils.translation import gettext_noop as _

from statements import vocabulary
from statements.charts.bars import BarChart, Column, bar_chart
from statements.dates import PartialDate, Qualifier, printed, printed_time
from statements.models import Citation, Party, Statement
from statements.quoting import Check
from statements.texts import led, runs_from_the_right
from statements.vocabulary import PartyKind, Term

from .parties import is_mutual

register = template.Library()

VOCABULARIES: dict[str, type[Term]] = {
    "account": vocabulary.Account,
    "act": vocabulary.Act,
    "article_kind": vocabulary.ArticleKind,
    "basis": vocabulary.Basis,
    "channel": vocabulary.Channel,
    "event_kind": vocabulary.EventKind,
    "form": vocabulary.Form,
    "link_kind": vocabulary.LinkKind,
    "organization_kind": vocabulary.OrganizationKind,
    "party_kind": vocabulary.PartyKind,
    "role": vocabulary.Role,
    "standing": vocabulary.Standing,
    "status": vocabulary.Status,
    "text_status": vocabulary.TextStatus,
}
LABELS = {name: {term.value: term.label for term in terms} for name, terms in VOCABULARIES.items()}
FINDINGS = {
    Check.VERIFIED: _("These words stand in the stored text."),
    Check.MOVED: _("These words stand in the stored text, but not where they were cited."),
    Check.MISSING: _("These words are not found in the stored text."),
    Check.NO_TEXT: _("The text is not stored here, so the words could not be checked."),
}
ELSEWISE = _("These words stand in the stored text with other quotation marks or spaces.")
SECTIONS = (
    ("statements", gettext_lazy("Statements")),
    ("officials", gettext_lazy("Officials")),
    ("countries", gettext_lazy("Countries")),
    ("organizations", gettext_lazy("Organizations")),
    ("events", gettext_lazy("Events")),
    ("topics", gettext_lazy("Topics")),
    ("network", gettext_lazy("Network")),
    ("about", gettext_lazy("About")),
)


@dataclass(frozen=True)
class Section:
    """A part of the archive in the navigation, and whether the page lies in it."""

    name: str
    label: str
    url: str
    current: str


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[Section]:
    """Lists the parts of the archive; a page without a request lies in none."""
    request = context.get("request")
    path = request.path if request else ""
    return [_section(name, str(label), path) for name, label in SECTIONS]


def _section(name: str, label: str, path: str) -> Section:
    url = reverse(name)
    if path == url:
        return Section(name, label, url, "page")
    return Section(name, label, url, "true" if path.startswith(url) else "")


@register.filter
def day(told: Statement | PartialDate | date | None) -> str:
    """Prints the day of a statement, or a day by itself; nothing for None."""
    if told is None or told == "":
        return ""
    if isinstance(told, date):
        return _time(PartialDate(told.year, told.month, told.day))
    if isinstance(told, PartialDate):
        return _time(told)
    if told.said_on and told.said_on_qualifier == Qualifier.ON:
        return _time(told.said_on)
    return printed(told.said_on, told.said_on_qualifier, told.said_on_until, translate=gettext)


@register.filter
def time_there(at: datetime | None) -> str:
    """Prints the time of day of an instant where it was, with its zone: `14:30 UTC+05:00`."""
    return printed_time(at) if at else ""


def _time(day: PartialDate) -> SafeString:
    return _time_in(get_language(), day)


# A page of statements prints the same few days and terms over and over.
@lru_cache(maxsize=10_000)
def _time_in(_language: str | None, day: PartialDate) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day, printed(day, translate=gettext))


@register.filter
def term(code: str, vocabulary_name: str) -> str:
    """Gives the reader's words for a code; the code itself when it is none of the list."""
    return _term_in(get_language(), code, vocabulary_name)


@lru_cache(maxsize=10_000)
def _term_in(_language: str | None, code: str, vocabulary_name: str) -> str:
    label = LABELS[vocabulary_name].get(code)
    return code if label is None else gettext(label)


@register.filter
def finding(checked: Citation | str) -> str:
    """Says what the check of a citation found, or what a result means, and no more."""
    if isinstance(checked, str):
        return gettext(FINDINGS[Check(checked)])
    if not checked.is_checked and checked.check_result == Check.NO_TEXT:
        return gettext("These words have not been compared with a stored text yet.")
    if checked.check_result == Check.MOVED and checked.start is None:
        return gettext(ELSEWISE)
    return gettext(FINDINGS[Check(checked.check_result)])


@register.filter
def language_name(tag: str) -> str:
    """Names the language of a BCP 47 tag in the reader's language; the tag when unknown."""
    info = _language(tag)
    return str(info["name_translated"]) if info else tag


@register.filter
def direction(tag: str) -> str:
    """Says which way a language is written, for the attribute `dir`."""
    if runs_from_the_right(tag):
        return "rtl"
    return "auto" if _language(tag) is None else "ltr"


def _language(tag: str) -> dict[str, object] | None:
    try:
        return dict(get_language_info(tag.lower()))
    except KeyError:
        return None


@register.filter
def names(parties: Sequence[Party]) -> str:
    """Joins the names of parties as a sentence does."""
    return join_names([party.name for party in parties])


def join_names(told: Sequence[str]) -> str:
    """Joins names as a sentence does: `A`, `A and B`, `A, B and C`."""
    if len(told) < 2:
        return "".join(told)
    return gettext("%(names)s and %(last_name)s") % {
        "names": gettext(", ").join(told[:-1]),
        "last_name": told[-1],
    }


@register.filter
def who_to_whom(statement: Statement) -> str:
    """Says in plain text who spoke to whom."""
    return _told(statement, _opening_names(statement.speakers), names(statement.addressees))


@register.filter
def who_to_whom_in_full(statement: Statement) -> str:
    """Says in plain text who spoke to whom, each in the capacity of that day."""
    speakers, addressees = (
        join_names([_in_full(party) for party in parties])
        for parties in (statement.speakers, statement.addressees)
    )
    return _told(statement, capfirst(speakers), addressees)


def _in_full(party: Party) -> str:
    if not party.capacity or party.capacity == party.name:
        return party.name
    return f"{party.name} ({party.capacity})"


def _told(statement: Statement, speakers: str, addressees: str) -> str:
    if is_mutual(statement.speakers, statement.addressees):
        told = gettext("%(speakers)s, to each other") % {"speakers": speakers}
    elif not addressees:
        return speakers
    else:
        told = gettext("%(speakers)s to %(addressees)s") % {
            "speakers": speakers,
            "addressees": addressees,
        }
    return led(told, is_from_the_right=get_language_bidi())


def _opening_names(parties: Sequence[Party]) -> str:
    """The names at the head of a line; only words that are no name may be put in capitals."""
    told = names(parties)
    is_name = not parties or parties[0].kind != PartyKind.UNNAMED
    return told if is_name else capfirst(told)


@register.simple_tag
def bars(columns: Sequence[Column]) -> BarChart:
    """Computes the chart of a list of counts, each with a label, an address and a selection."""
    return bar_chart(columns)
