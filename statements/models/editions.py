"""When statements became public, in the order in which the archive came to know of it."""

from django.db import models
from django.db.models.functions import Now


class Edition(models.Model):
    """What one transaction made public, as triggers note it.

    `revision` is the archive's when that transaction ended, and tells editions in the order in
    which they can be seen: whoever sees a revision sees every edition up to it. It is null only
    within the transaction.
    """

    revision = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}: {self.revision}"


class Publication(models.Model):
    """The first time that a statement became public; it stays when the statement is withdrawn.

    Without foreign keys, which would be checked a row at a time in an import of a million: what
    was public is never deleted.
    """

    statement = models.OneToOneField(
        "statements.Statement",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="+",
    )
    edition = models.ForeignKey(
        Edition, models.DO_NOTHING, db_constraint=False, related_name="publications"
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.statement_id}"
