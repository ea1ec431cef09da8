"""A table of statements, one to a row -> the archive format.

What the columns hold is declared in `statement_columns`. Names are looked up by whoever has them:
the reader knows how a cell is written, and not who is in the archive.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, zip_longest
from typing import Any, NamedTuple, Protocol

from statements.vocabulary import LinkKind, Role, Term

from .statement_columns import (
    ALSO,
    BY_NAME,
    N_ALIKE,
    N_CITATIONS,
    NOTHING,
    SEPARATOR,
    Column,
    column_of,
)
from .tables import NotATable, TableRow

ROLES = (Role.SPEAKER, Role.ADDRESSEE, Role.RELAYER, Role.SUBJECT)
ACTORS = ("official", "organization", "post", "country")
# What stands beside the names of a role, in columns of its own.
BESIDE = (
    "post", "organization", "country", "capacity", "name_as_printed", "basis", "form", "channel",
)  # fmt: skip
PUBLIC = frozenset(("public", "the public"))
PREFIXED = re.compile(r"(official|organization|post|country|unnamed)\s*:\s*(.+)", re.DOTALL)
N_ROWS_AT_ONCE = 500
N_TERMS_TOLD = 8
N_DIGITS = 9

# Fields of the archive format that a column of the same name fills in with its text.
PLAIN = (
    "key", "text", "original_text", "original_language", "translator", "said_on", "said_on_until",
    "said_at", "undated_reason", "platform", "event", "standing_note", "withdrawal_reason",
    "basis_note", "note",
)  # fmt: skip
CODES = (
    "form", "text_status", "said_on_qualifier", "said_on_basis", "channel", "channel_basis",
    "standing", "status",
)  # fmt: skip

Cells = dict[str, str]
Problem = tuple[str, str]


class Unresolved(Exception):
    """A name that stands for nobody, or for several; the message says for whom it may."""


class ArticleAsked(NamedTuple):
    """An article as a row names it when it does not give its slug."""

    url: str
    outlet: str
    title: str


class Lookup(Protocol):
    """Who and what is in the archive, by slug, code or name."""

    def find(
        self, kinds: tuple[str, ...], words: str, *, country: str | None = None
    ) -> tuple[str, str]:
        """Returns kind and slug of the one that is meant; raises Unresolved.

        Of several of one name the one of `country` is meant.
        """

    def find_article(self, asked: ArticleAsked) -> str:
        """Returns the slug of the one article that is meant; raises Unresolved."""

    def prepare(self, asked: list[ArticleAsked]) -> None:
        """Fetches together what will be asked for one by one."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What a row tells of a statement, or why it cannot be taken.

    `told` is an object of the archive format, its key perhaps missing, and nothing of a row whose
    cells cannot be read; `problems` are pairs of a column and a reason; `roles` are those of the
    parties, in order.
    """

    number: int
    told: dict[str, Any]
    roles: tuple[Role, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(rows: Iterable[TableRow], lookup: Lookup) -> Iterator[StatementRow]:
    """Yields what each row after the first tells.

    Raises NotATable when the first row does not name the columns.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        raise NotATable("holds nothing")
    columns = _columns(first)
    while batch := list(islice(rows, N_ROWS_AT_ONCE)):
        cells = [_cells(columns, row) for row in batch]
        sound = [told for row, told in zip(batch, cells, strict=True) if not row.faults]
        lookup.prepare([asked for told in sound for asked in _articles_asked(told)])
        for row, told in zip(batch, cells, strict=True):
            yield _Reading(told, lookup).row(row, columns)


def _columns(first: TableRow) -> list[Column | None]:
    """Reads the headings; raises NotATable with everything that is wrong with them."""
    found = [column_of(heading) for heading in first.cells]
    names = [column.name for column in found if column]
    wrong = [
        f"“{heading.strip()}” is not a column{_perhaps(heading, [*BY_NAME, *ALSO])}"
        for heading, column in zip(first.cells, found, strict=True)
        if column is None and heading.strip()
    ]
    wrong += [f"“{name}” stands twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    wrong += [f"“{name}” is missing" for name in ("text", "form") if name not in names]
    if wrong:
        reason = f"does not name the columns of a table of statements: {'; '.join(wrong)}"
        raise NotATable(reason, line=first.number)
    return found


def _perhaps(word: str, known: Iterable[str]) -> str:
    alike = difflib.get_close_matches(word.strip().casefold(), known, n=1, cutoff=N_ALIKE)
    return f" (is “{alike[0]}” meant?)" if alike else ""


def _cells(columns: list[Column | None], row: TableRow) -> Cells:
    """The cells that say something, by column."""
    return {
        column.name: cell if column.is_text else cell.strip()
        for column, cell in zip_longest(columns, row.cells)
        if column and cell and cell.strip()
    }


def _articles_asked(cells: Cells) -> Iterator[ArticleAsked]:
    for end in _ends():
        if f"article{end}" not in cells and (asked := _article_asked(cells, end)):
            yield asked


def _ends() -> Iterator[str]:
    yield ""
    yield from (f"_{number}" for number in range(2, N_CITATIONS + 1))


def _article_asked(cells: Cells, end: str) -> ArticleAsked | None:
    asked = ArticleAsked(
        *(cells.get(f"{name}{end}", "") for name in ("article_url", "outlet", "article_title"))
    )
    return asked if any(asked) else None


class _Reading:
    """One row on its way to the archive format."""

    def __init__(self, cells: Cells, lookup: Lookup) -> None:
        self.cells = cells
        self.lookup = lookup
        self.told: dict[str, Any] = {"type": "statement"}
        self.roles: list[Role] = []
        self.problems: list[Problem] = []

    def row(self, row: TableRow, columns: list[Column | None]) -> StatementRow:
        for place, reason in row.faults:
            known = columns[place] if place is not None and place < len(columns) else None
            self.problems.append((known.name if known else "", reason))
        if row.faults:
            return StatementRow(row.number, {}, (), tuple(self.problems))
        self._read()
        return StatementRow(row.number, self.told, tuple(self.roles), tuple(self.problems))

    def _read(self) -> None:
        for name in PLAIN:
            if name in self.cells:
                self.told[name] = self._or_nothing(self.cells[name])
        if "language" in self.cells:
            self.told["language"] = self._language(self.cells["language"])
        for name in CODES:
            if name in self.cells:
                self.told[name] = self._code(BY_NAME[name], self.cells[name])
        self._read_order()
        self._read_lists()
        self.told["parties"] = [party for role in ROLES for party in self._parties(role)]
        self.told["citations"] = [told for end in _ends() if (told := self._citation(end))]
        if not self.told["citations"] and not any(_articles_asked(self.cells)):
            self._refuse("article", "is required: a claim without a source is not taken")
        for name in ("text", "form", "speaker"):
            if name not in self.cells:
                self._refuse(name, "is required")

    # Cells

    def _refuse(self, column: str, reason: str) -> None:
        self.problems.append((column, reason))

    def _or_nothing(self, cell: str) -> str | None:
        return None if cell.strip() == NOTHING else cell

    def _language(self, cell: str) -> str | None:
        first, hyphen, rest = cell.partition("-")
        return self._or_nothing(first.lower() + hyphen + rest)

    def _code(self, column: Column, cell: str) -> str | None:
        """A code of a closed list, given as such or by its label."""
        if self._or_nothing(cell) is None:
            return None
        assert column.terms is not None
        code = _folded(cell)
        if known_code := _codes(column).get(code):
            return known_code
        codes = [term.value for term in column.terms]
        known = f": {', '.join(codes)}" if len(codes) <= N_TERMS_TOLD else _perhaps(code, codes)
        self._refuse(column.name, f"“{_short(cell)}” is not in its list{known}")
        return None

    def _several(self, name: str) -> list[str]:
        """The parts of a cell that holds several; an empty part keeps its place."""
        cell = self.cells.get(name, NOTHING)
        if self._or_nothing(cell) is None:
            return []
        return [part.strip() for part in cell.rstrip(f"{SEPARATOR} ").split(SEPARATOR)]

    # Lists

    def _read_order(self) -> None:
        if "event_order" in self.cells:
            cell = self._or_nothing(self.cells["event_order"]) or ""
            is_number = cell.isdecimal() and len(cell) <= N_DIGITS
            self.told["event_order"] = int(cell) if is_number else None
            if cell and not is_number:
                self._refuse(
                    "event_order", f"“{_short(cell)}” is not a whole number below 1,000,000,000"
                )

    def _read_lists(self) -> None:
        if "acts" in self.cells:
            codes = [self._code(BY_NAME["acts"], part) for part in self._several("acts")]
            self.told["acts"] = [code for code in codes if code]
        if "topics" in self.cells:
            found = [self._find("topics", ("topic",), part) for part in self._several("topics")]
            self.told["topics"] = [topic[1] for topic in found if topic]
        if "about_events" in self.cells:
            self.told["about_events"] = self._several("about_events")
        if "links" in self.cells:
            links = [self._link(part) for part in self._several("links")]
            self.told["links"] = [link for link in links if link]

    def _link(self, part: str) -> dict[str, str] | None:
        kind, colon, key = part.partition(":")
        if not colon or _folded(kind) not in LinkKind.codes():
            kinds = ", ".join(LinkKind.codes())
            self._refuse("links", f"“{_short(part)}” is not “kind: key”; kinds: {kinds}")
            return None
        return {"kind": _folded(kind), "statement": key.strip()}

    # Parties

    def _parties(self, role: Role) -> Iterator[dict[str, Any]]:
        names = self._several(role)
        beside = {
            part: self._beside(f"{role}_{part}", role, len(names))
            for part in BESIDE
            if f"{role}_{part}" in self.cells
        }
        for number, name in enumerate(names):
            parts = {part: cells[number] for part, cells in beside.items() if cells[number]}
            self.roles.append(role)
            yield self._party(role, name, parts)

    def _beside(self, column: str, role: Role, n: int) -> list[str]:
        """What stands beside each name of a role: as many as there are names, or none."""
        found = self._several(column)
        if not found:
            return [""] * n
        if len(found) > n:
            self._refuse(column, f"has {len(found)} entries, and {role.value} has {n}")
        return [*found, *[""] * n][:n]

    def _party(self, role: Role, name: str, parts: dict[str, str]) -> dict[str, Any]:
        country = self._country(role, parts.pop("country", ""))
        party: dict[str, str | None] = {"role": role.value, **self._actor(role, name, country)}
        if country and party.get("kind") != "country":
            party["country"] = country
        for kind in ("post", "organization"):
            if words := parts.pop(kind, ""):
                found = self._find(f"{role}_{kind}", (kind,), words, country=country)
                party[kind] = found[1] if found else None
        for part, cell in parts.items():
            column = BY_NAME[f"{role}_{part}"]
            party[part] = self._code(column, cell) if column.terms else self._or_nothing(cell)
        return party

    def _country(self, role: Role, words: str) -> str | None:
        if not words or self._or_nothing(words) is None:
            return None
        found = self._find(f"{role}_country", ("country",), words)
        return found[1] if found else None

    def _actor(self, role: Role, name: str, country: str | None) -> dict[str, str]:
        if name.casefold() in PUBLIC:
            return {"kind": "public"}
        kinds: tuple[str, ...] = ACTORS
        words = name
        if prefixed := PREFIXED.fullmatch(name):
            if prefixed[1] == "unnamed":
                return {"kind": "unnamed", "name_as_printed": prefixed[2].strip()}
            kinds, words = (prefixed[1],), prefixed[2].strip()
        if not words:
            self._refuse(role, "holds an empty place between two separators")
            return {}
        found = self._find(role, kinds, words, country=country)
        if found is None:
            return {}
        return {found[0]: found[1], "kind": found[0]}

    def _find(
        self, column: str, kinds: tuple[str, ...], words: str, *, country: str | None = None
    ) -> tuple[str, str] | None:
        try:
            return self.lookup.find(kinds, words, country=country)
        except Unresolved as error:
            self._refuse(column, str(error))
            return None

    # Citations

    def _citation(self, end: str) -> dict[str, Any] | None:
        told = {
            name: self._or_nothing(self.cells[f"{name}{end}"])
            for name in ("quote", "locator")
            if f"{name}{end}" in self.cells
        }
        slug = self.cells.get(f"article{end}") or self._article(end)
        if slug is None:
            if told and not self.problems:
                self._refuse(f"article{end}", "is required beside what is cited from it")
            return None
        return {"article": slug, **told}

    def _article(self, end: str) -> str | None:
        asked = _article_asked(self.cells, end)
        if asked is None:
            return None
        column = f"article_url{end}" if asked.url else f"article_title{end}"
        try:
            return self.lookup.find_article(asked)
        except Unresolved as error:
            self._refuse(column, str(error))
            return None


@cache
def _codes(column: Column) -> dict[str, str]:
    """The codes of a closed list, by how they and their labels may be written."""
    terms = list(column.terms or ())
    labels = {_folded(term.label): term.value for term in terms if isinstance(term, Term)}
    return labels | {term.value: term.value for term in terms}


@lru_cache(maxsize=1 << 12)
def _folded(words: str) -> str:
    return re.sub(r"[\s_-]+", "_", words.strip().casefold())


def _short(cell: str) -> str:
    return cell if len(cell) <= 60 else f"{cell[:60]}…"
