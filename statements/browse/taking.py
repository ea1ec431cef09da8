"""What the list of statements can be taken away in: the same rows, at addresses with suffixes."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from statements.models.permalinks import in_format

# Name, suffix, and whom it is for. The names are the same in every language.
SUFFIXES: tuple[tuple[str, str, Promise], ...] = (
    ("CSV", "csv", _("a table, one statement to a row")),
    ("XLSX", "xlsx", _("the same for spreadsheets, columns explained")),
    ("CSV", "parties.csv", _("who with whom: one party to a row")),
    ("JSON", "json", _("whole records, in pages")),
    ("JSONL", "jsonl", _("whole records, all of them, for another archive")),
    ("BibTeX", "bib", _("references for LaTeX")),
    ("RIS", "ris", _("references for Zotero and EndNote")),
)


@dataclass(frozen=True, slots=True)
class Taking:
    """A format, whom it is for, and where these statements are in it."""

    name: str
    about: Promise
    url: str


def take_away(parameters: QueryDict) -> list[Taking]:
    """The formats of the statements that these parameters ask for; the last is to follow them."""
    taken = [Taking(name, about, suffixed(parameters, end)) for name, end, about in SUFFIXES]
    return [*taken, Taking("Atom", _("a feed of what is added"), feed_url(parameters))]


def suffixed(parameters: QueryDict, suffix: str) -> str:
    """The address of the same rows in another format, from the first."""
    asked = parameters.copy()
    asked.pop("cursor", None)
    address = in_format(reverse("statements"), suffix)
    return f"{address}?{asked.urlencode()}" if asked else address


def feed_url(parameters: QueryDict) -> str:
    """The address to follow: what was added last comes first, however long ago it was said."""
    asked = parameters.copy()
    asked["sort"] = "added"
    return suffixed(asked, "atom")
