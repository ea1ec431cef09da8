"""Work that takes longer than a request may, in a process of its own."""

import subprocess
import sys
from threading import Thread

from django.conf import settings
from django.db import connection

from statements.models import Upload


def begin(upload: Upload) -> "subprocess.Popen[bytes]":
    """Has an upload worked on by a process that outlives the request and its web server.

    No queue: there is one upload at a time and now and then, and its row says how far it is. A
    process that dies is recognised by its lock, and begun again by who looks at the page.
    """
    arguments = ["run_upload", str(upload.pk), "--database", str(connection.settings_dict["NAME"])]
    process = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody has to take in its end, else it stays in the system's list of processes.
    Thread(target=process.wait, daemon=True).start()
    return process
