import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from statements.interchange.load import OnConflict
from statements.interchange.tables import load_table
from statements.management.progress import Progress
from statements.management.reports import tell
from statements.models import Authorship, written_by


class Command(BaseCommand):
    help = "Imports a table of statements, CSV or XLSX, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="CSV, or XLSX; - is CSV on standard input")
        parser.add_argument("--dry-run", action="store_true", help="count, and save nothing")
        parser.add_argument(
            "--on-conflict",
            choices=[choice.value for choice in OnConflict],
            default=OnConflict.FAIL,
            help="what to do with a statement that is there already and differs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        author = Authorship("command", "import_csv", why=name)
        with written_by(author), Progress(self.stderr) as progress:
            try:
                with opened(name) as stream:
                    report = load_table(
                        stream,
                        "standard input" if name == "-" else name,
                        on_conflict=OnConflict(options["on_conflict"]),
                        dry_run=options["dry_run"],
                        progress=progress,
                    )
            except OSError as error:
                raise CommandError(str(error)) from error
        tell(self, report, dry_run=options["dry_run"])


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """Opens a file that can be read from its beginning again."""
    if name != "-":
        with Path(name).open("rb") as stream:
            yield stream
        return
    with TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield kept
