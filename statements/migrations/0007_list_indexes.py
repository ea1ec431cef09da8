"""Indexes in the order of lists, so that a page reads what it shows however long the list is."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from statements.models.fields import day_text


class Migration(migrations.Migration):
    atomic = False  # the tables stay in use
    dependencies = [("statements", "0006_plain_days")]

    operations = [
        AddIndexConcurrently(
            "article",
            models.Index(
                day_text("published_on").desc(), models.F("id").desc(), name="article_latest"
            ),
        ),
        AddIndexConcurrently(
            "article",
            models.Index(
                models.F("outlet"),
                day_text("published_on").desc(),
                models.F("id").desc(),
                name="article_of_outlet",
            ),
        ),
        AddIndexConcurrently(
            "event",
            models.Index(day_text("started_on").desc(), models.F("id").desc(), name="event_latest"),
        ),
        AddIndexConcurrently(
            "statement",
            models.Index(
                fields=["id"],
                condition=~models.Q(status="published"),
                name="statement_not_public",
            ),
        ),
    ]
