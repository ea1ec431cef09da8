from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from statements.interchange.work import work_on
from statements.models import Upload


class Command(BaseCommand):
    help = "Previews or imports a file that was uploaded; the admin runs it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("upload", type=int, metavar="NUMBER")
        parser.add_argument("--database", metavar="NAME", help="a database beside the usual one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"]:
            connection.settings_dict["NAME"] = options["database"]
        upload = Upload.objects.filter(pk=options["upload"]).first()
        if upload is None:
            raise CommandError(f"There is no upload {options['upload']}.")
        if not work_on(upload):
            self.stderr.write("Somebody works on it already.")
