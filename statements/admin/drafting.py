"""What a form says before it is saved: the sentence it makes, and the titles held on its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from statements.attribution import attribution, sentence
from statements.curation import RefusedError
from statements.curation.parties import kind_of
from statements.dates import PartialDate, Qualifier, named_range
from statements.models import (
    Article,
    Country,
    Official,
    Organization,
    Party,
    Post,
    Statement,
    Tenure,
)
from statements.vocabulary import Channel, Form, Role

N_ROWS = 100
N_OTHER_TITLES = 3
ACTORS = ("official", "organization", "post", "country")
Days = tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One inline row as it was typed, whatever of it is nonsense left out."""

    number: int
    typed: Mapping[str, str]
    ids: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Title:
    """A post that an official held, to be taken as the capacity."""

    post: int
    text: str


@dataclass(frozen=True, slots=True)
class TitlesHeld:
    """What to say beside an official, and the posts to choose from."""

    told: str
    titles: list[Title] = field(default_factory=list)


class Drafted:
    """A statement's form as far as it is filled in; reads a fixed number of tables."""

    def __init__(self, posted: Mapping[str, str]) -> None:
        self.posted = posted
        party_rows = list(_rows(posted, "parties", (*ACTORS, "article")))
        citation_rows = list(_rows(posted, "citations", ("article",)))
        self.days = days_of(posted)
        self._officials = _found(Official.objects.with_tenures(), party_rows, "official")
        self._parties = self._built(party_rows)
        ids = {row.ids["article"] for row in citation_rows if "article" in row.ids}
        self._articles = Article.objects.with_sources().in_bulk(ids)
        self._citations = citation_rows

    @property
    def titles(self) -> dict[int, TitlesHeld]:
        """The titles of each row that names an official, by the number of the row."""
        officials = {number: self._officials.get(of) for number, of in self._named.items()}
        return {
            number: titles_of(official, self.days)
            for number, official in officials.items()
            if official
        }

    @property
    def sentences(self) -> list[str]:
        """One sentence for each article that is cited, as the public page will say it."""
        speakers = [party for party in self._parties if party.role == Role.SPEAKER]
        relayers = [party for party in self._parties if party.role == Role.RELAYER]
        form = self.posted.get("form", "")
        if not speakers or form not in Form.codes():
            return []
        told = {}
        for article, own_form in self._reported():
            article_id = article and article.pk
            heard = [one for one in relayers if one.article_id in (None, article_id)]
            told[article_id] = sentence(
                article=article, form=own_form or form, speakers=speakers, relayers=heard
            )
        return [_plain(words) for words in told.values()]

    def _reported(self) -> Iterator[tuple[Article | None, str]]:
        """The articles cited, the first citation of each, or one that is not named yet."""
        cited = {
            row.ids["article"]: row.typed.get("form", "")
            for row in reversed(self._citations)
            if row.ids.get("article") in self._articles
        }
        for article_id, form in reversed(cited.items()):
            yield self._articles[article_id], form if form in Form.codes() else ""
        if not cited:
            yield None, ""

    def _built(self, rows: list[Row]) -> list[Party]:
        self._named = {row.number: row.ids["official"] for row in rows if "official" in row.ids}
        found: dict[str, Mapping[int, Any]] = {
            "official": self._officials,
            "organization": _found(
                Organization.objects.select_related("country"), rows, "organization"
            ),
            "post": _found(
                Post.objects.select_related("country", "organization__country"), rows, "post"
            ),
            "country": _found(Country.objects.all(), rows, "country"),
        }
        parties = (_party(row, found) for row in rows)
        return [party for party in parties if party]


def sentences_of(statement: Statement) -> list[str]:
    """The sentences of a statement as it is kept, one for each article."""
    loaded = Statement.objects.with_related().get(pk=statement.pk)
    if not loaded.speakers:
        return []
    cited = {citation.article_id: citation for citation in reversed(list(loaded.citations.all()))}
    return [_plain(attribution(loaded, cited[article])) for article in reversed(cited)]


def _plain(words: str) -> str:
    return unescape(strip_tags(words))


def days_of(posted: Mapping[str, str]) -> Days:
    """The first and last day that a form names; None while it names none, or no day at all."""
    until = posted.get("said_on_until", "").strip()
    try:
        day = PartialDate.parse(posted.get("said_on", "").strip())
        last = PartialDate.parse(until) if until else None
        return named_range(day, Qualifier(posted.get("said_on_qualifier") or "on"), last)
    except ValueError:
        return None


def titles_of(official: Official, days: Days) -> TitlesHeld:
    """The titles that an official, loaded with tenures, held on a day; others where there is none.

    Any of them can be chosen; a single one need not be, since it is shown of itself.
    """
    tenures = list(official.tenures.all())
    if not tenures:
        return TitlesHeld(_("No title is on file."))
    if days is None:
        return TitlesHeld(_("Once the day is given, the title held then stands here."))
    held = official.tenures_on(*days)
    if not held:
        told = _("No title is on file for that day. At other times:")
        return TitlesHeld(
            told, [_title(tenure, dated=True) for tenure in tenures[-N_OTHER_TITLES:]]
        )
    told = _("That day: %(titles)s") % {"titles": "; ".join(one.capacity for one in held)}
    return TitlesHeld(told, [_title(tenure) for tenure in held] if len(held) > 1 else [])


def _title(tenure: Tenure, *, dated: bool = False) -> Title:
    if not dated:
        return Title(tenure.post_id, tenure.capacity)
    days = f"{tenure.started_on or '…'}–{tenure.ended_on or '…'}"  # noqa: RUF001
    return Title(tenure.post_id, f"{tenure.capacity} ({days})")


def _rows(posted: Mapping[str, str], prefix: str, references: tuple[str, ...]) -> Iterator[Row]:
    """The rows of an inline that are not to be deleted."""
    for number in range(min(_id(posted.get(f"{prefix}-TOTAL_FORMS", "")) or 0, N_ROWS)):
        start = f"{prefix}-{number}-"
        typed = {
            name.removeprefix(start): value.strip()
            for name, value in posted.items()
            if name.startswith(start)
        }
        if typed.get("DELETE"):
            continue
        ids = {name: _id(typed.get(name, "")) for name in references}
        yield Row(number, typed, {name: found for name, found in ids.items() if found})


def _id(text: str) -> int | None:
    """A number that a key can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _found(rows: QuerySet[Any], of: list[Row], name: str) -> dict[int, Any]:
    ids = {row.ids[name] for row in of if name in row.ids}
    return rows.in_bulk(ids) if ids else {}


def _party(row: Row, found: Mapping[str, Mapping[int, Any]]) -> Party | None:
    """The party that a row makes; None while it names nobody."""
    channel, form = row.typed.get("channel", ""), row.typed.get("form", "")
    party = Party(
        role=row.typed.get("role", ""),
        name_as_printed=row.typed.get("name_as_printed", ""),
        form=form if form in Form.codes() else "",
        channel=channel if channel in Channel.codes() else "",
        article_id=row.ids.get("article"),
        **{name: found[name].get(row.ids.get(name, 0)) for name in ACTORS},
    )
    try:
        party.kind = kind_of(party, said_to_be=row.typed.get("said_to_be", "")).value
    except RefusedError:
        return None
    return party
