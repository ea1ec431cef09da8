"""What a reader types into the search box, taken apart."""

import re
from dataclasses import dataclass, field

N_TERMS = 40
OPERATORS = ("speaker", "to", "from", "channel", "topic", "after", "before")

# What only steers how a line is drawn comes along with pasted words, and is none of them.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_TOKEN = re.compile(
    r"""
    (?P<minus>-)?
    (?:
        (?P<operator>[a-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>\S*))
      | "(?P<phrase>[^"]*)"?
      | (?P<word>[^\s"]+)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that must stand in a statement, or must not."""

    text: str
    is_phrase: bool = False
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """A filter that was typed: ``speaker:jilani``."""

    name: str
    value: str


@dataclass(slots=True)
class Query:
    """All groups must match; of a group, one term is enough."""

    groups: list[list[Term]] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    is_cut: bool = False

    @property
    def terms(self) -> list[Term]:
        return [term for group in self.groups for term in group]


def parse(text: str) -> Query:
    """Reads words, ``"phrases"``, ``-without``, ``or`` between two terms, and typed operators.

    ``or`` binds tighter than the space between words. Nothing that is typed is an error: what
    has no meaning here is a word; marks of direction are passed over. At most `N_TERMS` terms
    and operators are read, and `is_cut` says when there were more.
    """
    query = Query()
    is_alternative = False
    for match in _TOKEN.finditer(_UNSEEN.sub("", text)):
        if operator := _operator(match):
            if len(query.terms) + len(query.operators) == N_TERMS:
                query.is_cut = True
                break
            query.operators.append(operator)
            continue
        if _is_or(match) and query.groups:
            is_alternative = True
            continue
        term = _term(match)
        if term is None:
            continue
        if len(query.terms) + len(query.operators) == N_TERMS:
            query.is_cut = True
            break
        if is_alternative and not term.is_negated and not query.groups[-1][-1].is_negated:
            query.groups[-1].append(term)
        else:
            query.groups.append([term])
        is_alternative = False
    return query


def _operator(match: re.Match[str]) -> Operator | None:
    name = (match["operator"] or "").lower()
    if match["minus"] or name not in OPERATORS:
        return None
    return Operator(name, (match["quoted"] or match["value"] or "").strip())


def _is_or(match: re.Match[str]) -> bool:
    return not match["minus"] and (match["word"] or "").lower() == "or"


def _term(match: re.Match[str]) -> Term | None:
    is_phrase = match["phrase"] is not None
    text = match["phrase"] if is_phrase else match["word"] or match[0].lstrip("-")
    text = text.replace("\x00", " ").strip()
    if not any(character.isalnum() for character in text):
        return None
    return Term(text, is_phrase=is_phrase, is_negated=bool(match["minus"]))
