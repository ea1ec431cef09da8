"""The steps that statements took on their way to the public and back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import ReviewStep

from .fields import choices, is_one_of
from .statements import Statement

N_NOTE_CHARACTERS = 10_000


class Review(models.Model):
    """One step: what was done with a statement, by whom, when, and with what words.

    The database lets nobody change a step, nor delete one of a statement that was public.
    """

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="reviews", verbose_name=_("statement")
    )
    step = models.CharField(_("step"), max_length=20, choices=choices(ReviewStep))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        help_text=_("Empty where no person did it."),
    )
    at = models.DateTimeField(_("at"), default=clock.now)
    note = models.TextField(_("note"), max_length=N_NOTE_CHARACTERS, blank=True)
    is_own = models.BooleanField(
        _("own work"),
        default=False,
        help_text=_("Published by who had entered or submitted it, with nobody else's approval."),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("step of review")
        verbose_name_plural = _("steps of review")
        default_permissions = ()
        constraints = [
            is_one_of("step", ReviewStep, table="review"),
            models.CheckConstraint(
                condition=~Q(step__in=[ReviewStep.RETURNED, ReviewStep.WITHDRAWN]) | ~Q(note=""),
                name="review_refusal_has_note",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=Q(is_own=False) | Q(step=ReviewStep.PUBLISHED, by__isnull=False),
                name="review_own_is_a_publication",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.step}"
