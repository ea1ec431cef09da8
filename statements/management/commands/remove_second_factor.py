"""Lets somebody back in who has lost the device and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from statements.accounts import second_factor


class Command(BaseCommand):
    help = "Removes the second factor of an account, which sets up another when it logs in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["username"]).first()
        if account is None:
            raise CommandError(f"There is no account {options['username']}.")
        n_removed = second_factor.remove(account=account)
        self.stdout.write(f"devices removed: {n_removed}")
