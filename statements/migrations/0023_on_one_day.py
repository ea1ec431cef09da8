"""An index on the days of what was said on one known day, for calendars and days of the year."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the table stays in use
    dependencies = [("statements", "0022_known_publications")]

    operations = [
        AddIndexConcurrently(
            "statement",
            models.Index(
                fields=["-sort_on", "-id"],
                condition=models.Q(
                    ("earliest_on", models.F("latest_on")),
                    ("said_on_qualifier", "on"),
                    ("status", "published"),
                ),
                name="statement_on_one_day",
            ),
        ),
    ]
