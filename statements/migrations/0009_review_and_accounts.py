import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# What was public stays, whoever asks; whatever a change of status makes untrue is emptied.
KEEP = r"""
CREATE FUNCTION keep_what_was_public() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Statement % has been public: withdraw it instead of deleting it.', OLD.key
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_what_was_public BEFORE DELETE ON statements_statement FOR EACH ROW
WHEN (OLD.status IN ('published', 'withdrawn') OR OLD.published_at IS NOT NULL)
EXECUTE FUNCTION keep_what_was_public();

CREATE FUNCTION settle_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'draft' THEN
        NEW.submitted_by_id := NULL;
        NEW.reviewed_by_id := NULL;
    ELSE
        NEW.returned_to_id := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settle_review BEFORE UPDATE OF status ON statements_statement FOR EACH ROW
WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION settle_review();

CREATE FUNCTION keep_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM statements_statement WHERE id = OLD.statement_id
        AND (status IN ('published', 'withdrawn') OR published_at IS NOT NULL)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Steps of review are kept as they were.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_steps BEFORE UPDATE OR DELETE ON statements_review
FOR EACH ROW EXECUTE FUNCTION keep_steps();

CREATE FUNCTION keep_log_ins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('demarche.forgets_log_ins', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Log-ins are kept as they were.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_log_ins BEFORE UPDATE OR DELETE ON statements_login
FOR EACH ROW EXECUTE FUNCTION keep_log_ins();
"""
LET_GO = """
DROP TRIGGER keep_log_ins ON statements_login;
DROP FUNCTION keep_log_ins;
DROP TRIGGER keep_steps ON statements_review;
DROP FUNCTION keep_steps;
DROP TRIGGER settle_review ON statements_statement;
DROP FUNCTION settle_review;
DROP TRIGGER keep_what_was_public ON statements_statement;
DROP FUNCTION keep_what_was_public;
"""


class Migration(migrations.Migration):
    """Who did what on a statement's way to the public, and what became of log-ins."""

    dependencies = [
        ("statements", "0008_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("n_left", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LogIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("accepted", "Password accepted"),
                            ("refused", "Refused"),
                            ("slowed", "Too many attempts"),
                            ("code_accepted", "Second factor accepted"),
                            ("code_refused", "Second factor refused"),
                            ("recovered", "Recovery code used"),
                            ("enrolled", "Second factor set up"),
                            ("removed", "Second factor removed"),
                            ("logged_out", "Logged out"),
                            ("ended", "Session ended"),
                        ],
                        max_length=30,
                        verbose_name="result",
                    ),
                ),
                ("username", models.CharField(max_length=150, verbose_name="username")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="address")),
                (
                    "user_agent",
                    models.CharField(blank=True, max_length=300, verbose_name="browser"),
                ),
            ],
            options={
                "verbose_name": "log-in",
                "verbose_name_plural": "log-ins",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("submitted", "Sent to review"),
                            ("taken_back", "Taken back"),
                            ("returned", "Sent back"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("note", models.TextField(blank=True, max_length=10000, verbose_name="note")),
                (
                    "is_own",
                    models.BooleanField(
                        default=False,
                        help_text="Published by who had entered or submitted it, with nobody else's approval.",
                        verbose_name="own work",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of review",
                "verbose_name_plural": "steps of review",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AlterModelOptions(
            name="statement",
            options={
                "ordering": ["-sort_on", "-id"],
                "permissions": [
                    ("review_statement", "Can review statement"),
                    ("publish_statement", "Can publish statement"),
                    ("withdraw_statement", "Can withdraw statement"),
                ],
                "verbose_name": "statement",
                "verbose_name_plural": "statements",
            },
        ),
        migrations.AddField(
            model_name="statement",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="returned_to",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sent back to",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="approved by",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="sent to review by",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("entered_by__isnull", False), ("status", "draft")),
                fields=["entered_by", "-updated_at", "-id"],
                name="statement_draft_of",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("returned_to__isnull", False)),
                fields=["returned_to", "-updated_at", "-id"],
                name="statement_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("entered_by__isnull", False)),
                fields=["entered_by"],
                name="statement_entered_by",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("submitted_by__isnull", False)),
                fields=["submitted_by"],
                name="statement_submitted_by",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(
                condition=models.Q(("reviewed_by__isnull", False)),
                fields=["reviewed_by"],
                name="statement_reviewed_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None),
                    models.Q(
                        models.Q(("reviewed_by", models.F("entered_by")), _negated=True),
                        models.Q(("reviewed_by", models.F("submitted_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="statement_is_reviewed_by_another",
                violation_error_message="Nobody reviews their own statement.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "draft"), _negated=True),
                    models.Q(("reviewed_by", None), ("submitted_by", None)),
                    _connector="OR",
                ),
                name="statement_draft_is_in_no_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("returned_to", None), _connector="OR"),
                name="statement_returned_is_a_draft",
            ),
        ),
        migrations.AddIndex(
            model_name="allowance",
            index=models.Index(fields=["at"], name="allowance_oldest"),
        ),
        migrations.AddIndex(
            model_name="login",
            index=models.Index(fields=["-at", "-id"], name="log_in_newest"),
        ),
        migrations.AddIndex(
            model_name="login",
            index=models.Index(fields=["username", "address", "-at"], name="log_in_of"),
        ),
        migrations.AddConstraint(
            model_name="login",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "result__in",
                        [
                            "",
                            "accepted",
                            "refused",
                            "slowed",
                            "code_accepted",
                            "code_refused",
                            "recovered",
                            "enrolled",
                            "removed",
                            "logged_out",
                            "ended",
                        ],
                    )
                ),
                name="log_in_result_is_known",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="by",
            field=models.ForeignKey(
                help_text="Empty where no person did it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="statements.statement",
                verbose_name="statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        [
                            "",
                            "submitted",
                            "taken_back",
                            "returned",
                            "approved",
                            "published",
                            "withdrawn",
                        ],
                    )
                ),
                name="review_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step__in", ["returned", "withdrawn"]), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_refusal_has_note",
                violation_error_message="Say why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_own", False),
                    models.Q(("by__isnull", False), ("step", "published")),
                    _connector="OR",
                ),
                name="review_own_is_a_publication",
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
