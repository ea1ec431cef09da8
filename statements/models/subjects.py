"""What statements are made in and about: events and topics."""

from datetime import date

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from statements.dates import named_range
from statements.vocabulary import EventKind, Role

from .actors import Country
from .addresses import WebAddressField
from .fields import PartialDateField, choices, day_text, is_a_day, is_one_of
from .parties import PartyBase, actor_matches_kind, only_relayers_have_form
from .permalinks import permalink


class Topic(models.Model):
    """What a statement is about."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=300)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return permalink("topic", self.slug)


class Event(models.Model):
    """The occasion a statement was made in, or what happened that statements are about."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(
        _("kind"), max_length=20, choices=choices(EventKind), default=EventKind.OTHER
    )
    started_on = PartialDateField(_("started on"), null=True, blank=True)
    ended_on = PartialDateField(_("ended on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="events", verbose_name=_("countries")
    )
    url = WebAddressField(_("address"), blank=True)
    is_seen = models.BooleanField(
        _("seen"),
        default=False,
        help_text=_("We hold it or saw it ourselves; else it is known only through others."),
    )
    description = models.TextField(_("description"), blank=True)

    class Meta:
        ordering = [F("started_on").desc(nulls_last=True), "-id"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(day_text("started_on").desc(), F("id").desc(), name="event_latest"),
        ]
        constraints = [
            is_one_of("kind", EventKind, table="event"),
            is_a_day("started_on", table="event"),
            is_a_day("ended_on", table="event"),
            models.CheckConstraint(
                condition=models.Func(
                    F("started_on"),
                    F("ended_on"),
                    function="is_in_order",
                    output_field=models.BooleanField(),
                ),
                name="event_ends_after_it_starts",
                violation_error_message=_("The event ends before it starts."),
            ),
            WebAddressField.constraint("url", table="event"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return permalink("event", self.slug)


class EventParty(PartyBase):
    """Who took part in an event."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="parties", verbose_name=_("event")
    )

    class Meta(PartyBase.Meta):
        verbose_name = _("party to an event")
        verbose_name_plural = _("parties to an event")
        constraints = [
            is_one_of("role", Role, table="eventparty"),
            actor_matches_kind("eventparty"),
            only_relayers_have_form("eventparty"),
        ]

    @property
    def days(self) -> tuple[date, date] | None:
        return named_range(self.event.started_on, "on", None)
