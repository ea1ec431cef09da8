"""Officials, countries, articles and the like, as their own pages tell of them."""

from collections.abc import Iterable

from statements.models import (
    Article,
    Country,
    Event,
    Official,
    Organization,
    Outlet,
    Tenure,
    Topic,
)
from statements.models.permalinks import for_programs

from .nodes import Absolute, Node, article_ref, iso, node, official_ref, outlet_ref
from .parties import country_ref, organization_ref
from .statements import event_ref, topic_ref

ARCHIVED = "ArchiveComponent"  # of the reports, the one that schema.org lets an archive hold


@for_programs
def official_node(
    official: Official, absolute: Absolute, *, tenures: Iterable[Tenure], same_as: list[str]
) -> Node:
    """A person with names and posts; `same_as` are the addresses of the person elsewhere."""
    return official_ref(official, absolute) | node(
        "Person",
        alternateName=[alias.name for alias in official.aliases.all()],
        description=official.note,
        hasOccupation=[_tenure(tenure, absolute) for tenure in tenures],
        sameAs=same_as,
    )


def _tenure(tenure: Tenure, absolute: Absolute) -> Node:
    url = absolute(tenure.post.get_absolute_url())
    return node(
        "Role",
        roleName=tenure.capacity,
        startDate=iso(tenure.started_on),
        endDate=iso(tenure.ended_on),
        hasOccupation=node("Occupation", id_=f"{url}#post", name=tenure.post.capacity, url=url),
    )


@for_programs
def country_node(country: Country, absolute: Absolute) -> Node:
    told = node(
        country_ref(country, absolute)["@type"],
        alternateName=[
            *filter(None, [country.official_name]),
            *(alias.name for alias in country.aliases.all()),
        ],
        identifier=[code for code in (country.code, country.alpha3) if code],
        foundingDate=iso(country.existed_from),
        dissolutionDate=iso(country.existed_until),
    )
    if country.latitude is not None and country.longitude is not None:
        told["geo"] = node("GeoCoordinates", latitude=country.latitude, longitude=country.longitude)
    return country_ref(country, absolute) | told


@for_programs
def organization_node(organization: Organization, absolute: Absolute) -> Node:
    named = organization_ref(organization, absolute)
    return named | node(
        named["@type"],
        alternateName=[alias.name for alias in organization.aliases.all()],
        areaServed=country_ref(organization.country, absolute) if organization.country else None,
        sameAs=organization.website,
    )


@for_programs
def outlet_node(outlet: Outlet, absolute: Absolute) -> Node:
    return outlet_ref(outlet, absolute) | node(
        "Organization", sameAs=outlet.website, knowsLanguage=outlet.language
    )


@for_programs
def article_node(article: Article, absolute: Absolute) -> Node:
    """A report with where it stands; its text stays with those who hold it."""
    told = article_ref(article, absolute)
    if article.byline:
        told["author"] = node("Person", name=article.byline)
    if article.agency:
        told["provider"] = node("Organization", name=article.agency)
    if article.document_number:
        told["identifier"] = article.document_number
    if article.repository and told["@type"] == ARCHIVED:
        told["holdingArchive"] = node("ArchiveOrganization", name=article.repository)
    if article.based_on:
        told["isBasedOn"] = article_ref(article.based_on, absolute)
    return told


@for_programs
def event_node(event: Event, absolute: Absolute) -> Node:
    return event_ref(event, absolute) | node(
        "Event",
        startDate=iso(event.started_on),
        endDate=iso(event.ended_on),
        location=node("Place", name=event.place) if event.place else None,
        description=event.description,
        sameAs=event.url,
    )


@for_programs
def topic_node(topic: Topic, absolute: Absolute) -> Node:
    return topic_ref(topic, absolute) | node("DefinedTerm", description=topic.description)
