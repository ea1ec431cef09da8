"""Who may have been meant, where a search found nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from statements.search.names import Named, find_names, find_near_countries, find_nearest
from statements.search.query import Query, Term, parse
from statements.search.results import StatementSearch

from .counterparts import KEYS
from .tallies import statements_url

N_NAMES = 24
N_MEANT = 3
N_WORDS_TRIED = 4  # each is looked up by itself


@dataclass(frozen=True, slots=True)
class Meant:
    """An official or country of a like name; `url` is the search with it in place of the words."""

    named: Named
    url: str


def meant(search: StatementSearch) -> list[Meant]:
    """Offers officials and countries of a like name, each only if that search finds something.

    All else that was asked stays: other words, typed filters and parameters. None is offered
    where one of its kind is asked for already, since two of them would mean either.
    """
    if not search.has_words:
        return []
    offers: dict[str, Meant] = {}
    for named, q in _tries(parse(search.parameters.get("q", ""))):
        if search.parameters.get(named.kind):
            continue
        url = search.address(q=[q] if q else None, **{named.kind: [_key(named)]})
        if url not in offers and StatementSearch(QueryDict(url[1:]), n_rows=1).rows:
            offers[url] = Meant(named, url)
        if len(offers) == N_MEANT:
            break
    return list(offers.values())


def told_of(named: Named) -> Meant:
    """What is said of or to somebody, instead of all that was asked."""
    return Meant(named, statements_url(**{named.kind: _key(named)}))


def _key(named: Named) -> str:
    key: str = getattr(named.row, KEYS[named.kind])
    return key


def _tries(query: Query) -> Iterator[tuple[Named, str]]:
    """Each name that some of the words are like, with what is left of the question."""
    asked = [group for group in query.groups if not group[0].is_negated]
    words = " ".join(term.text for group in asked for term in group)
    near = [named for named in find_names(words, N_NAMES) if named.is_near]
    rest = [group for group in query.groups if group not in asked]
    yield from ((named, _spelled(rest, query)) for named in near[:N_MEANT])
    if near or len(asked) < 2:
        return
    for group in asked[:N_WORDS_TRIED]:
        rest = [other for other in query.groups if other is not group]
        for named in (*find_near_countries(group[0].text), *find_nearest(group[0].text, 1)):
            yield named, _spelled(rest, query)


def _spelled(groups: list[list[Term]], query: Query) -> str:
    """What is left of a question, as one would type it."""
    told = [" or ".join(_typed(term) for term in group) for group in groups]
    told += [f'{operator.name}:"{operator.value}"' for operator in query.operators]
    return " ".join(told)


def _typed(term: Term) -> str:
    text = f'"{term.text}"' if term.is_phrase else term.text
    return f"-{text}" if term.is_negated else text
