"""The application for a WSGI server, which starts the embedded database where there is one."""

import atexit
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from . import embedded, environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

# A request may wait and work for so long, and no longer; commands are not limited.
LIMITS = " ".join(
    (
        "-c statement_timeout=5000",
        "-c lock_timeout=2000",
        "-c idle_in_transaction_session_timeout=10000",
    )
)


def limit_queries() -> None:
    """Puts the limits of web requests on every connection that this process opens from now on."""
    for alias in connections:
        settings = connections.settings[alias]
        settings["OPTIONS"] = environment.with_options(settings.get("OPTIONS", {}), LIMITS)


embedded.enter()
atexit.register(embedded.leave)
application = get_wsgi_application()
limit_queries()
