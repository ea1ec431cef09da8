"""Finds statements and officials that may be in the archive twice."""

from argparse import ArgumentParser
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q
from django.utils import timezone

from statements.curation.duplicates import find_duplicates
from statements.curation.namesakes import find_namesakes
from statements.management.progress import Progress
from statements.models import Official, OfficialLikeness, Statement, StatementLikeness
from statements.search.people import people
from statements.vocabulary import Status

DAYS = 30


class Command(BaseCommand):
    help = (
        "Finds statements in much the same words, and officials of like names; without --all, "
        f"compares the statements that are not public or changed in the last {DAYS} days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="compare every statement")

    def handle(self, *args: Any, **options: Any) -> None:
        statements = Statement.objects.without_vectors().order_by("pk")
        if not options["all"]:
            recent = timezone.now() - timedelta(days=DAYS)
            statements = statements.filter(Q(updated_at__gte=recent) | ~Q(status=Status.PUBLISHED))
        officials = Official.objects.order_by("pk")
        with Progress(self.stderr) as progress:
            n_due = statements.count() if self.stderr.isatty() else 0
            find_duplicates(
                statements.iterator(chunk_size=500),
                on_progress=partial(progress, f"of {n_due:,} statements, compared"),
            )
            find_namesakes(
                people().officials,
                officials.iterator(chunk_size=500),
                on_progress=partial(progress, "officials, compared"),
            )
        self.stdout.write(f"statements: {StatementLikeness.objects.waiting().count()}")
        self.stdout.write(f"officials: {OfficialLikeness.objects.waiting().count()}")
