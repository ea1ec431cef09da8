"""Whole statements, loaded for a batch at little cost: every row that they name is one object.

Django's own prefetching makes an object of each mention and a query of each relation of each row;
what takes an archive away would spend its time on that.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from .actors import Country
from .listing import give, give_parties, ids, join, load
from .parts import Citation, Link, Party
from .sources import Article, Outlet
from .statements import Statement, StatementQuerySet
from .subjects import Event, Topic


def whole(statements: StatementQuerySet) -> list[Statement]:
    """Loads statements as `with_links()` does; twenty queries at most."""
    rows = list(statements.without_vectors())
    if not rows:
        return rows
    by_id = {row.pk: row for row in rows}
    parties = give_parties(rows)
    join(parties, "country", load(Country.objects.only("code", "name"), ids(parties, "country")))
    _give_citations(by_id, parties)
    _give_links(by_id)
    _give_many(by_id, "topics", Topic.objects.all())
    events = _give_many(by_id, "about_events", Event.objects.all())
    missing = ids(rows, "event") - events.keys()
    join(rows, "event", events | load(Event.objects.all(), missing))
    return rows


def _give_citations(by_id: dict[int, Statement], parties: Iterable[Party]) -> None:
    citations = list(Citation.objects.filter(statement__in=by_id))
    naming = [*citations, *parties]
    articles = load(Article.objects.without_body(), ids(naming, "article"))
    bases = load(Article.objects.without_body(), ids(articles.values(), "based_on"))
    reports = [*articles.values(), *bases.values()]
    join(reports, "outlet", load(Outlet.objects.all(), ids(reports, "outlet")))
    join(articles.values(), "based_on", bases)
    join(naming, "article", articles)
    _give_parts(by_id, "citations", Citation.objects.all(), citations)


def _give_links(by_id: dict[int, Statement]) -> None:
    links = list(Link.objects.filter(statement__in=by_id))
    join(links, "target", load(Statement.objects.only("key", "status"), ids(links, "target")))
    _give_parts(by_id, "links", Link.objects.all(), links)


def _give_parts(
    by_id: dict[int, Statement], relation: str, every: QuerySet[Any], parts: Sequence[Any]
) -> None:
    """Gives each statement those parts that name it, in their order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for part in parts:
        found[part.statement_id].append(part)
    for pk, statement in by_id.items():
        give(statement, relation, every, found[pk])


def _give_many(
    by_id: dict[int, Statement], relation: str, every: QuerySet[Any]
) -> dict[int, Model]:
    """Gives each statement the rows of a many-to-many relation; returns all of them."""
    through = getattr(Statement, relation).through
    column = f"{every.model._meta.model_name}_id"
    pairs = list(through.objects.filter(statement__in=by_id).values_list("statement_id", column))
    named = load(every, {pk for _statement, pk in pairs})
    found: dict[int, list[Model]] = defaultdict(list)
    for statement_id, pk in pairs:
        found[statement_id].append(named[pk])
    for pk, statement in by_id.items():
        give(statement, relation, every, found[pk])
    return named
