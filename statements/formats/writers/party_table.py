"""The edge list of the network: a row for each statement and party to it."""

from collections.abc import Iterator
from typing import NamedTuple

from statements.vocabulary import Basis, Channel, Form, PartyKind, Role

from .tables import Column, Record, Table


def _(text: str) -> str:
    """Marks a text for gettext; whoever shows it translates it."""
    return text


class Taking(NamedTuple):
    """A party in its place in a statement."""

    statement: Record
    position: int
    party: Record


def _parties(statement: Record) -> Iterator[Taking]:
    for position, party in enumerate(statement["parties"]):
        yield Taking(statement, position, party)


COLUMNS: tuple[Column, ...] = (
    Column("key", _("Key of the statement."), lambda row: row.statement["key"]),
    Column("said_on", _("Its day, month or year."), lambda row: row.statement["said_on"]),
    Column(
        "statement_form",
        _("Form in which the speaker's words reach us."),
        lambda row: row.statement["form"],
        Form,
    ),
    Column(
        "statement_channel",
        _("Channel of the statement."),
        lambda row: row.statement["channel"],
        Channel,
    ),
    Column(
        "position",
        _("Place in the order of the parties, from 0."),
        lambda row: row.position,
    ),
    Column("role", _("Role in the statement."), lambda row: row.party["role"], Role),
    Column("kind", _("What the party is."), lambda row: row.party["kind"], PartyKind),
    Column("name", _("Name of who takes part."), lambda row: row.party["name"]),
    Column("official", _("Slug of the official."), lambda row: row.party["official"]),
    Column(
        "organization",
        _("Slug of the organization."),
        lambda row: row.party["organization"],
    ),
    Column("post", _("Slug of the post."), lambda row: row.party["post"]),
    Column(
        "country",
        _("Code of the country it stands for."),
        lambda row: row.party["country"],
    ),
    Column("capacity", _("Capacity on that day."), lambda row: row.party["capacity"]),
    Column(
        "name_as_printed",
        _("Name as the source prints it."),
        lambda row: row.party["name_as_printed"],
    ),
    Column(
        "basis",
        _("Whether the source states the party, or it was inferred."),
        lambda row: row.party["basis"],
        Basis,
    ),
    Column(
        "form",
        _("A relayer's own form: how its words reach us."),
        lambda row: row.party["form"],
        Form,
    ),
    Column(
        "channel",
        _("A relayer's own channel."),
        lambda row: row.party["channel"],
        Channel,
    ),
    Column(
        "article",
        _("Slug of the one article that a relayer belongs to, if it does."),
        lambda row: row.party["article"],
    ),
)
PARTIES = Table("parties", COLUMNS, _parties)
