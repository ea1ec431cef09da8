"""Serves the archive."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import serving


class Command(BaseCommand):
    help = "Prepares the database and serves the archive until it is told to stop."

    def handle(self, *args: Any, **options: Any) -> None:
        listener = serving.open_port()
        account = serving.prepare()
        serving.gather_static_files()
        host, port = listener.getsockname()[:2]
        serving.serve(listener, lambda: self.announce(host, port, account))

    def announce(self, host: str, port: int, account: serving.FirstAccount | None) -> None:
        address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
        self.stdout.write(f"Demarche is at {address}, its curation at {address}admin/")
        if account is None:
            self.stdout.write("Log in with the account you have.")
        elif account.is_made_up:
            self.stdout.write(f"Log in as {account.name} with the password {account.password}")
            self.stdout.write("(shown this once; change it in the admin)")
        else:
            self.stdout.write(f"Log in as {account.name} with the password in ADMIN_PASSWORD")
        self.stdout.flush()
