"""Rows for tests: each `make_*` names only what matters and fills in the rest."""

from importlib import import_module
from itertools import count

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from statements.interchange.copying import next_ids
from statements.models import (
    Alias,
    Article,
    Citation,
    Country,
    Event,
    Link,
    Official,
    Organization,
    Outlet,
    Party,
    Post,
    Statement,
    Tenure,
    Topic,
)
from statements.models.parties import PartyBase
from statements.vocabulary import PartyKind, Status

NUMBERS = count(1)


def make_account(username="contributor", *, role="", password=None, **fields):
    """Someone on the staff; the role names a group: Contributor, Editor or Publisher."""
    fields.setdefault("is_staff", True)
    account = get_user_model().objects.create_user(username, password=password, **fields)
    if role:
        establish_roles()
        account.groups.add(Group.objects.get(name=role))
    return account


def establish_roles():
    """Puts back the groups that the migrations made: a test that commits sweeps them away."""
    if not Group.objects.exists():
        with connection.schema_editor() as editor:
            import_module("statements.migrations.0010_roles").establish(apps, editor)


def make_country(code="pk", **fields):
    """The country of that code: all are there from the first migration."""
    country, _ = Country.objects.get_or_create(code=code, defaults={"name": code, **fields})
    return country


def make_organization(name="Foreign Office", *, country="pk", aliases=(), **fields):
    organization = Organization.objects.create(
        slug=fields.pop("slug", f"organization-{next(NUMBERS)}"),
        name=name,
        country=country and make_country(country),
        **fields,
    )
    make_aliases(aliases, organization=organization)
    return organization


def make_post(title="Foreign Minister", *, country="pk", organization=None, **fields):
    return Post.objects.create(
        slug=fields.pop("slug", f"post-{next(NUMBERS)}"),
        title=title,
        country=country and make_country(country),
        organization=organization,
        **fields,
    )


def make_official(name="Jalil Abbas Jilani", *, country="pk", aliases=(), **fields):
    number = next(NUMBERS)
    official = Official.objects.create(
        slug=fields.pop("slug", f"official-{number}"),
        name=name,
        sort_name=fields.pop("sort_name", name.split()[-1]),
        country=country and make_country(country),
        **fields,
    )
    make_aliases(aliases, official=official)
    return official


def make_aliases(names, **owner):
    return Alias.objects.bulk_create(
        Alias(name=name, position=position, **owner) for position, name in enumerate(names)
    )


def make_tenure(official=None, post=None, started_on="2023", ended_on=None, **fields):
    return Tenure.objects.create(
        official=official or make_official(),
        post=post or make_post(),
        started_on=started_on,
        ended_on=ended_on,
        **fields,
    )


def make_outlet(name="NDTV", *, country="in", **fields):
    return Outlet.objects.create(
        slug=fields.pop("slug", f"outlet-{next(NUMBERS)}"),
        name=name,
        country=country and make_country(country),
        **fields,
    )


def make_article(title="Ministers speak", *, outlet=None, **fields):
    return Article.objects.create(
        slug=fields.pop("slug", f"article-{next(NUMBERS)}"),
        title=title,
        outlet=outlet or make_outlet(),
        **fields,
    )


def make_topic(name="Security", **fields):
    return Topic.objects.create(
        slug=fields.pop("slug", f"topic-{next(NUMBERS)}"), name=name, **fields
    )


def make_event(title="A telephone call", *, countries=(), **fields):
    event = Event.objects.create(
        slug=fields.pop("slug", f"event-{next(NUMBERS)}"), title=title, **fields
    )
    event.countries.set([make_country(code) for code in countries])
    return event


def make_statement(
    text="We are ready to work together.",
    *,
    speaker=None,
    addressee=None,
    relayer=None,
    topics=(),
    about_events=(),
    cited=True,
    **fields,
):
    """A published statement; parties are officials, organizations, posts, countries or lists."""
    number = next(NUMBERS)
    status = fields.setdefault("status", Status.PUBLISHED)
    if status != Status.DRAFT:
        fields.setdefault("published_at", timezone.now())
    if status == Status.WITHDRAWN:
        fields.setdefault("withdrawal_reason", "The report was withdrawn.")
    fields.setdefault("key", f"statement-{number}")
    fields.setdefault("form", "direct")
    fields.setdefault("said_on", "2024-01-19")
    [pk] = next_ids(Statement, 1)
    Statement.objects.create(pk=pk, text=text, **fields)
    statement = Statement.objects.get(pk=pk)  # with its days as days
    roles = {"speaker": speaker or make_official(), "addressee": addressee, "relayer": relayer}
    for role, actors in roles.items():
        for actor in actors if isinstance(actors, list | tuple) else [actors]:
            if actor is not None:
                make_party(statement, role, actor)
    statement.topics.set(topics)
    statement.about_events.set(about_events)
    if cited:
        make_citation(statement)
    statement.refresh_from_db()
    return statement


def make_party(statement, role="speaker", actor=None, **fields):
    """A party whose side follows from its actor; text makes one who is unnamed.

    ``kind="public"`` makes the public.
    """
    if fields.get("kind") != PartyKind.PUBLIC:
        fields = _actor(actor) | fields
    party = Party(statement=statement, role=role, position=statement.parties.count(), **fields)
    set_side(party)
    party.save()
    return party


def set_side(party: PartyBase):
    if party.country is None:
        party.country = party.default_side


def _actor(actor):
    if isinstance(actor, str):
        return {"kind": PartyKind.UNNAMED, "name_as_printed": actor}
    kind = type(actor or make_official()).__name__.lower()
    return {"kind": kind, kind: actor or make_official()}


def make_citation(statement=None, article=None, **fields):
    statement = statement or make_statement(cited=False)
    citation = Citation(
        statement=statement,
        article=article or make_article(),
        position=statement.citations.count(),
        **fields,
    )
    citation.recheck(at=timezone.now())
    citation.save()
    return citation


def make_link(statement, target, kind="replies_to"):
    return Link.objects.create(statement=statement, target=target, kind=kind)


def make_relayed_call(text, article, **citation):
    """What one minister told another by telephone, relayed by the Foreign Office to an article."""
    jilani = make_official("Jalil Abbas Jilani")
    make_tenure(jilani, make_post("Foreign Minister"), "2023-08-17", "2024-03-04")
    statement = make_statement(
        text,
        key="calm",
        form="indirect",
        channel="phone_call",
        speaker=jilani,
        addressee=make_official("Hossein Amir-Abdollahian", country="ir"),
        cited=False,
    )
    office = make_organization("Foreign Office")
    make_party(statement, "relayer", office, form="mixed", channel="press_statement")
    make_citation(statement, article, **citation)
    return statement
