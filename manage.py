#!/usr/bin/env python
"""Runs a command of the archive, with the embedded database up while it runs."""

import os
import signal
import sys
from contextlib import nullcontext
from types import FrameType
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from archive import embedded
from archive.ownership import EmbeddedError


def leave(signal_number: int, frame: FrameType | None) -> NoReturn:
    """Ends the command by an exception, so that what it holds is put back."""
    sys.exit(128 + signal_number)


def main() -> None:
    """Runs the command that the command line names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    # PostgreSQL's name for who is connected, which the history of changes takes as the author.
    os.environ.setdefault("PGAPPNAME", f"manage.py {sys.argv[1] if len(sys.argv) > 1 else ''}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    try:
        with embedded.running() if embedded.is_needed_by(sys.argv) else nullcontext():
            execute_from_command_line(sys.argv)
    except (EmbeddedError, ImproperlyConfigured) as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
