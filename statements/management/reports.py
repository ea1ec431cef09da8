"""How a command that imports ends: what it refused, what it did, and with which code."""

from django.core.management.base import BaseCommand, CommandError

from statements.interchange.report import Report


def tell(command: BaseCommand, report: Report, *, dry_run: bool) -> None:
    """Writes the refusals and the counts; raises CommandError when nothing was saved for them."""
    for refusal in report.refusals:
        command.stdout.write(str(refusal))
    command.stdout.write(str(report))
    if not report.is_accepted:
        raise CommandError("Nothing was saved: see the lines refused above.", returncode=1)
    if dry_run:
        command.stderr.write("Dry run: nothing was saved.")
