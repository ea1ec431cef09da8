"""Sends those who follow searches what became public since they were last told."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from statements.following.asking import forget_unconfirmed
from statements.following.looking import look_through
from statements.following.outbox import forget_sent, hand_over, report_left
from statements.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Sends the mails that are due to those who follow searches; run it hourly or daily. "
        "Nothing is sent twice, however often it runs. Exit code 1 when not all went well."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HAS_MAIL:
            raise CommandError("EMAIL_URL is not set: see docs/settings.md.")
        left = report_left()
        n_forgotten = forget_unconfirmed()
        forget_sent()
        with Progress(self.stderr) as progress:
            looked = look_through(on_progress=partial(progress, "searches, looked through"))
            told = hand_over(on_progress=partial(progress, "mails, sent"))
        for mail in left:
            self.stderr.write(f"Perhaps sent, and not sent again: mail {mail.pk}.")
        self.stdout.write(f"searches looked through: {looked.n}")
        self.stdout.write(f"sent: {told.n_sent}")
        self.stdout.write(f"to be tried again: {told.n_waiting}")
        self.stdout.write(f"refused: {told.n_refused}")
        self.stdout.write(f"perhaps sent: {told.n_unsure + len(left)}")
        self.stdout.write(f"unconfirmed, forgotten: {n_forgotten}")
        if told.is_unreachable:
            raise CommandError("The mail server cannot be reached; what is ready stays so.")
        if left or looked.n_failed or not told.is_all_well:
            raise CommandError("Not all went well: see above, and the mails in the admin.")
