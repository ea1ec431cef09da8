"""The table of statements: one to a row, several values in one cell parted by `; `."""

from collections.abc import Callable, Iterable
from typing import Any

from statements.dates import Qualifier
from statements.quoting import Check
from statements.vocabulary import (
    Account,
    Act,
    Basis,
    Channel,
    Form,
    Role,
    Standing,
    TextStatus,
)

from .tables import Cell, Column, Record, Table, Terms

SEPARATOR = "; "
ACTORS = ("official", "organization", "post", "country")


def _(text: str) -> str:
    """Marks a text for gettext; whoever shows it translates it."""
    return text


def joined(values: Iterable[str | None]) -> str:
    """Several values in one cell, an absent one keeping its place; nothing if all are absent."""
    told = [value or "" for value in values]
    return SEPARATOR.join(told) if any(told) else ""


def _plain(name: str, about: str, terms: Terms | None = None) -> Column:
    return Column(name, about, lambda record: record[name], terms)


def _several(name: str, about: str, terms: Terms | None = None) -> Column:
    return Column(name, about, lambda record: joined(record[name]), terms)


def _slug(party: Record) -> str | None:
    """The slug or code of who takes part; nothing of the public and of someone unnamed."""
    return party[party["kind"]] if party["kind"] in ACTORS else None


def _of_parties(role: Role, take: Callable[[Record], str | None]) -> Callable[[Record], Cell]:
    def cell(record: Record) -> str:
        return joined([take(party) for party in record["parties"] if party["role"] == role])

    return cell


def _party_columns(role: Role) -> tuple[Column, ...]:
    name = role.value
    told: list[tuple[str, str, Callable[[Record], str | None], Terms | None]] = [
        (name, _("Name of who takes part. Several in their order, as in the columns beside."),
         lambda party: party["name"], None),
        (f"{name}_slug", _("Slug, or code of a country; empty for the public and the unnamed."),
         _slug, None),
        (f"{name}_capacity", _("Capacity on that day."), lambda party: party["capacity"], None),
        (f"{name}_country", _("Code of the country stood for."),
         lambda party: party["country"], None),
        (f"{name}_basis", _("Whether the source states the party, or it was inferred."),
         lambda party: party["basis"], Basis),
    ]  # fmt: skip
    if role == Role.RELAYER:
        told += [
            (f"{name}_form", _("How the relayer's own words reach us."),
             lambda party: party["form"], Form),
            (f"{name}_channel", _("Through what the relayer spoke."),
             lambda party: party["channel"], Channel),
        ]  # fmt: skip
    return tuple(
        Column(column, about, _of_parties(role, take), terms) for column, about, take, terms in told
    )


def _of_citation(name: str) -> Callable[[Record], Any]:
    """What the first citation says; there is none of a statement whose sources are withheld."""

    def cell(record: Record) -> Any:
        return record["citations"][0][name] if record["citations"] else None

    return cell


def _links(record: Record) -> str:
    return joined(f"{link['kind']}: {link['statement']}" for link in record["links"])


COLUMNS: tuple[Column, ...] = (
    _plain("key", _("Name of the statement, which never changes.")),
    _plain("url", _("Address of its page.")),
    _plain("said_on", _("Day, month or year it was said; empty when unknown.")),
    _plain("said_on_qualifier", _("How exact the day is."), Qualifier),
    _plain("said_on_until", _("The second day, with between.")),
    _plain("said_on_basis", _("Whether the source states the day, or it was inferred."), Basis),
    _plain("said_at", _("Instant with its zone, when known.")),
    *_party_columns(Role.SPEAKER),
    *_party_columns(Role.ADDRESSEE),
    *_party_columns(Role.RELAYER),
    *_party_columns(Role.SUBJECT),
    _plain("text", _("What was said: the words, or our wording where it is paraphrased.")),
    _plain("language", _("Language of the text.")),
    _plain("form", _("Form in which the speaker's words reach us."), Form),
    _plain("text_status", _("State of the text."), TextStatus),
    _plain("original_text", _("The same in the language it was said in.")),
    _plain("original_language", _("Language of the original.")),
    _plain("translator", _("Who translated it.")),
    _plain("channel", _("Channel it was said through."), Channel),
    _plain("channel_basis", _("Whether the source states the channel, or it was inferred."), Basis),
    _plain("platform", _("Platform of a social media post.")),
    _plain("account", _("Whose version this is."), Account),
    _plain("basis_note", _("Why what is inferred is inferred.")),
    _several("acts", _("What the statement does."), Act),
    _several("topics", _("Slugs of its topics.")),
    _plain("event", _("Slug of the event it was made in.")),
    _plain("event_order", _("Its place in that event.")),
    _several("about_events", _("Slugs of the events it is about.")),
    _plain("standing", _("Standing of the attribution."), Standing),
    _plain("standing_note", _("Who disputes it, since when, on what ground.")),
    Column("n_citations", _("Number of citations."), lambda record: len(record["citations"])),
    Column("article", _("Slug of the article that is cited first."), _of_citation("article")),
    Column("outlet", _("Slug of its outlet."), _of_citation("outlet")),
    Column("article_title", _("Its title."), _of_citation("title")),
    Column("article_url", _("Its address."), _of_citation("article_url")),
    Column("article_published_on", _("Its day."), _of_citation("published_on")),
    Column("quote", _("The exact words in it."), _of_citation("quote")),
    Column("locator", _("Where in it: page, paragraph, minute."), _of_citation("locator")),
    Column("check", _("Whether they stand in the stored text."), _of_citation("check"), Check),
    Column(
        "other_articles",
        _("Slugs of the articles of further citations."),
        lambda record: joined(citation["article"] for citation in record["citations"][1:]),
    ),
    Column("links", _("Links to other statements, as kind: key."), _links),
    _plain("note", _("A public note.")),
    _plain("published_at", _("When it was added, in UTC.")),
    _plain("updated_at", _("When it last changed, in UTC.")),
)
STATEMENTS = Table("statements", COLUMNS, lambda record: [record])
