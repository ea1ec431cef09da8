"""How the matches of a search divide: by side, speaker, channel, year and the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from statements.models import Country, Official, Outlet, Topic
from statements.vocabulary import Account, Act, Basis, Channel, Form, Standing, Term

from .languages import language_name

N_CHOICES = 12

Labels = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide the matches.

    `letter` is that of its tokens; `labels` turns what follows in a token into what an address
    and what a reader call it.
    """

    name: str
    label: str | Promise
    letter: str
    labels: Callable[[Iterable[str]], Labels]

    def tally(self, tokens: dict[str, int]) -> list[tuple[str, int]]:
        """The values of this facet with their counts, most first; years newest first."""
        start = f"@{self.letter}"
        found = [(token[2:], n) for token, n in tokens.items() if token.startswith(start)]
        if self.name == "year":
            return sorted(found, reverse=True)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _rows(model: Any, key: str = "slug") -> Callable[[Iterable[str]], Labels]:
    def labels(pks: Iterable[str]) -> Labels:
        rows = model.objects.filter(pk__in=[int(pk) for pk in pks]).order_by()
        return {str(pk): (code, name) for pk, code, name in rows.values_list("pk", key, "name")}

    return labels


def _terms(terms: type[Term]) -> Callable[[Iterable[str]], Labels]:
    known = {term.value: term.label for term in terms}
    return lambda codes: {c: (c, translate(known[c])) for c in codes if c in known}


def _languages(tags: Iterable[str]) -> Labels:
    return {tag: (tag, language_name(tag)) for tag in tags}


def _years(years: Iterable[str]) -> Labels:
    return {year: (year, str(int(year))) for year in years}


# Facets that share a function share a query.
COUNTRIES, OFFICIALS = _rows(Country, "code"), _rows(Official)
FACETS = [
    Facet("from", _("From"), "f", COUNTRIES),
    Facet("to", _("To"), "t", COUNTRIES),
    Facet("speaker", _("Speaker"), "s", OFFICIALS),
    Facet("addressee", _("Addressee"), "a", OFFICIALS),
    Facet("channel", _("Channel"), "h", _terms(Channel)),
    Facet("form", _("Form"), "m", _terms(Form)),
    Facet("act", _("Act"), "k", _terms(Act)),
    Facet("topic", _("Topic"), "q", _rows(Topic)),
    Facet("account", _("Whose account"), "w", _terms(Account)),
    Facet("basis", _("Basis"), "b", _terms(Basis)),
    Facet("standing", _("Standing"), "d", _terms(Standing)),
    Facet("outlet", _("Outlet"), "u", _rows(Outlet)),
    Facet("language", _("Original language"), "l", _languages),
    Facet("year", _("Year"), "y", _years),
]
