"""What in a statement the source does not say, and the curator concluded."""

from django.utils.translation import gettext as _

from statements.models import Party, Statement
from statements.vocabulary import Basis, Role


def inferences(statement: Statement) -> list[str]:
    """Names each thing that was inferred, in the order in which the page shows them."""
    told = [_party(party) for party in statement.parties.all() if party.basis == Basis.INFERRED]
    if statement.said_on_basis == Basis.INFERRED:
        told.append(_("the day"))
    if statement.channel_basis == Basis.INFERRED:
        told.append(_("the channel"))
    return told


def _party(party: Party) -> str:
    templates: dict[str, str] = {
        Role.SPEAKER: _("that %(name)s is the speaker"),
        Role.ADDRESSEE: _("that it was addressed to %(name)s"),
        Role.RELAYER: _("that %(name)s relayed it"),
        Role.SUBJECT: _("that it is about %(name)s"),
    }
    return templates[party.role] % {"name": party.name}
