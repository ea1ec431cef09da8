"""Puts a backup in the place of the archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archive import backups


class Command(BaseCommand):
    help = "Replaces the archive by the one in a file that `backup` wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        replaced = backups.restore(options["file"])
        self.stderr.write(f"Restored. The archive before it is kept as the database {replaced}.")
