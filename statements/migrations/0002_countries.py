"""Load every country; docs/countries.md says where the facts come from."""

import json
from pathlib import Path

from django.db import migrations

COUNTRIES = Path(__file__).with_name("countries.jsonl")


def facts():
    for line in COUNTRIES.read_text(encoding="utf-8").splitlines():
        country = json.loads(line)
        del country["type"]
        yield country.pop("aliases"), country


def load(apps, schema_editor):
    database = schema_editor.connection.alias
    country_model = apps.get_model("statements", "Country")
    alias_model = apps.get_model("statements", "Alias")
    named = [(country_model(**fields), names) for names, fields in facts()]
    country_model.objects.using(database).bulk_create(country for country, _ in named)
    alias_model.objects.using(database).bulk_create(
        alias_model(country=country, name=name, position=position)
        for country, names in named
        for position, name in enumerate(names)
    )


def unload(apps, schema_editor):
    """Remove the countries of the file; one that is still referred to is refused by its key."""
    database = schema_editor.connection.alias
    codes = [fields["code"] for _, fields in facts()]
    countries = apps.get_model("statements", "Country").objects.using(database)
    pks = list(countries.filter(code__in=codes).values_list("pk", flat=True))
    aliases = apps.get_model("statements", "Alias").objects.using(database)
    aliases.filter(country_id__in=pks)._raw_delete(database)
    countries.filter(pk__in=pks)._raw_delete(database)


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
