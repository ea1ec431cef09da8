"""Synthetic archives of several sizes, each with a PostgreSQL and a folder of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = 1
READ_AT_ONCE = 2**24  # bytes


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive for measuring, kept from one run to the next."""

    n_statements: int

    @property
    def home(self) -> Path:
        return ROOT / "var" / "bench" / str(self.n_statements)

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DEBUG")}
        return {**kept, "VAR_DIR": str(self.home), "ADMIN_PASSWORD": "only-for-measuring-1"}

    def manage(self, *command: str) -> str:
        """Runs a command of manage.py on this archive and returns what it wrote."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def build(self) -> float | None:
        """Makes the archive when it is not there; returns the seconds its statements took."""
        if (self.home / "built").exists():
            return None
        self.home.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity", "0")
        started = time.monotonic()
        self.manage("make_sample", "--statements", str(self.n_statements), "--seed", str(SEED))
        taken = time.monotonic() - started
        (self.home / "built").write_text(f"{taken:.1f}\n")
        return taken

    def read_through(self) -> None:
        """Has the system read the database's files once, as it has where people have searched."""
        for path in sorted((self.home / "postgres" / "base").rglob("*")):
            if path.is_file():
                read_through(path)


def read_through(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(READ_AT_ONCE):
            pass
