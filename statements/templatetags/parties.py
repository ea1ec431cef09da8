"""Who takes part, set with links: made by functions, since a list of statements sets hundreds."""

from collections.abc import Collection, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext, pgettext

from statements.models import Statement
from statements.models.parties import PartyBase
from statements.vocabulary import Basis, PartyKind, Role

register = template.Library()

NAME = '<a class="party__name" href="%s"><bdi>%s</bdi></a>'
NAME_ALONE = '<bdi class="party__name">%s</bdi>'
CAPACITY = '<span class="party__capacity">%s<bdi>%s</bdi></span>'
INFERRED = ' <span class="inferred" title="%s">%s</span>'
MARKED = "<mark>%s</mark>"
ARROW = '<span class="arrow" aria-hidden="true">%s</span>'
TO = '<span class="visually-hidden">%s</span> %s&nbsp;'
# The letters by which a search names what it found by a name; see `search.words`.
LETTERS = {
    PartyKind.OFFICIAL.value: "o",
    PartyKind.ORGANIZATION.value: "g",
    PartyKind.POST.value: "p",
    PartyKind.COUNTRY.value: "c",
}


@register.simple_tag
def arrow() -> SafeString:
    """Sets an arrow along the line, as the language runs.

    It is a letter of the line, not a box that turns: a line may not break between it and the name.
    """
    return SafeString(ARROW % ("←" if get_language_bidi() else "→"))


@register.filter
def with_capacity(party: PartyBase) -> SafeString:
    """Sets one party: its name, the capacity it spoke in, and whether it is inferred."""
    return SafeString(_party(party, party.capacity, ()))


@register.simple_tag
def who_and_whom(statement: Statement, found: Collection[str] = ()) -> SafeString:
    """Sets who spoke to whom, on one line.

    The names of those whose tokens are in `found` are marked as what was searched for.
    """
    parties = list(statement.parties.all())
    speakers = [party for party in parties if party.role == Role.SPEAKER]
    addressees = [party for party in parties if party.role == Role.ADDRESSEE]
    line = _parties(speakers, found)
    if not addressees:
        return SafeString(line)
    to = TO % (escape(pgettext("before the addressee", "to")), arrow())
    if is_mutual(speakers, addressees):
        told = escape(pgettext("after the arrow", "each other"))
        return SafeString(f"{line} {to}{told}")
    return SafeString(f"{line} {to}{_parties(addressees, found)}")


def is_mutual(speakers: Sequence[PartyBase], addressees: Sequence[PartyBase]) -> bool:
    """Whether the same several parties spoke and were spoken to: they told each other."""
    if len(speakers) < 2 or len(speakers) != len(addressees):
        return False
    return {_actor(party) for party in speakers} == {_actor(party) for party in addressees}


def _actor(party: PartyBase) -> object:
    return party.actor or (party.kind, party.name_as_printed)


def _parties(parties: Sequence[PartyBase], found: Collection[str]) -> str:
    """Joins parties as a sentence does, with semicolons where a capacity holds commas."""
    told = [(party, party.capacity) for party in parties]
    line = ""
    for place, (party, capacity) in enumerate(told):
        if place:
            line += _joint(
                is_last=place == len(told) - 1, are_long=any(capacity for _, capacity in told)
            )
        line += _party(party, capacity, found)
    return line


def _joint(*, is_last: bool, are_long: bool) -> str:
    if is_last:
        told = escape(pgettext("between the last two names", "and"))
        return f"{gettext('; ')}{told} " if are_long else f" {told} "
    return gettext("; ") if are_long else gettext(", ")


def _party(party: PartyBase, capacity: str, found: Collection[str]) -> str:
    actor, name = party.actor, party.name
    set_name = escape(name)
    if found and actor is not None and f"@{LETTERS[party.kind]}{actor.pk}" in found:
        set_name = MARKED % set_name
    line = NAME_ALONE % set_name if actor is None else NAME % (_address(actor), set_name)
    if capacity and capacity != name:
        line += CAPACITY % (gettext(", "), escape(capacity))
    if party.basis == Basis.INFERRED:
        line += inferred()
    return f'<span class="party">{line}</span>'


def _address(actor: object) -> str:
    return escape(str(actor.get_absolute_url()))  # type: ignore[attr-defined]


@register.simple_tag
def inferred() -> SafeString:
    """Says that a curator concluded what stands before."""
    told = gettext("Not stated by the source: inferred by the curator")
    return SafeString(INFERRED % (escape(told), escape(gettext("(inferred)"))))
