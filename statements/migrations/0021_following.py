from importlib import import_module

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.db import migrations, models

import statements.models.following

# Whoever moves the revision holds its row until the transaction ends, so that editions are told in
# the order in which they are committed. A transaction has one edition, or one for each time that
# it moves the revision; the setting goes with the transaction.
NOTE = r"""
CREATE FUNCTION current_edition() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    known text := current_setting('demarche.edition', true);
    made bigint;
BEGIN
    IF known <> '' THEN
        RETURN known::bigint;
    END IF;
    INSERT INTO statements_edition DEFAULT VALUES RETURNING id INTO made;
    PERFORM set_config('demarche.edition', made::text, true);
    RETURN made;
END $$;

CREATE FUNCTION note_publications() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed WHERE status = 'published') THEN
        INSERT INTO statements_publication (statement_id, edition_id)
        SELECT changed.id, edition FROM current_edition() AS edition, changed
        WHERE status = 'published'
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER note_publications_of_new AFTER INSERT ON statements_statement
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_publications();

CREATE FUNCTION note_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO statements_publication (statement_id, edition_id)
    VALUES (NEW.id, current_edition()) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER note_publication AFTER UPDATE ON statements_statement FOR EACH ROW
WHEN (NEW.status = 'published' AND OLD.status <> 'published')
EXECUTE FUNCTION note_publication();
"""
REMOVE = """
DROP FUNCTION note_publications CASCADE;
DROP FUNCTION note_publication CASCADE;
DROP FUNCTION current_edition;
"""
MOVE_BEFORE = import_module("statements.migrations.0018_revision_half_way").MOVE
MOVE = MOVE_BEFORE.replace(
    "    RETURN NULL;",
    """    IF current_setting('demarche.edition', true) <> '' THEN
        UPDATE statements_edition SET revision = (SELECT number FROM statements_revision)
        WHERE id = current_setting('demarche.edition')::bigint;
        PERFORM set_config('demarche.edition', '', true);
    END IF;
    RETURN NULL;""",
)


class Migration(migrations.Migration):
    """When statements became public, who follows searches, and the mails that tell of them."""

    dependencies = [
        ("statements", "0019_pairs_of_officials"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.BigIntegerField(db_index=True, null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        max_length=254,
                        validators=[
                            django.core.validators.EmailValidator(allowlist=[]),
                            statements.models.following.refuse_odd_address,
                        ],
                        verbose_name="address",
                    ),
                ),
                ("folded", models.CharField(max_length=762, unique=True)),
                ("language", models.CharField(max_length=35, verbose_name="language")),
                (
                    "code",
                    models.CharField(
                        default=statements.models.following.new_code, max_length=64, unique=True
                    ),
                ),
                (
                    "n_refused",
                    models.PositiveSmallIntegerField(default=0, verbose_name="refused running"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="created at"
                    ),
                ),
            ],
            options={
                "verbose_name": "follower",
                "verbose_name_plural": "followers",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("address__regex", '^[^\\s@\\"<>,;]+@[^\\s@\\"<>,;\\[\\]]+$')
                        ),
                        name="follower_address_is_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("query", models.TextField(blank=True, verbose_name="search")),
                (
                    "interval",
                    models.CharField(
                        choices=[("daily", "Daily"), ("weekly", "Weekly")],
                        max_length=20,
                        verbose_name="how often",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "code",
                    models.CharField(
                        default=statements.models.following.new_code, max_length=64, unique=True
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="asked for at"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmed at"),
                ),
                (
                    "told_up_to",
                    models.BigIntegerField(blank=True, null=True, verbose_name="told up to"),
                ),
                (
                    "looked_on",
                    models.DateField(blank=True, null=True, verbose_name="looked through on"),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to="statements.follower",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed search",
                "verbose_name_plural": "followed searches",
                "ordering": ["pk"],
                "default_permissions": ("view", "delete"),
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmation", "To be confirmed"),
                            ("known", "Followed already"),
                            ("full", "Follows too many searches"),
                            ("news", "New statements"),
                            ("lost", "Search that means nothing any more"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "To be sent"),
                            ("handing_over", "Being handed over"),
                            ("sent", "Sent"),
                            ("refused", "Refused"),
                            ("unsure", "Perhaps sent"),
                        ],
                        default=statements.models.following.MailState["READY"],
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("n_found", models.PositiveIntegerField(default=0, verbose_name="statements")),
                (
                    "message_id",
                    models.CharField(
                        default=statements.models.following.new_message_id,
                        max_length=64,
                        unique=True,
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="made at"),
                ),
                (
                    "attempt_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="to be tried at"
                    ),
                ),
                (
                    "n_attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="attempts"),
                ),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="moved on at"
                    ),
                ),
                ("failure", models.CharField(blank=True, max_length=500, verbose_name="failure")),
                (
                    "follower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="statements.follower",
                    ),
                ),
                (
                    "following",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="statements.following",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="statements.statement",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="publications",
                        to="statements.edition",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="following",
            index=models.Index(
                condition=models.Q(("confirmed_at__isnull", False)),
                fields=["looked_on", "id"],
                name="following_due",
            ),
        ),
        migrations.AddIndex(
            model_name="following",
            index=models.Index(
                condition=models.Q(("confirmed_at", None)),
                fields=["created_at"],
                name="following_unconfirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.CheckConstraint(
                condition=models.Q(("interval__in", ["", "daily", "weekly"])),
                name="following_interval_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("query"), 2000
                ),
                name="following_query_is_bounded",
            ),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.UniqueConstraint(
                fields=("follower", "query"), name="following_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("looked_on", None), ("told_up_to", None)),
                    models.Q(
                        ("confirmed_at__isnull", False),
                        ("looked_on__isnull", False),
                        ("told_up_to__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="following_confirmed_knows_from_where",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state", "ready")),
                fields=["attempt_at", "id"],
                name="mail_ready",
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(fields=["state", "moved_at"], name="mail_moved"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["", "confirmation", "known", "full", "news", "lost"])
                ),
                name="mail_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["", "ready", "handing_over", "sent", "refused", "unsure"])
                ),
                name="mail_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("following", None), ("kind", "full")),
                    models.Q(
                        models.Q(("kind", "full"), _negated=True), ("following__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="mail_is_about_a_search",
            ),
        ),
        migrations.RunSQL(NOTE, REMOVE),
        migrations.RunSQL(MOVE, MOVE_BEFORE),
    ]
