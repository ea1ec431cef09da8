"""Finding rows by name as one types: any alias, accents folded, from the start of each word."""

import re
import unicodedata
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Func, Model, Q, QuerySet, Value
from django.db.models import F as Column
from django.db.models.functions import Cast

from statements.models import Alias
from statements.search.query import parse
from statements.search.words import compile_words

N_WORDS = 12
KEY = re.compile(r"[0-9a-z][0-9a-zA-Z_-]*")


def words_of(term: str) -> list[str]:
    """Splits what was typed into words of letters, marks and digits."""
    term = unicodedata.normalize("NFKC", term)
    spaced = "".join(letter if _is_of_a_word(letter) else " " for letter in term)
    return spaced.split()[:N_WORDS]


def begins(column: str, words: list[str]) -> Func:
    """Whether each of the words begins one in the column; served by the index on its words."""
    query = " & ".join(f"'{word}':*" for word in words)
    return Func(
        Column(column),
        Value(query),
        template="to_tsvector('simple', fold(%(expressions)s))",
        arg_joiner=")) @@ to_tsquery('simple', fold(",
        output_field=BooleanField(),
    )


def named(
    rows: QuerySet[Any], term: str, *, columns: tuple[str, ...], alias_of: str = ""
) -> QuerySet[Any]:
    """Narrows rows to those that a term may name, by these columns or by an alias."""
    words = words_of(term)
    if not words:
        return rows.none() if term.strip() else rows
    model: type[Model] = rows.model
    found = Q()
    for column in columns:
        # Subqueries of their own, so that each is answered by the index on its column.
        found |= Q(pk__in=model._base_manager.filter(begins(column, words)).values("pk"))
    if alias_of:
        aliases = Alias.objects.filter(begins("name", words), **{f"{alias_of}__isnull": False})
        found |= Q(pk__in=aliases.values(alias_of))
    return rows.filter(found)


def _is_of_a_word(letter: str) -> bool:
    # A zero-width non-joiner stands inside Persian words, and `fold` takes it out.
    return letter == "\u200c" or unicodedata.category(letter)[0] in "LMN"


def matching(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Narrows statements to those whose key begins so, or that hold all these words."""
    text = text.replace("\x00", " ").strip()
    if not text:
        return rows
    found = Q(key__startswith=text.lower()) if KEY.fullmatch(text) else Q(pk__in=[])
    query = parse(text)
    tsquery = compile_words(query).tsquery if query.terms else None
    if tsquery:
        has_words = Func(
            Column("search_vector"),
            Cast(Value(tsquery), SearchQueryField()),
            template="%(expressions)s",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )
        found |= Q(has_words)
    return rows.filter(found)
