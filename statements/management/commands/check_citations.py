"""Checks the words of citations against the stored texts of their articles."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from statements.curation import check_citations
from statements.quoting import Check


class Command(BaseCommand):
    help = (
        "Checks citations against the stored texts of their articles; without --all, "
        "those that are not known to be verified."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="check every citation anew")

    def handle(self, *args: Any, **options: Any) -> None:
        results = check_citations(is_all=options["all"], on_progress=self._report)
        if sys.stderr.isatty():
            self.stderr.write("")
        for check in Check:
            self.stdout.write(f"{check.value}: {results[check]}")

    def _report(self, n_done: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{n_done:,} citations checked", ending="")
