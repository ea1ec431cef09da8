"""Old addresses that lead on to the present ones for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import Term

N_STEPS = 20  # more renames than anyone makes, and an end to a circle


class Renamed(Term):
    """What has an address made of a slug that may be renamed or merged into another."""

    OFFICIAL = "official", "Official"
    COUNTRY = "country", "Country"
    ORGANIZATION = "organization", "Organization"
    POST = "post", "Post"
    OUTLET = "outlet", "Outlet"
    ARTICLE = "article", "Article"
    EVENT = "event", "Event"
    TOPIC = "topic", "Topic"


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def successor(self, kind: str, slug: str) -> str:
        """Follows renames and merges to the last slug; gives the slug itself when there are none.

        One query for each step.
        """
        for _step in range(N_STEPS):
            step = self.filter(kind=kind, old_slug=slug).values_list("new_slug", flat=True).first()
            if step is None:
                break
            slug = step
        return slug


class Redirect(models.Model):
    """A slug that was given up, and the one that took its place."""

    kind = models.CharField(_("kind"), max_length=20, choices=[(k.value, k.label) for k in Renamed])
    old_slug = models.SlugField(_("old slug"), max_length=200)
    new_slug = models.SlugField(_("new slug"), max_length=200)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "old_slug"]
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.UniqueConstraint(fields=["kind", "old_slug"], name="redirect_leads_one_way"),
            models.CheckConstraint(
                condition=~models.Q(old_slug=models.F("new_slug")), name="redirect_leads_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.old_slug} → {self.new_slug}"
