"""What a party says about itself once its actor is named: its kind, and the side it stands for."""

from django.utils.translation import gettext as _

from statements.models import Party
from statements.models.parties import PartyBase
from statements.vocabulary import PartyKind

from .errors import RefusedError


def kind_of(party: PartyBase, *, said_to_be: str = "") -> PartyKind:
    """Derives the kind from what is filled in, unless it is said to be the public or unnamed.

    Raises RefusedError where nobody is named, or more is named than the kind allows.
    """
    if said_to_be == PartyKind.PUBLIC:
        if party.official_id or party.organization_id or party.post_id:
            raise RefusedError([_("The public is no official, organization or post.")])
        return PartyKind.PUBLIC
    if said_to_be == PartyKind.UNNAMED:
        if party.official_id:
            raise RefusedError([_("Someone unnamed cannot be a named official.")])
        if not party.name_as_printed:
            raise RefusedError([_("Give the words printed for someone unnamed.")])
        return PartyKind.UNNAMED
    return _kind_named(party)


def complete_party(*, party: Party, before: Party | None = None) -> Party:
    """Fills in the side that the party stands for when nobody said it, without saving.

    `before` is the party as it was kept: a side that followed from an actor since replaced
    is worked out anew.
    """
    if before and _is_side_stale(party, before):
        party.country = None
    if party.country is None:
        party.country = party.default_side
    return party


def _kind_named(party: PartyBase) -> PartyKind:
    named = (
        (party.official_id, PartyKind.OFFICIAL),
        (party.organization_id, PartyKind.ORGANIZATION),
        (party.post_id, PartyKind.POST),
        (party.country_id, PartyKind.COUNTRY),
    )
    for actor_id, kind in named:
        if actor_id:
            return kind
    raise RefusedError(
        [
            _(
                "Name an official, an organization, a post or a country, or say that it is the "
                "public or someone unnamed."
            )
        ]
    )


def _is_side_stale(party: Party, before: Party) -> bool:
    actors = ("official_id", "organization_id", "post_id")
    is_actor_replaced = any(getattr(party, name) != getattr(before, name) for name in actors)
    return (
        is_actor_replaced
        and party.country_id == before.country_id
        and before.country == before.default_side
    )
