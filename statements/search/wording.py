"""A search in words, for titles, chips and feeds."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from statements.dates import PartialDate, printed
from statements.vocabulary import Account, Act, Basis, Channel, Form, Standing, Term

TERMS: dict[str, type[Term]] = {
    "channel": Channel,
    "form": Form,
    "act": Act,
    "account": Account,
    "basis": Basis,
    "standing": Standing,
}
SORTS = {
    "relevance": gettext_lazy("Most relevant"),
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
    "added": gettext_lazy("Last added"),
    "updated": gettext_lazy("Last updated"),
}
ARRANGING = ("sort", "limit", "cursor", "who")


def told(name: str, value: Any) -> str:
    """A value of a parameter as a reader calls it."""
    if name in TERMS:
        return _(TERMS[name].of(value).label)
    if isinstance(value, PartialDate):
        return printed(value, "on", None, translate=_)
    return str(value)


def code(value: Any) -> str:
    """A value of a parameter as an address spells it."""
    return str(getattr(value, "slug", None) or getattr(value, "code", None) or value)


def values_on(values: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The parameters that say what is in the list, each with (code, label) of its values."""
    for name, value in values.items():
        if name in ARRANGING or value in (None, "", []):
            continue
        several = value if isinstance(value, list) else [value]
        yield name, [(code(one), told(name, one)) for one in several]


def title(values: dict[str, Any]) -> str:
    """The search as a phrase: `Statements by Jalil Abbas Jilani to Iran since January 2024`."""
    phrases = _phrases()
    parts = [_("Statements")]
    parts += [
        phrases[name] % {"values": pgettext("list of choices", " or ").join(labels)}
        for name, labels in (
            (name, [label for _code, label in pairs]) for name, pairs in values_on(values)
        )
        if name in phrases
    ]
    return " ".join(parts)


def _phrases() -> dict[str, str]:
    """How each parameter is said, in the order of the form."""
    return {
        "q": _("with “%(values)s”"),
        "speaker": _("by %(values)s"),
        "addressee": _("to %(values)s"),
        "relayer": _("relayed by %(values)s"),
        "official": _("with %(values)s"),
        "from": _("from %(values)s"),
        "to": _("to %(values)s"),
        "country": _("from or to %(values)s"),
        "speaker_organization": _("by %(values)s"),
        "addressee_organization": _("to %(values)s"),
        "relayer_organization": _("relayed by %(values)s"),
        "organization": _("with %(values)s"),
        "post": _("in the post of %(values)s"),
        "outlet": _("reported by %(values)s"),
        "event": _("made in: %(values)s"),
        "about_event": _("about: %(values)s"),
        "topic": _("on %(values)s"),
        "channel": _("through: %(values)s"),
        "form": _("in the form: %(values)s"),
        "act": _("whose act: %(values)s"),
        "account": _("account: %(values)s"),
        "basis": _("basis: %(values)s"),
        "language": _("in the language %(values)s"),
        "standing": _("standing: %(values)s"),
        "since": _("since %(values)s"),
        "until": _("until %(values)s"),
        "added_since": _("added since %(values)s"),
        "updated_since": _("updated since %(values)s"),
    }
