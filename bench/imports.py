"""How fast an archive is imported: python -m bench.imports [--statements N].

Makes an archive of that size, exports it, and imports the file twice into a just-migrated archive:
the first time everything is new, the second everything is unchanged. Memory is the most that
the importing process held at a time; the database is another program and is not counted.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from .archives import ROOT, Archive

SECONDS_BETWEEN = 0.05


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a command: seconds on the clock, seconds at work, and the peak of memory."""

    said: str
    seconds: float
    processor_seconds: float
    peak_bytes: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--statements", type=int, default=200_000)
    n_statements = parser.parse_args().statements
    source = Archive(n_statements)
    source.build()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.jsonl"
        source.manage("export_archive", str(path))
        environment = os.environ | {"VAR_DIR": str(Path(folder) / "var")}
        run(environment, "migrate", "--verbosity", "0")
        print("| import | statements a second | of one processor | peak memory |")
        print("|---|---:|---:|---:|")
        for name in ("all new", "all unchanged"):
            found = run(environment, "import_archive", str(path))
            check(found.said, n_statements)
            print(
                f"| {name} | {n_statements / found.seconds:,.0f} |"
                f" {found.processor_seconds / found.seconds:.0%} |"
                f" {found.peak_bytes / 1e6:,.0f} MB |",
                flush=True,
            )


def check(said: str, n_statements: int) -> None:
    """Stops when an import did not take in what it was given."""
    counts = [int(number) for number in re.findall(r"\d+", said.splitlines()[-1])]
    if sum(counts[:3]) < n_statements or counts[3]:
        sys.exit(f"the import went wrong: {said}")


def run(environment: dict[str, str], *command: str) -> Measured:
    """Runs a command of manage.py and watches its memory and that of its children."""
    started = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        peak, worked = 0, 0.0
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak, worked = max(peak, resident(watched)), max(worked, busy(watched))
            time.sleep(SECONDS_BETWEEN)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        sys.exit(said or f"{command[0]} failed")
    return Measured(said, time.monotonic() - started, worked, peak)


def resident(process: psutil.Process) -> int:
    """The memory of a process and of the Python processes below it."""
    try:
        family = [process, *process.children(recursive=True)]
        return sum(one.memory_info().rss for one in family if "python" in one.name())
    except psutil.NoSuchProcess:
        return 0


def busy(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system


if __name__ == "__main__":
    main()
