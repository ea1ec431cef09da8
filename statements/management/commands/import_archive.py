from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.interchange.load import OnConflict, load
from statements.management.progress import Progress
from statements.management.reports import tell
from statements.models import Authorship, written_by


class Command(BaseCommand):
    help = "Imports files of the archive format, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="JSON Lines; - is standard input, .gz is unpacked",
        )
        parser.add_argument("--dry-run", action="store_true", help="count, and save nothing")
        parser.add_argument(
            "--on-conflict",
            choices=[choice.value for choice in OnConflict],
            default=OnConflict.FAIL,
            help="what to do with an object that is there already and differs",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names = " ".join(Path(file).name for file in options["files"])
        author = Authorship("command", "import_archive", why=names)
        with written_by(author), Progress(self.stderr) as progress:
            try:
                report = load(
                    options["files"],
                    on_conflict=OnConflict(options["on_conflict"]),
                    dry_run=options["dry_run"],
                    may_lock=True,
                    progress=progress,
                )
            except OSError as error:
                raise CommandError(str(error)) from error
        tell(self, report, dry_run=options["dry_run"])
