"""The peer: the same statements in SQLite with FTS5, served by Datasette with facets."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from .archives import ROOT, Archive

FACETS = ("from_country", "to_country", "speaker", "channel", "form", "year")
ROWS = """
SELECT s.id, s.key, s.text, s.said_on, left(s.said_on, 4), s.channel, s.form,
    max(o.name) FILTER (WHERE p.role = 'speaker'),
    max(c.name) FILTER (WHERE p.role = 'speaker'),
    max(o.name) FILTER (WHERE p.role = 'addressee'),
    max(c.name) FILTER (WHERE p.role = 'addressee')
FROM statements_statement s JOIN statements_party p ON p.statement_id = s.id
LEFT JOIN statements_official o ON o.id = p.official_id
LEFT JOIN statements_country c ON c.id = p.country_id
WHERE s.status = 'published' GROUP BY s.id
"""
COLUMNS = (
    "id INTEGER PRIMARY KEY, key TEXT, text TEXT, said_on TEXT, year TEXT, channel TEXT, form TEXT,"
    " speaker TEXT, from_country TEXT, addressee TEXT, to_country TEXT"
)


def environment() -> Path:
    """A virtual environment with Datasette, made once beside the archives under measure."""
    home = ROOT / "var" / "bench" / "datasette"
    if not (home / "bin" / "datasette").exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run(
            [str(home / "bin" / "pip"), "install", "--quiet", "datasette>=0.64,<1"], check=True
        )
    return home


def build(archive: Archive, connection: psycopg.Connection) -> Path:
    """Copies the published statements into SQLite, with an index on all that is filtered by."""
    path = archive.home / "peer.db"
    if path.exists():
        return path
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with sqlite3.connect(unfinished) as peer, connection.cursor("rows") as rows:
        peer.execute(f"CREATE TABLE statements ({COLUMNS})")
        rows.itersize = 20_000
        rows.execute(ROWS)
        peer.executemany(f"INSERT INTO statements VALUES ({','.join('?' * 11)})", rows)
        for column in ("said_on", "addressee", *FACETS):
            peer.execute(f"CREATE INDEX {column}_index ON statements ({column})")
        peer.execute("CREATE INDEX pair_index ON statements (from_country, to_country, said_on)")
        peer.execute(
            "CREATE VIRTUAL TABLE statements_fts USING fts5"
            " (text, speaker, addressee, content=statements, content_rowid=id, tokenize=porter)"
        )
        peer.execute("INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')")
        peer.execute("ANALYZE")
    unfinished.rename(path)
    return path


def command(path: Path, port: int) -> list[str]:
    """How Datasette is started; its limits are lifted so far that it answers in full."""
    return [
        str(environment() / "bin" / "datasette"),
        "serve",
        "--immutable",
        str(path),
        "--port",
        str(port),
        "--setting",
        "sql_time_limit_ms",
        "60000",
        "--setting",
        "facet_time_limit_ms",
        "60000",
        "--setting",
        "num_sql_threads",
        "4",
    ]


def address(parameters: dict[str, str]) -> str:
    """The page of the same rows with the same facets, newest first."""
    pairs = [*parameters.items(), *(("_facet", facet) for facet in FACETS)]
    return f"/peer/statements?{urlencode([*pairs, ('_sort_desc', 'said_on'), ('_size', '50')])}"
