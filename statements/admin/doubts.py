"""What may be right in a statement and is more often a slip: told on saving, never refused."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from statements.dates import Qualifier, span
from statements.models import Article, Official, Statement
from statements.vocabulary import Role

N_TITLE_CHARACTERS = 80


def doubts_about(statement: Statement) -> list[str]:
    """Lists what looks wrong in a statement as it is kept."""
    cited = statement.citations.order_by().values("article")
    articles = list(Article.objects.filter(pk__in=cited).without_body().order_by("pk"))
    told = [*_about_the_day(statement, articles), *_about_the_parties(statement)]
    return [*told, *(doubt for article in articles for doubt in doubts_about_address(article))]


def doubts_about_address(article: Article) -> list[str]:
    """Says which other article has the same address, if one has."""
    same = Article.objects.exclude(url="").filter(url=article.url).exclude(pk=article.pk)
    other = same.without_body().order_by("pk").first()
    if other is None:
        return []
    message = _("The address of “%(article)s” is also that of “%(other)s”.")
    return [message % {"article": _short(article.title), "other": _short(other.title)}]


def _about_the_day(statement: Statement, articles: list[Article]) -> Iterator[str]:
    days = span(statement.said_on, statement.said_on_qualifier, statement.said_on_until)
    if days is None or statement.said_on_qualifier == Qualifier.ABOUT:
        return
    for article in articles:
        if article.published_on and days[0] > article.published_on.latest:
            message = _("The day it was said lies after the day “%(article)s” was published.")
            yield message % {"article": _short(article.title)}
    event = statement.event
    if event is None or event.started_on is None:
        return
    last = (event.ended_on or event.started_on).latest
    if days[1] < event.started_on.earliest or days[0] > last:
        message = _("The day it was said lies outside the days of “%(event)s”.")
        yield message % {"event": _short(event.title)}


def _about_the_parties(statement: Statement) -> Iterator[str]:
    speakers, addressees = (
        {
            party.official or party.pk
            for party in statement.parties.filter(role=role).select_related("official")
        }
        for role in (Role.SPEAKER, Role.ADDRESSEE)
    )
    speaker = next(iter(speakers), None)
    if len(speakers) == 1 and speakers == addressees and isinstance(speaker, Official):
        message = _("%(name)s speaks to nobody else: is the addressee right?")
        yield message % {"name": speaker.name}


def _short(title: str) -> str:
    return str(Truncator(title).chars(N_TITLE_CHARACTERS))
