"""An index on the day of the year, so that each day of all years is read by itself."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Right


class Migration(migrations.Migration):
    atomic = False  # the table stays in use
    dependencies = [("statements", "0022_known_publications")]

    operations = [
        AddIndexConcurrently(
            "statement",
            models.Index(
                Right("said_on", 5),
                models.F("sort_on").desc(),
                models.F("id").desc(),
                condition=models.Q(
                    ("earliest_on", models.F("latest_on")),
                    ("said_on_qualifier", "on"),
                    ("status", "published"),
                ),
                name="statement_day_of_year",
            ),
        ),
    ]
