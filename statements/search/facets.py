"""How the matches of a search divide: by side, speaker, channel, year and the rest."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import Account, Act, Basis, Channel, Form, Standing, Term

from .languages import language_name

N_CHOICES = 12

Labels = dict[str, tuple[str, str]]
Tally = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels that are read from a table; `key` is what an address calls a row."""

    table: str
    key: str = "slug"


Source = Rows | Callable[[Iterable[str]], Labels]


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to divide the matches.

    `letter` is that of its tokens; `labels` turns what follows in a token into what an address
    and what a reader call it: see `labelled`.
    """

    name: str
    label: str | Promise
    letter: str
    labels: Source

    def tally(self, counted: Mapping[str, Tally]) -> Tally:
        """The values of this facet with their counts, most first; years newest first."""
        found = counted.get(self.letter, [])
        if self.name == "year":
            return sorted(found, reverse=True)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def by_letter(tokens: Mapping[str, int]) -> dict[str, Tally]:
    """What is counted, parted by the facets' letters; the letter itself is left out."""
    parted: defaultdict[str, Tally] = defaultdict(list)
    for token, n in tokens.items():
        parted[token[1:2]].append((token[2:], n))
    return parted


def labelled(known: Mapping[Source, Iterable[str]]) -> dict[Source, Labels]:
    """Labels of the values of each source; one query tells those of all tables."""
    rows: dict[Rows, list[int]] = {}
    labels: dict[Source, Labels] = {}
    for source, values in known.items():
        if isinstance(source, Rows):
            rows[source], labels[source] = list(map(int, values)), {}
        else:
            labels[source] = source(values)
    for source, pk, code, name in _read(rows):
        labels[source][str(pk)] = code, name
    return labels


def _read(pks: Mapping[Rows, list[int]]) -> Iterator[tuple[Rows, int, str, str]]:
    sources = list(pks)
    selects = [
        f"SELECT {place}, id, {rows.key}, name FROM {rows.table} WHERE id = ANY(%s)"  # noqa: S608
        for place, rows in enumerate(sources)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [pks[rows] for rows in sources])
        for place, pk, code, name in cursor.fetchall():
            yield sources[place], pk, code, name


def _terms(terms: type[Term]) -> Callable[[Iterable[str]], Labels]:
    known = {term.value: term.label for term in terms}
    return lambda codes: {c: (c, translate(known[c])) for c in codes if c in known}


def _languages(tags: Iterable[str]) -> Labels:
    return {tag: (tag, language_name(tag)) for tag in tags}


def _years(years: Iterable[str]) -> Labels:
    return {year: (year, str(int(year))) for year in years}


COUNTRIES, OFFICIALS = Rows("statements_country", "code"), Rows("statements_official")
TOPICS, OUTLETS = Rows("statements_topic"), Rows("statements_outlet")
FACETS = [
    Facet("from", _("From"), "f", COUNTRIES),
    Facet("to", _("To"), "t", COUNTRIES),
    Facet("speaker", _("Speaker"), "s", OFFICIALS),
    Facet("addressee", _("Addressee"), "a", OFFICIALS),
    Facet("channel", _("Channel"), "h", _terms(Channel)),
    Facet("form", _("Form"), "m", _terms(Form)),
    Facet("act", _("Act"), "k", _terms(Act)),
    Facet("topic", _("Topic"), "q", TOPICS),
    Facet("account", _("Whose account"), "w", _terms(Account)),
    Facet("basis", _("Basis"), "b", _terms(Basis)),
    Facet("standing", _("Standing"), "d", _terms(Standing)),
    Facet("outlet", _("Outlet"), "u", OUTLETS),
    Facet("language", _("Original language"), "l", _languages),
    Facet("year", _("Year"), "y", _years),
]
