from django.db import migrations, models


def words_index(table: str, column: str) -> migrations.RunSQL:
    name = f"{table}_{column}_words"
    return migrations.RunSQL(
        f"CREATE INDEX IF NOT EXISTS {name} ON statements_{table}"
        f" USING gin (to_tsvector('simple', fold({column})))",
        f"DROP INDEX IF EXISTS {name}",
    )


class Migration(migrations.Migration):
    """Indexes for the desk: what is not public yet, what failed its check, titles by word."""

    dependencies = [("statements", "0003_derivations")]

    operations = [
        migrations.AddIndex(
            "statement",
            models.Index(
                fields=["status", "-updated_at", "-id"],
                condition=~models.Q(status="published"),
                name="statement_unpublished",
            ),
        ),
        migrations.AddIndex(
            "citation",
            models.Index(
                fields=["statement"],
                condition=models.Q(check_result__in=["moved", "missing"]),
                name="citation_failed",
            ),
        ),
        words_index("article", "title"),
        words_index("event", "title"),
    ]
