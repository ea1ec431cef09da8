"""Who is in a statement or an event, in which role, standing for which side."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import Basis, Channel, Form, PartyKind, Role

from .actors import Country, Official, Organization, Post, Tenure, capacity_of
from .fields import choices

PARTY_RELATIONS = (
    "official__country",
    "post__country",
    "post__organization__country",
    "organization__country",
    "country",
)

# The column that names the actor of a party, by its kind.
ACTOR_COLUMNS: dict[str, str] = {
    PartyKind.OFFICIAL: "official",
    PartyKind.ORGANIZATION: "organization",
    PartyKind.POST: "post",
    PartyKind.COUNTRY: "country",
}


def actor_matches_kind(table: str) -> models.CheckConstraint:
    """A party's kind says which of its columns names the actor, and that one is filled."""
    return models.CheckConstraint(
        condition=(
            Q(kind=PartyKind.OFFICIAL, official__isnull=False)
            | Q(kind=PartyKind.ORGANIZATION, official=None, organization__isnull=False)
            | Q(kind=PartyKind.POST, official=None, organization=None, post__isnull=False)
            | Q(
                kind=PartyKind.COUNTRY,
                official=None,
                organization=None,
                post=None,
                country__isnull=False,
            )
            | Q(kind=PartyKind.PUBLIC, official=None, organization=None, post=None)
            | (Q(kind=PartyKind.UNNAMED, official=None) & ~Q(name_as_printed=""))
        ),
        name=f"{table}_actor_matches_kind",
        violation_error_message=gettext_lazy(
            "Name the actor that the kind asks for: an official, an organization, a post or a "
            "country; for someone unnamed, the words printed."
        ),
    )


def only_relayers_have_form(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(role=Role.RELAYER) | Q(form="", channel=""),
        name=f"{table}_only_relayers_have_form",
        violation_error_message=gettext_lazy("Only a relayer has a form and a channel of its own."),
    )


class PartyBase(models.Model):
    """What the parties to a statement and to an event have in common."""

    position = models.PositiveIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=20, choices=choices(Role))
    kind = models.CharField(
        _("kind"), max_length=20, choices=choices(PartyKind), default=PartyKind.OFFICIAL
    )
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, verbose_name=_("official")
    )
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("post"),
        help_text=_("Empty: the post held on the day is shown."),
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, verbose_name=_("organization")
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("side"),
        help_text=_("The country it stands for. Empty: that of its post, organization or own."),
    )
    name_as_printed = models.CharField(_("name as printed"), max_length=300, blank=True)
    chosen_capacity = models.CharField(
        _("capacity"),
        max_length=300,
        blank=True,
        help_text=_("Empty: taken from the post held on the day it was said."),
    )
    basis = models.CharField(
        _("basis"), max_length=20, choices=choices(Basis), default=Basis.STATED
    )
    form = models.CharField(
        _("form"),
        max_length=20,
        blank=True,
        choices=choices(Form),
        help_text=_("A relayer's own: how its words reach us."),
    )
    channel = models.CharField(
        _("channel"),
        max_length=40,
        blank=True,
        choices=choices(Channel),
        help_text=_("A relayer's own: through what it spoke."),
    )

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day it may have been, as far as a day is named."""
        raise TypeError(f"{type(self).__name__} does not say when it took part")

    @cached_property
    def actor(self) -> Official | Organization | Post | Country | None:
        """The row that takes part, none for the public and for someone unnamed."""
        column = ACTOR_COLUMNS.get(self.kind)
        return getattr(self, column) if column else None

    @property
    def name(self) -> str:
        """The actor's name, the words printed for someone unnamed."""
        if self.kind == PartyKind.PUBLIC:
            return self.name_as_printed or gettext("the public")
        if self.kind == PartyKind.POST and self.post:
            return self.post.title
        if self.actor is None:
            return self.name_as_printed
        return str(getattr(self.actor, "name", self.actor))

    @cached_property
    def tenures_held(self) -> list[Tenure]:
        """The tenures that cover the day, where an official has no post chosen here."""
        if self.official is None or self.post or (days := self.days) is None:
            return []
        return self.official.tenures_on(*days)

    @property
    def derived_capacity(self) -> str:
        """The capacity that the archive works out when none was chosen."""
        if self.kind == PartyKind.OFFICIAL and self.post:
            return self.post.capacity
        if self.kind == PartyKind.POST and self.post:
            return self.post.capacity
        if self.kind == PartyKind.UNNAMED:
            return self.post.capacity if self.post else _affiliation(self.organization)
        return capacity_of(self.tenures_held)

    @property
    def capacity(self) -> str:
        """The capacity in which the party spoke: the one chosen, else the one held that day."""
        return self.chosen_capacity or self.derived_capacity

    @property
    def default_side(self) -> Country | None:
        """The country the party stands for when nobody said otherwise."""
        if self.post:
            return self.post.side
        if self.organization and self.kind != PartyKind.OFFICIAL:
            return self.organization.country
        if self.tenures_held:
            return self.tenures_held[0].post.side
        return self.official.country if self.official else None


def _affiliation(organization: Organization | None) -> str:
    if organization is None:
        return ""
    parts = [organization.name, organization.country.name if organization.country else ""]
    return ", ".join(part for part in parts if part)
