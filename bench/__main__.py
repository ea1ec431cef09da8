"""Measures the archive beside its floor and a peer: `make bench`, or `python -m bench`.

Each question is asked of a handful of people, words and pairs in turn. The floor is the very SQL
that a page sent, sent again through psycopg alone. The first round of a page and its later rounds
are told apart, since counts are kept until something is published. The files of the database are
read once beforehand, the peer's too, and each worker has made pages of each kind.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from . import datasette, floor
from .archives import ROOT, Archive, read_through
from .queries import Question, questions
from .serving import Client, free_port, ours, quantiles, requests_a_second, running, warm

SIZES = (10_000, 200_000, 2_000_000)
N_ROUNDS = 2
N_PEER_VARIANTS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One question at one size; milliseconds, None where it was not asked."""

    n_statements: int
    question: str
    first_median: float
    first_p95: float
    again_median: float
    again_p95: float
    floor_median: float
    floor_p95: float
    peer_median: float | None
    peer_p95: float | None


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--without-peer", action="store_true", help="leave Datasette out")
    parser.add_argument("--output", type=Path, default=ROOT / "var" / "bench.json")
    options = parser.parse_args()
    lines, notes = [], []
    for size in options.sizes:
        found, note = measure(Archive(size), with_peer=not options.without_peer)
        lines += found
        notes.append(note)
    options.output.parent.mkdir(exist_ok=True)
    told = {"machine": machine(), "archives": notes, "lines": [asdict(line) for line in lines]}
    options.output.write_text(json.dumps(told, indent=1) + "\n")
    print(table(lines, notes))


def machine() -> dict[str, str]:
    return {
        "processors": str(os.cpu_count()),
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def measure(archive: Archive, *, with_peer: bool) -> tuple[list[Line], dict[str, float]]:
    say(f"{archive.n_statements:,} statements")
    taken = archive.build()
    archive.read_through()
    with ours(archive) as port, psycopg.connect(floor.dsn(archive)) as connection:
        asked = questions(connection)
        warm(port)
        own = {question.name: timed(port, question.paths) for question in asked}
        floors = floors_of(archive, asked)
        path = datasette.build(archive, connection) if with_peer else None
        note = notes_of(port, archive, taken)
    peers = peer_times(path, asked) if path else {}
    lines = [
        Line(
            archive.n_statements,
            question.name,
            *quantiles(own[question.name][0]),
            *quantiles(own[question.name][1]),
            *quantiles(floors[question.name]),
            *peers.get(question.name, (None, None)),
        )
        for question in asked
    ]
    return lines, note


def floors_of(archive: Archive, asked: list[Question]) -> dict[str, list[float]]:
    """Seconds of the SQL alone, by question; all pages are listened to in one process."""
    seconds = iter(floor.measure(archive, [path for question in asked for path in question.paths]))
    return {question.name: [next(seconds) for _ in question.paths] for question in asked}


def timed(port: int, paths: list[str]) -> tuple[list[float], list[float]]:
    """Seconds of the first time each address is asked, and of later times."""
    client = Client(port)
    say(".", end="")
    first = [client.seconds(path) for path in paths]
    again = [client.seconds(path) for _ in range(N_ROUNDS) for path in paths]
    return first, again


def peer_times(path: Path, asked: list[Question]) -> dict[str, tuple[float, float]]:
    port = free_port()
    times = {}
    read_through(path)
    with running(datasette.command(path, port), port, "/-/versions.json"):
        client = Client(port)
        for question in asked:
            addresses = [datasette.address(p) for p in question.peers[:N_PEER_VARIANTS]]
            if addresses:
                times[question.name] = quantiles([client.seconds(a) for a in addresses])
                say(".", end="")
    return times


def notes_of(port: int, archive: Archive, taken: float | None) -> dict[str, float]:
    """What is measured once an archive: conditional requests, throughput, memory, loading."""
    client = Client(port)
    _status, headers = client.get("/statements/")
    condition = {"If-None-Match": headers["etag"]}
    unchanged = [client.seconds("/statements/", condition) for _ in range(300)]
    return {
        "n_statements": archive.n_statements,
        "made_a_second": archive.n_statements / taken if taken else 0.0,
        "unchanged_ms": quantiles(unchanged)[0],
        "unchanged_a_second": requests_a_second(
            port, "/statements/", condition, n_clients=8, seconds=5
        ),
        "newest_a_second": requests_a_second(port, "/statements/", {}, n_clients=8, seconds=5),
        "worker_mb": worker_megabytes(port),
    }


def worker_megabytes(port: int) -> float:
    """Resident memory of the largest process that serves, as `ps` tells it."""
    told = subprocess.run(
        ["ps", "-eo", "rss,args"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    sizes = [int(row.split()[0]) for row in told.splitlines() if "manage.py serve" in row]
    return max(sizes, default=0) / 1024


HEADS = ("statements", "question", "first", "p95", "again", "p95", "SQL", "p95", "Datasette", "p95",
         "to SQL, p95", "to the smallest", "Datasette to ours")  # fmt: skip


def table(lines: list[Line], notes: list[dict[str, float]]) -> str:
    """Milliseconds, and three ratios: of p95 to that of the SQL alone, of the median to that of
    the smallest archive, and of Datasette's median to ours. Lists come after what is faceted."""
    smallest = {line.question: line for line in reversed(lines)}
    rows = [f"| {' | '.join(HEADS)} |", f"|---:|---|{'---:|' * (len(HEADS) - 2)}"]
    for line in lines:
        cells = [f"{line.n_statements:,}", line.question]
        cells += [
            shown(milliseconds)
            for milliseconds in (
                line.first_median, line.first_p95, line.again_median, line.again_p95,
                line.floor_median, line.floor_p95, line.peer_median, line.peer_p95,
                line.first_p95 / line.floor_p95 if line.floor_p95 else None,
                line.first_median / smallest[line.question].first_median,
                line.peer_median / line.first_median if line.peer_median else None,
            )
        ]  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    rows += ["", *(json.dumps({k: round(v, 1) for k, v in note.items()}) for note in notes)]
    return "\n".join(rows)


def shown(number: float | None) -> str:
    return "" if number is None else f"{number:,.1f}"


def say(text: str, end: str = "\n") -> None:
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
