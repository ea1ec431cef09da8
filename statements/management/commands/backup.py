"""Backs the archive up."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive import backups


class Command(BaseCommand):
    help = "Writes the whole archive to one file and prints where it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: dated, in var/backups/")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(backups.backup(options["file"])))
