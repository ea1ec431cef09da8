"""What a statement does to others, and others to it; only what is published is shown."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from statements.models import Party, Statement
from statements.models.parties import PARTY_RELATIONS
from statements.vocabulary import LinkKind

N_INWARD = 50  # a famous statement has more answers than a page holds

OUTWARD: dict[str, str] = {kind: kind.label for kind in LinkKind}
INWARD: dict[str, str] = {
    LinkKind.REPLIES_TO: _("Replied to by"),
    LinkKind.REPEATS: _("Repeated by"),
    LinkKind.CLARIFIES: _("Clarified by"),
    LinkKind.CORRECTS: _("Corrected by"),
    LinkKind.DENIES: _("Denied by"),
    LinkKind.RETRACTS: _("Retracted by"),
    LinkKind.SHARES: _("Shared by"),
}


@dataclass(frozen=True)
class Answer:
    """Another statement, and what it and this one have to do with each other."""

    label: str
    statement: Statement
    kind: str


def answers(statement: Statement) -> tuple[list[Answer], list[Answer]]:
    """Gives what the statement links to, and what links to it; in three queries."""
    outward = list(statement.links.all())
    inward = list(statement.links_in.order_by("-statement__sort_on", "-id")[:N_INWARD])
    shown = _published(
        {link.target_id for link in outward} | {link.statement_id for link in inward}
    )
    return (
        [
            Answer(gettext(OUTWARD[link.kind]), shown[link.target_id], link.kind)
            for link in outward
            if link.target_id in shown
        ],
        [
            Answer(gettext(INWARD[link.kind]), shown[link.statement_id], link.kind)
            for link in inward
            if link.statement_id in shown
        ],
    )


def _published(ids: set[int]) -> dict[int, Statement]:
    if not ids:
        return {}
    parties = Prefetch("parties", Party.objects.select_related(*PARTY_RELATIONS))
    rows = Statement.objects.published().without_vectors().prefetch_related(parties)
    return rows.in_bulk(ids)
