import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.interchange.dump import archive_lines
from statements.interchange.snapshot import snapshot
from statements.management.progress import Progress


class Command(BaseCommand):
    help = "Exports the whole archive in its own format."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", metavar="FILE", help="where to; standard output when absent"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"]:
            self._write(self.stdout)
            return
        target = Path(options["file"])
        try:
            self._replace(target)
        except OSError as error:
            raise CommandError(str(error)) from error

    def _write(self, stream: Any) -> None:
        """Writes one state of the archive, whatever is written to it meanwhile."""
        with Progress(self.stderr) as progress, snapshot():
            for n, line in enumerate(archive_lines()):
                stream.write(line)
                progress("exported", n)

    def _replace(self, target: Path) -> None:
        """Writes beside the file and renames, so that a broken export leaves the old one."""
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=target.parent, prefix=f".{target.name}.", delete=False
        ) as stream:
            try:
                self._write(stream)
                stream.flush()
                os.fsync(stream.fileno())
                Path(stream.name).replace(target)
            except BaseException:
                Path(stream.name).unlink(missing_ok=True)
                raise
