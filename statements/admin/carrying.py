"""What the next statement of an article takes over from the one before."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from statements.models import Party, Statement
from statements.vocabulary import Basis, PartyKind, Role

AFTER = "after"
N_DIGITS = 15
OF_THE_DAY = ("said_on", "said_on_qualifier", "said_on_until", "said_on_basis")
OF_THE_CHANNEL = ("channel", "channel_basis", "platform")
OF_A_RELAYER = (
    "role", "official", "organization", "post", "country", "name_as_printed", "basis", "form",
    "channel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Carried:
    """The first values of a new form, of its parties and of its citation."""

    statement: dict[str, Any] = field(default_factory=dict)
    parties: list[dict[str, Any]] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)


NOTHING = Carried()


def carried(request: HttpRequest) -> Carried:
    """What an empty form begins with when its address names the statement entered before."""
    if request.method != "GET":
        return NOTHING
    kept: Carried | None = getattr(request, "carried", None)
    if kept is None:
        kept = request.carried = _carried(request.GET.get(AFTER, ""))  # type: ignore[attr-defined]
    return kept


def _carried(pk: str) -> Carried:
    if not (pk.isascii() and pk.isdigit() and len(pk) <= N_DIGITS):
        return NOTHING
    rows = Statement.objects.without_vectors().defer("text", "original_text")
    statement = rows.filter(pk=int(pk)).first()
    return NOTHING if statement is None else carried_from(statement)


def carried_from(statement: Statement) -> Carried:
    """Day, channel, occasion, language and relayers, and the article that is cited first."""
    citation = statement.citations.order_by("position", "pk").first()
    article_id = citation and citation.article_id
    names = (*OF_THE_DAY, *OF_THE_CHANNEL, "language", "event")
    told = {name: _value(statement, name) for name in names}
    if statement.event_order is not None:
        told["event_order"] = statement.event_order + 1
    if Basis.INFERRED in (statement.said_on_basis, statement.channel_basis):
        told["basis_note"] = statement.basis_note
    relayers = statement.parties.filter(role=Role.RELAYER).order_by("position", "pk")
    of_the_article = [_relayer(one) for one in relayers if one.article_id in (None, article_id)]
    return Carried(
        statement={name: value for name, value in told.items() if value},
        parties=[
            {"role": Role.SPEAKER.value},
            {"role": Role.ADDRESSEE.value},
            # As in a form that carries nothing, so that a row left as it was is seen to be so.
            *(of_the_article or [{"role": Role.RELAYER.value}]),
        ],
        citations=[{"article": article_id}] if article_id else [],
    )


def _relayer(party: Party) -> dict[str, Any]:
    told = {name: _value(party, name) for name in OF_A_RELAYER}
    if party.kind in (PartyKind.PUBLIC, PartyKind.UNNAMED):
        told["said_to_be"] = party.kind
    return {name: value for name, value in told.items() if value}


def _value(row: Any, name: str) -> Any:
    """A field as a form's initial value has it: of a foreign key, the key alone."""
    return getattr(row, row._meta.get_field(name).attname)
