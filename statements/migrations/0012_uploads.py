import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Files to import, and what each line of them would do."""

    dependencies = [
        ("statements", "0011_merging"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("n_bytes", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="uploaded at"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "Being read"),
                            ("shown", "To be confirmed"),
                            ("applying", "Being imported"),
                            ("applied", "Imported"),
                            ("failed", "Failed"),
                        ],
                        default="reading",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("stage", models.CharField(blank=True, max_length=20, verbose_name="stage")),
                ("n_done", models.PositiveIntegerField(default=0, verbose_name="done")),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="moved on at"
                    ),
                ),
                ("n_created", models.PositiveIntegerField(default=0, verbose_name="created")),
                ("n_updated", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("n_unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("n_refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest")),
                (
                    "is_shown_anew",
                    models.BooleanField(
                        default=False,
                        help_text="The archive had changed since the preview that was confirmed.",
                        verbose_name="shown anew",
                    ),
                ),
                ("failure", models.TextField(blank=True, verbose_name="failure")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="imported at"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="UploadLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField(verbose_name="line")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("updated", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("refused", "Refused"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=20, verbose_name="kind")),
                ("key", models.CharField(blank=True, max_length=250, verbose_name="key")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("details", models.JSONField(default=list, verbose_name="details")),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="statements.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="statements.upload",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["sha256"], name="upload_sha256"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["", "reading", "shown", "applying", "applied", "failed"])
                ),
                name="upload_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("applied_at__isnull", False),
                        ("state", "applied"),
                    ),
                    models.Q(
                        models.Q(
                            ("state", "applied"),
                            _negated=True,
                        ),
                        ("applied_at", None),
                    ),
                    _connector="OR",
                ),
                name="upload_applied_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="uploadline",
            index=models.Index(fields=["upload", "fate", "position"], name="upload_line_by_fate"),
        ),
        migrations.AddConstraint(
            model_name="uploadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fate__in", ["", "created", "updated", "unchanged", "refused"])
                ),
                name="upload_line_fate_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadline",
            constraint=models.UniqueConstraint(
                fields=("upload", "position"), name="upload_line_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadpart",
            constraint=models.UniqueConstraint(
                fields=("upload", "position"), name="upload_part_is_one"
            ),
        ),
    ]
