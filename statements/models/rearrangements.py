"""What curators put together, parted or moved, kept so that it can be put back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from statements.vocabulary import Term

from .fields import choices, is_one_of


class Rearranging(Term):
    """How rows came to belong to something else."""

    MERGE = "merge", gettext_noop("Merge")
    SPLIT = "split", gettext_noop("Split")
    MOVE = "move", gettext_noop("Move")
    CITE = "cite", gettext_noop("Another citation")


class RearrangementQuerySet(models.QuerySet["Rearrangement"]):
    def without_changes(self) -> "RearrangementQuerySet":
        """Leaves the list of changed rows, which may be long, in the database."""
        return self.defer("changes")


class Rearrangement(models.Model):
    """One act that gave rows to another owner: every row as it was and as it became.

    `changes` is a list of `{"table", "pk", "before", "after"}` in the order they were made, with
    the columns that changed; `before` is null for a row that was added, `after` for one that was
    taken away.
    """

    act = models.CharField(_("act"), max_length=20, choices=choices(Rearranging))
    kind = models.CharField(_("kind"), max_length=20)
    row_id = models.BigIntegerField(_("row"), help_text=_("Where the rows belong now."))
    summary = models.CharField(_("summary"), max_length=1000)
    n_rows = models.PositiveIntegerField(_("rows"))
    changes = models.JSONField(_("changes"), default=list)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    objects = RearrangementQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("rearrangement")
        verbose_name_plural = _("rearrangements")
        constraints = [
            is_one_of("act", Rearranging, table="rearrangement"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by=None),
                name="rearrangement_undone_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None
