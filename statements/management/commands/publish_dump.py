from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.interchange.dumps import AlreadyMaking, make_dump
from statements.management.progress import Progress

N_KEPT = 7


class Command(BaseCommand):
    help = "Writes the public archive to files that the page /about/data/ lists."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--keep",
            type=int,
            default=N_KEPT,
            metavar="N",
            help=f"how many dumps to keep, the newest ({N_KEPT} unless told)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("--keep: one dump at least is kept.")
        try:
            with Progress(self.stderr) as progress:
                dump = make_dump(keep=options["keep"], progress=progress)
        except AlreadyMaking as error:
            raise CommandError("A dump is being made by another process.") from error
        except OSError as error:
            raise CommandError(str(error)) from error
        for file in dump.files:
            self.stdout.write(f"{file.sha256}  {dump.folder / file.name}")
