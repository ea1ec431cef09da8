"""Makes the shapes of the world's countries that the map is drawn of."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from statements.formats.readers.world_shapes import read_world
from statements.models import Country


class Command(BaseCommand):
    help = (
        "Reads countries-50m.json of the npm package world-atlas (Natural Earth, public domain) "
        "and writes what statements/charts/world.json holds to standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="countries-50m.json")

    def handle(self, *args: Any, **options: Any) -> None:
        countries = Country.objects.filter(existed_until=None).prefetch_related("aliases")
        codes = {
            name: country.code
            for country in countries
            for name in (
                country.name,
                country.official_name,
                *(alias.name for alias in country.aliases.all()),
            )
        }
        topology = json.loads(options["file"].read_text(encoding="utf-8"))
        world = read_world(topology, codes)
        self.stdout.write(json.dumps(world, separators=(",", ":")))
        self.stderr.write(f"{len(world['shapes'])} shapes of {len(world['arcs'])} arcs")
