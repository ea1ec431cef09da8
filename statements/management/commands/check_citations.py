"""Checks the words of citations against the stored texts of their articles."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from statements.curation import check_citations
from statements.curation.checking import citations_due
from statements.management.progress import Progress
from statements.quoting import Check


class Command(BaseCommand):
    help = (
        "Checks citations against the stored texts of their articles; without --all, "
        "those that are not known to be verified. Each batch is kept as it is done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="check every citation anew")

    def handle(self, *args: Any, **options: Any) -> None:
        is_all: bool = options["all"]
        with Progress(self.stderr) as progress:
            n_due = citations_due(is_all=is_all).count() if self.stderr.isatty() else 0
            results = check_citations(
                is_all=is_all,
                on_progress=lambda n_done: progress(f"of {n_due:,} citations, checked", n_done),
            )
        for check in Check:
            self.stdout.write(f"{check.value}: {results[check]}")
