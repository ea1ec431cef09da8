"""The public archive as an SQLite database, its tables made of the records.

A record makes a row of its kind's table, and each list in it rows of a table beside that one:
`statement`, `statement_parties`, `statement_topics`.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from statements.dictionary import Field, fields
from statements.records import RECORD_TYPES

APPLICATION_ID = 0x44454D41  # "DEMA", in the header of the file
N_ROWS_AT_ONCE = 1_000
# What is kept for curators, or told of what is not public.
NOT_PUBLIC = {"article.body", "statement.withdrawal_reason", "statement.undated_reason"}
AFFINITIES = {"whole number": "INTEGER", "number": "REAL", "true or false": "INTEGER"}
INDEXES = (
    "CREATE INDEX statement_by_day ON statement (said_on)",
    "CREATE INDEX parties_by_official ON statement_parties (official)",
    "CREATE INDEX parties_by_organization ON statement_parties (organization)",
    "CREATE INDEX parties_by_country ON statement_parties (country)",
    "CREATE INDEX citations_by_article ON statement_citations (article)",
    "CREATE INDEX topics_by_topic ON statement_topics (topic)",
)


class Database:
    """A file that records are written to; whole and closed at the end of `with`."""

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        self.path = path
        self.about = about
        self.waiting: dict[str, list[Sequence[Any]]] = {}
        self.n_waiting = 0

    def __enter__(self) -> "Database":
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        # Nobody reads the file before it is whole, so that nothing need survive a fault.
        for line in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            f"PRAGMA application_id = {APPLICATION_ID}",
            "BEGIN",
            *_tables(),
        ):
            self.connection.execute(line)
        return self

    def add(self, kind: str, told: Mapping[str, Any]) -> None:
        """Takes a public record: its values as JSON has them."""
        key = told[_key(kind)]
        plain: list[Any] = []
        for field in _shown(kind):
            value = told[field.name]
            if not (field.is_list or field.is_mapping):
                plain.append(value)
                continue
            for row in _rows(field, value):
                self._wait(f"{kind}_{field.name}", [key, *row])
        self._wait(kind, plain)
        if self.n_waiting >= N_ROWS_AT_ONCE:
            self._write()

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        with closing(self.connection):
            if kind is None:
                self._finish()

    def _wait(self, table: str, row: Sequence[Any]) -> None:
        self.waiting.setdefault(table, []).append(row)
        self.n_waiting += 1

    def _write(self) -> None:
        for table, rows in self.waiting.items():
            places = ", ".join("?" * len(rows[0]))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
        self.waiting.clear()
        self.n_waiting = 0

    def _finish(self) -> None:
        self._write()
        for line in INDEXES:
            self.connection.execute(line)
        insert = "INSERT INTO dictionary VALUES (?, ?, ?, ?)"
        self.connection.executemany(insert, _dictionary())
        self.connection.executemany("INSERT INTO archive VALUES (?, ?)", self.about.items())
        self.connection.execute("COMMIT")
        self.connection.execute("ANALYZE")


def _key(kind: str) -> str:
    record = RECORD_TYPES[kind]
    return record.model_fields[record.key_field].alias or record.key_field


def _shown(kind: str) -> list[Field]:
    return [field for field in fields(kind) if f"{kind}.{field.name}" not in NOT_PUBLIC]


def _rows(field: Field, value: Any) -> Iterator[list[Any]]:
    """The rows that a list makes, each with its place; of a mapping, names and values."""
    if field.is_mapping:
        yield from ([name, text] for name, text in value.items())
        return
    for position, entry in enumerate(value):
        told = [entry[part.name] for part in fields(field.part)] if field.part else [entry]
        yield [position, *told]


def _tables() -> Iterator[str]:
    yield "CREATE TABLE archive (name TEXT PRIMARY KEY, value TEXT)"
    yield (
        "CREATE TABLE dictionary (table_name TEXT, column_name TEXT, meaning TEXT, codes TEXT,"
        " PRIMARY KEY (table_name, column_name))"
    )
    for kind in RECORD_TYPES:
        yield from _tables_of(kind)


def _tables_of(kind: str) -> Iterator[str]:
    columns = []
    for field in _shown(kind):
        if field.is_mapping:
            columns_beside = ["name TEXT", "value TEXT"]
            yield _beside(kind, field, columns_beside, "name")
        elif field.is_list:
            told = fields(field.part) if field.part else (_value(field),)
            columns_beside = ["position INTEGER", *map(_column, told)]
            yield _beside(kind, field, columns_beside, "position")
        else:
            columns.append(_column(field))
    key = '"kind", "from"' if kind == "redirect" else f'"{_key(kind)}"'
    yield f"CREATE TABLE {kind} ({', '.join(columns)}, PRIMARY KEY ({key}))"


def _beside(kind: str, field: Field, columns: Sequence[str], place: str) -> str:
    owner = f'"of_{kind}" TEXT REFERENCES {kind} ("{_key(kind)}")'
    key = f'"of_{kind}", "{place}"'
    return (
        f"CREATE TABLE {kind}_{field.name} ({', '.join([owner, *columns])},"
        f" PRIMARY KEY ({key})) WITHOUT ROWID"
    )


def _value(field: Field) -> Field:
    """The one column of a list of plain values: named for what they name."""
    return replace(field, name=field.names or "value")


def _column(field: Field) -> str:
    named = f'"{field.name}" {AFFINITIES.get(field.holds, "TEXT")}'
    return f'{named} REFERENCES {field.names} ("{_key(field.names)}")' if field.names else named


def _dictionary() -> Iterator[tuple[str, str, str, str]]:
    """What each column means, by table."""
    for kind in RECORD_TYPES:
        for field in _shown(kind):
            beside = f"{kind}_{field.name}"
            if field.part:
                for part in fields(field.part):
                    yield beside, part.name, part.meaning, ", ".join(part.codes)
                continue
            table, column = kind, field.name
            if field.is_list or field.is_mapping:
                table, column = beside, "value" if field.is_mapping else _value(field).name
            yield table, column, field.meaning, ", ".join(field.codes)
