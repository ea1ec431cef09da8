"""Pairs of rows that may be one and the same, and what a curator decided about them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from .actors import Official
from .statements import Statement


class LikenessQuerySet(models.QuerySet[Any]):
    def waiting(self) -> "LikenessQuerySet":
        """Those that nobody has decided about, found last first."""
        return self.filter(decided_at=None).order_by("-pk")

    def of(self, pk: int) -> "LikenessQuerySet":
        return self.filter(Q(first=pk) | Q(second=pk))


class LikenessBase(models.Model):
    """What pairs of statements and of officials have in common.

    A pair that was decided about stays, so that it is not offered again.
    """

    score = models.FloatField(_("likeness"), help_text=_("From 0 to 1."))
    found_at = models.DateTimeField(_("found at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    first_id: int
    second_id: int

    objects = LikenessQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.first_name} ≈ {self.second_name}"

    @property
    def first_name(self) -> str:
        return str(getattr(self, "first", ""))

    @property
    def second_name(self) -> str:
        return str(getattr(self, "second", ""))

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None


def pair_constraints(table: str) -> list[models.BaseConstraint]:
    """A pair is of two, and is told once whichever of them comes first."""
    return [
        models.UniqueConstraint(
            Least(F("first"), F("second")),
            Greatest(F("first"), F("second")),
            name=f"{table}_is_told_once",
        ),
        models.CheckConstraint(condition=~Q(first=F("second")), name=f"{table}_is_of_two"),
        models.CheckConstraint(
            condition=Q(score__gte=0, score__lte=1), name=f"{table}_score_is_a_share"
        ),
    ]


class StatementLikeness(LikenessBase):
    """Two statements of one speaker, near in day, in much the same words."""

    first = models.ForeignKey(
        Statement, models.CASCADE, related_name="likenesses", verbose_name=_("statement")
    )
    second = models.ForeignKey(
        Statement, models.CASCADE, related_name="likenesses_in", verbose_name=_("other statement")
    )

    class Meta(LikenessBase.Meta):
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        constraints = pair_constraints("statementlikeness")
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(decided_at=None), name="statementlikeness_waiting"
            )
        ]


class OfficialLikeness(LikenessBase):
    """Two officials whose names may be those of one person."""

    first = models.ForeignKey(
        Official, models.CASCADE, related_name="likenesses", verbose_name=_("official")
    )
    second = models.ForeignKey(
        Official, models.CASCADE, related_name="likenesses_in", verbose_name=_("other official")
    )

    class Meta(LikenessBase.Meta):
        verbose_name = _("likely duplicate of a person")
        verbose_name_plural = _("likely duplicates of people")
        constraints = pair_constraints("officiallikeness")
        indexes = [
            models.Index(
                fields=["-id"], condition=Q(decided_at=None), name="officiallikeness_waiting"
            )
        ]
