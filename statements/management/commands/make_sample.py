from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from statements.management.progress import Progress
from statements.sample.write import SampleExists, make_sample


class Command(BaseCommand):
    help = "Adds a synthetic archive beside what is there, the same for the same seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--statements", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["statements"] < 1 or options["seed"] < 0:
            raise CommandError("--statements is 1 or more, --seed 0 or more")
        with Progress(self.stderr) as progress:
            try:
                n = make_sample(
                    n_statements=options["statements"], seed=options["seed"], progress=progress
                )
            except SampleExists as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"created {n} synthetic statements")
