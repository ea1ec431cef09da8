"""Who takes part, as an agent that schema.org knows."""

from collections.abc import Iterable

from statements.models import Country, Official, Organization
from statements.models.parties import PartyBase
from statements.vocabulary import OrganizationKind, PartyKind

from .nodes import Absolute, Node, node, official_ref

# A state speaks as an organisation does; schema.org lets only those and people be agents.
STATE = ["Country", "Organization"]
GOVERNMENTAL = frozenset(
    {
        OrganizationKind.MINISTRY,
        OrganizationKind.PRESIDENCY,
        OrganizationKind.GOVERNMENT,
        OrganizationKind.PARLIAMENT,
        OrganizationKind.COURT,
        OrganizationKind.ARMY,
        OrganizationKind.EMBASSY,
        OrganizationKind.AGENCY,
    }
)


def agents(parties: Iterable[PartyBase], absolute: Absolute) -> list[Node]:
    return [agent(party, absolute) for party in parties]


def agent(party: PartyBase, absolute: Absolute) -> Node:
    """A party with the capacity it had on that day, which is no lasting trait of it."""
    actor = party.actor
    if isinstance(actor, Official):
        return official_ref(actor, absolute) | capacity_of(party)
    if isinstance(actor, Organization):
        return organization_ref(actor, absolute)
    if isinstance(actor, Country):
        return country_ref(actor, absolute)
    if party.kind == PartyKind.PUBLIC:
        return node("Audience", audienceType="public", name=party.name)
    url = absolute(actor.get_absolute_url()) if actor else ""
    return node("Person", name=party.name, url=url) | capacity_of(party)


def capacity_of(party: PartyBase) -> Node:
    return {"jobTitle": party.capacity} if party.capacity else {}


def organization_ref(organization: Organization, absolute: Absolute) -> Node:
    url = absolute(organization.get_absolute_url())
    kind = "GovernmentOrganization" if organization.kind in GOVERNMENTAL else "Organization"
    return node(kind, id_=f"{url}#organization", name=organization.name, url=url)


def country_ref(country: Country, absolute: Absolute) -> Node:
    url = absolute(country.get_absolute_url())
    return node(STATE, id_=f"{url}#country", name=country.name, url=url)
