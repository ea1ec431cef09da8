"""Terms of a query -> one tsquery over texts, originals and the names of parties."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import BooleanField, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from statements.models import Party, Statement
from statements.models.fulltext import DEFAULT_DICTIONARY, DICTIONARIES
from statements.vocabulary import PartyKind

from .estimates import n_expected
from .query import Query, Term

N_NAMES_A_TERM = 2_000
N_NAMES_WITHIN = 12  # of one group, that are asked for within the tsquery itself
MAIN_DICTIONARY = "english"
COMMON = 0.15  # of all statements

# Each term in each dictionary, and the parties that have it in a name. A term that is a stop word
# of a dictionary is an empty query there.
STEMS = """
SELECT term.place, dictionary.name,
    CASE WHEN term.is_phrase
        THEN phraseto_tsquery(dictionary.name::regconfig, fold(term.words))
        ELSE plainto_tsquery(dictionary.name::regconfig, fold(term.words))
    END::text
FROM unnest(%(words)s::text[], %(are_phrases)s::boolean[])
    WITH ORDINALITY AS term (words, is_phrase, place)
CROSS JOIN unnest(%(dictionaries)s::text[]) AS dictionary (name)
"""
NAMED = """
SELECT term.place, named.token
FROM unnest(%(words)s::text[], %(are_phrases)s::boolean[])
    WITH ORDINALITY AS term (words, is_phrase, place)
CROSS JOIN LATERAL (
    SELECT CASE WHEN term.is_phrase
        THEN phraseto_tsquery('simple', fold(term.words))
        ELSE plainto_tsquery('simple', fold(term.words))
    END AS words
) AS asked
CROSS JOIN LATERAL (
    SELECT '@o' || id AS token FROM statements_official
        WHERE to_tsvector('simple', fold(name)) @@ asked.words
    UNION SELECT '@g' || id FROM statements_organization
        WHERE to_tsvector('simple', fold(name)) @@ asked.words
    UNION SELECT '@p' || id FROM statements_post
        WHERE to_tsvector('simple', fold(title)) @@ asked.words
        AND EXISTS (SELECT FROM statements_party WHERE post_id = statements_post.id)
    UNION SELECT '@c' || id FROM statements_country
        WHERE to_tsvector('simple', fold(name)) @@ asked.words
        OR to_tsvector('simple', fold(official_name)) @@ asked.words
    UNION SELECT coalesce('@o' || official_id, '@g' || organization_id, '@c' || country_id)
        FROM statements_alias WHERE to_tsvector('simple', fold(name)) @@ asked.words
    LIMIT %(limit)s
) AS named
"""
NAMED_SO = """
WITH asked AS (SELECT fold(%(words)s) AS name, plainto_tsquery('simple', fold(%(words)s)) AS words)
SELECT '@o' || id FROM statements_official, asked
    WHERE to_tsvector('simple', fold(statements_official.name)) @@ asked.words
    AND fold(statements_official.name) = asked.name
UNION SELECT '@g' || id FROM statements_organization, asked
    WHERE to_tsvector('simple', fold(statements_organization.name)) @@ asked.words
    AND fold(statements_organization.name) = asked.name
UNION SELECT coalesce('@o' || official_id, '@g' || organization_id, '@c' || country_id)
    FROM statements_alias, asked
    WHERE to_tsvector('simple', fold(statements_alias.name)) @@ asked.words
    AND fold(statements_alias.name) = asked.name
"""
# The languages that occur, found by leaping through an index instead of reading every row.
LANGUAGES = """
WITH RECURSIVE leap (language) AS (
    (SELECT min({column}) FROM statements_statement)
    UNION ALL
    SELECT (SELECT min({column}) FROM statements_statement WHERE {column} > leap.language)
    FROM leap WHERE leap.language IS NOT NULL
)
SELECT language FROM leap WHERE language <> ''
"""


class TsQuery(SearchQuery):
    """A tsquery already compiled; to parse it once more would take its tokens apart."""

    def __init__(self, compiled: str) -> None:
        super().__init__(compiled, search_type="raw")
        self.compiled = compiled

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s::tsquery", [self.compiled]


class HasAnyToken(Func):
    """Whether the search vector has one of many tokens, each looked up by itself in the index."""

    output_field = BooleanField()
    template = "(%(expressions)s::tsquery[]))"
    arg_joiner = " @@ ANY("

    def __init__(self, tokens: list[str]) -> None:
        super().__init__(F("search_vector"), Value(tokens))


def has_any_party(tokens: Iterable[str]) -> Coalesce:
    """Whether one of its parties is among many, told row by row: an index that is not asked.

    Of rows that are walked through it is told several times as fast as by their vectors.
    """
    ids: dict[str, list[int]] = defaultdict(list)
    for token in tokens:
        told = token.strip("'@")
        ids[told[0]].append(int(told[1:]))
    among = Q(official__in=ids["o"]) | Q(organization__in=ids["g"]) | Q(post__in=ids["p"])
    among |= Q(kind=PartyKind.COUNTRY, country__in=ids["c"])
    parties = Party.objects.filter(among, statement=OuterRef("pk")).order_by()
    # One row's worth, not EXISTS, which PostgreSQL may answer from all parties that there are.
    return Coalesce(Subquery(parties.values(found=Value(value=True))[:1]), Value(value=False))


@dataclass(frozen=True, slots=True)
class Wide:
    """The condition of a word that many bear as a name, and one of which PostgreSQL can tell how
    many rows answer it."""

    condition: Q
    estimated: Q


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, compiled; neither a tsquery nor a wide condition when it is all stop words.

    `ranking` asks for the words alone: the names of parties say who, not how much about. `forms`
    are any of the words as each dictionary reads them, `names` the tokens of who is called so.
    """

    tsquery: str | None
    wide: list["Wide"]
    ranking: str | None
    forms: dict[str, str]
    names: frozenset[str]

    @property
    def is_hopeless(self) -> bool:
        return self.tsquery is None and not self.wide


def dictionaries_in_use() -> list[str]:
    """The dictionaries of the languages that occur in the archive, and `simple` and English."""
    with connection.cursor() as cursor:
        columns = ("language", "original_language")
        cursor.execute(" UNION ".join(f"({LANGUAGES.format(column=column)})" for column in columns))
        codes = {row[0].split("-")[0].lower() for row in cursor.fetchall()} | {"en"}
    return sorted({DICTIONARIES[code] for code in codes & DICTIONARIES.keys()})


def compile_words(query: Query) -> Words:
    """Turns terms into conditions on the search vector; three small queries.

    A statement matches when, read in one of the dictionaries in use, all groups match: by the
    stem of the term, by the term as it stands, or by the name of a party. Words that a dictionary
    does not index are passed over in that dictionary only. A word that many bear as a name is a
    condition of its own, since an index on tsvectors weighs every alternative for every row.
    """
    query = _once(query)
    dictionaries = dictionaries_in_use()
    stems, names = _look_up(query.terms, [*dictionaries, DEFAULT_DICTIONARY])
    # An initial that thousands bear is a stop word: it would be weighed against all their tokens.
    names = {term: told for term, told in names.items() if not _is_idle(term, stems, told)}
    wide = [group for group in query.groups if _is_wide(group, stems, names)]
    narrow = Query([group for group in query.groups if group not in wide])
    branches = _branches(narrow, dictionaries, stems, names) if narrow.groups else set()
    conditions = [_wide(group, dictionaries, stems, names) for group in wide]
    if not branches and not conditions:
        branches = _names_alone(query)
    return Words(
        tsquery=_any(branches),
        wide=conditions,
        ranking=_any(_branches(_asked_for(query), dictionaries, stems, {})),
        forms=_forms(query, stems),
        names=frozenset(
            token.strip("'")
            for term in query.terms
            if not term.is_negated
            for token in names.get(term, ())
        ),
    )


def _once(query: Query) -> Query:
    """The query with each group, and each term of a group, only once."""
    groups = dict.fromkeys(tuple(dict.fromkeys(group)) for group in query.groups)
    return Query([list(group) for group in groups])


def _asked_for(query: Query) -> Query:
    """The query without what must not be there, which weighs nothing."""
    return Query([group for group in query.groups if not group[0].is_negated])


def _forms(query: Query, stems: "Stems") -> dict[str, str]:
    """Any of the words that are asked for, by the dictionary that reads them."""
    forms: dict[str, list[str]] = defaultdict(list)
    for term in query.terms:
        if not term.is_negated:
            for dictionary, stem in stems[term].items():
                # Where a language has no dictionary, the stop words of English are passed over too.
                if stem and (dictionary != DEFAULT_DICTIONARY or stems[term][MAIN_DICTIONARY]):
                    forms[dictionary].append(f"({stem})")
    return {dictionary: " | ".join(found) for dictionary, found in forms.items()}


def _is_idle(term: Term, stems: "Stems", tokens: list[str]) -> bool:
    return not stems[term][MAIN_DICTIONARY] and len(tokens) > N_NAMES_WITHIN


def _is_wide(group: list[Term], stems: "Stems", names: "Names") -> bool:
    """Whether many are called by these words, and they are words that are searched for."""
    is_common = not all(stems[term][MAIN_DICTIONARY] for term in group)
    return not is_common and sum(len(names.get(term, ())) for term in group) > N_NAMES_WITHIN


def _wide(group: list[Term], dictionaries: list[str], stems: "Stems", names: "Names") -> Wide:
    """The words of a group, or any of the many names it may mean."""
    plain = [replace(term, is_negated=False) for term in group]
    known = {place: stems[term] for place, term in zip(plain, group, strict=True)}
    words = _any(_branches(Query([plain]), dictionaries, known, {}))
    tokens = [token for term in group for token in names.get(term, ())]
    estimated = Q(search_vector=TsQuery(" | ".join([*tokens, *([words] if words else [])])))
    named = has_any_party(tokens) if _are_common(tokens) else HasAnyToken(tokens)
    condition = Q(named) | Q(search_vector=TsQuery(words)) if words else Q(named)
    if group[0].is_negated:
        condition, estimated = ~condition, ~estimated
    return Wide(condition, estimated)


def _are_common(tokens: list[str]) -> bool:
    """Whether so many statements have one of these tokens that walking finds enough of them."""
    rows = Statement.objects.filter(search_vector=TsQuery(" | ".join(tokens)))
    return n_expected(rows) > COMMON * n_expected(Statement.objects.all())


# What one dictionary makes of a query: of each of its sets of alternatives, one has to be there.
Branch = frozenset[frozenset[str]]


def _any(branches: set[Branch]) -> str | None:
    """A tsquery of all branches but those that ask for no more than another finds.

    The fewer words it repeats, the better PostgreSQL knows how much will match.
    """
    kept: list[Branch] = []
    for branch in sorted(branches, key=_told):
        if not any(_is_within(branch, other) for other in kept):
            kept = [other for other in kept if not _is_within(other, branch)] + [branch]
    return " | ".join(f"({_told(branch)})" for branch in kept) or None


def _is_within(branch: Branch, other: Branch) -> bool:
    """Whether all that answers a branch answers the other."""
    return all(any(mine <= theirs for mine in branch) for theirs in other)


def _told(branch: Branch) -> str:
    return " & ".join(sorted(f"({' | '.join(sorted(options))})" for options in branch))


def _branches(query: Query, dictionaries: list[str], stems: "Stems", names: "Names") -> set[Branch]:
    return {
        branch
        for dictionary in [*dictionaries, DEFAULT_DICTIONARY]
        if (branch := _branch(query, dictionary, stems, names))
    }


def _names_alone(query: Query) -> set[Branch]:
    """Stop words only: all together they may still be somebody's whole name, such as WHO."""
    if any(term.is_negated for term in query.terms):
        return set()
    words = " ".join(term.text for term in query.terms)
    with connection.cursor() as cursor:
        cursor.execute(NAMED_SO, {"words": words})
        return {frozenset({frozenset({f"'{token}'"})}) for (token,) in cursor.fetchall()}


Stems = dict[Term, dict[str, str]]
Names = dict[Term, list[str]]


def _look_up(terms: list[Term], dictionaries: list[str]) -> tuple[Stems, Names]:
    values: dict[str, Any] = {
        "words": [term.text for term in terms],
        "are_phrases": [term.is_phrase for term in terms],
        "dictionaries": dictionaries,
        "limit": N_NAMES_A_TERM,
    }
    stems: Stems = defaultdict(dict)
    names: Names = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(STEMS, values)
        for place, dictionary, stem in cursor.fetchall():
            stems[terms[place - 1]][dictionary] = stem
        cursor.execute(NAMED, values)
        for place, token in cursor.fetchall():
            names[terms[place - 1]].append(f"'{token}'")
    return stems, names


def _branch(query: Query, dictionary: str, stems: Stems, names: Names) -> Branch:
    """The query as read in one dictionary; empty when it indexes none of the terms."""
    parts: set[frozenset[str]] = set()
    is_asking = False
    for group in query.groups:
        options = [_option(term, dictionary, stems[term], names.get(term, [])) for term in group]
        if not all(options):
            continue  # one of the alternatives is a stop word here: it is everywhere
        is_asking = is_asking or not group[0].is_negated
        parts.add(frozenset().union(*options))
    return frozenset(parts) if is_asking or _is_all_negated(query) else frozenset()


def _is_all_negated(query: Query) -> bool:
    return all(term.is_negated for term in query.terms)


def _option(term: Term, dictionary: str, stems: dict[str, str], names: list[str]) -> frozenset[str]:
    """The forms of a term, any of which will do; none where it is everywhere."""
    if term.is_negated and not stems[MAIN_DICTIONARY]:
        return frozenset()
    if term.is_negated:
        forms = [*filter(None, stems.values()), *names]
        return frozenset({f"!({' | '.join(dict.fromkeys(forms))})"} if forms else ())
    # Where a language has no dictionary, the stop words of English are passed over too.
    if not stems[MAIN_DICTIONARY if dictionary == DEFAULT_DICTIONARY else dictionary]:
        return frozenset()
    forms = [*filter(None, [stems[dictionary], stems[DEFAULT_DICTIONARY]]), *names]
    return frozenset(f"({form})" for form in forms)
