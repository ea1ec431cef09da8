"""Forgets old log-ins, and sessions that have ended."""

from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from statements.accounts import allowances, audit


class Command(BaseCommand):
    help = "Deletes log-ins older than LOG_INS_KEPT_DAYS, and what is over of sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, help="keep so many days instead")

    def handle(self, *args: Any, **options: Any) -> None:
        n_forgotten = audit.forget(days=options["days"])
        allowances.forget_full()
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        self.stdout.write(f"log-ins forgotten: {n_forgotten}")
