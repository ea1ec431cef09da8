"""One thing said: its words, its day, how it came and whether it may be seen."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from statements.dates import Qualifier, named_range
from statements.vocabulary import (
    Account,
    Act,
    Basis,
    Channel,
    Form,
    Role,
    Standing,
    Status,
    TextStatus,
)

from .actors import Official, Tenure
from .fields import N_TEXT_CHARACTERS, PartialDateField, choices, is_a_day, is_at_most, is_one_of
from .parties import PARTY_RELATIONS
from .parts import Citation, Link, Party
from .permalinks import permalink
from .subjects import Event, Topic

# Said on one day that is known.
ON_ONE_DAY = Q(said_on_qualifier=Qualifier.ON, earliest_on=F("latest_on"))
UNDATED = date(1, 1, 1)  # sorts after every dated statement when the newest come first

QUALIFIERS = [
    (Qualifier.ON, _("on")),
    (Qualifier.ABOUT, _("about")),
    (Qualifier.NOT_BEFORE, _("not before")),
    (Qualifier.NOT_AFTER, _("not after")),
    (Qualifier.BETWEEN, _("between")),
]


def day_bound(function: str) -> models.Func:
    return models.Func(F("said_on"), function=function, output_field=models.DateField())


def an_account(verbose_name: Any) -> "models.ForeignKey[Any, Any]":
    """Names an account that is kept as long as it is named; the indexes are partial ones."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=verbose_name,
    )


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> "StatementQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def newest_first(self) -> "StatementQuerySet":
        return self.order_by("-sort_on", "-id")

    def without_vectors(self) -> "StatementQuerySet":
        """Leaves what only the database reads in the database."""
        return self.defer("search_vector", "facets")

    def with_parties(self) -> "StatementQuerySet":
        """Loads what a list of statements shows, in a fixed number of queries."""
        tenures = Tenure.objects.select_related("post__country", "post__organization__country")
        officials = Official.objects.select_related("country").prefetch_related(
            models.Prefetch("tenures", queryset=tenures)
        )
        parties = Party.objects.select_related(
            *(name for name in PARTY_RELATIONS if name != "official__country"), "article"
        ).defer("article__body")
        return self.without_vectors().prefetch_related(
            models.Prefetch("parties", queryset=parties),
            models.Prefetch("parties__official", queryset=officials),
        )

    def with_related(self) -> "StatementQuerySet":
        """Loads what is told of statements besides: where they are reported, and on what topics."""
        citations = Citation.objects.select_related("article__outlet", "article__based_on__outlet")
        citations = citations.defer("article__body", "article__based_on__body")
        return (
            self.with_parties()
            .select_related("event")
            .prefetch_related(models.Prefetch("citations", queryset=citations), "topics")
        )

    def with_links(self) -> "StatementQuerySet":
        """Loads what a full record of each statement needs besides."""
        return self.with_related().prefetch_related(
            "about_events", models.Prefetch("links", Link.objects.select_related("target"))
        )


class Statement(models.Model):
    """One thing said or written, by one or more parties, to one or more parties, on a day.

    `account`, `basis`, `facets` and `search_vector` are derived by the database from the parties
    (see the function `derive_tokens`), as are the three days and the search vector;
    assigning to them has no effect.
    """

    key = models.SlugField(_("key"), max_length=250, unique=True)
    text = models.TextField(
        _("text"),
        validators=[MaxLengthValidator(N_TEXT_CHARACTERS)],
        help_text=_("The words, or what was said in our own wording where it is paraphrased."),
    )
    language = models.CharField(_("language"), max_length=35, default="en")
    form = models.CharField(_("form"), max_length=20, choices=choices(Form))
    text_status = models.CharField(
        _("state of the text"),
        max_length=20,
        choices=choices(TextStatus),
        default=TextStatus.UNKNOWN,
    )
    original_text = models.TextField(
        _("original text"), blank=True, validators=[MaxLengthValidator(N_TEXT_CHARACTERS)]
    )
    original_language = models.CharField(_("original language"), max_length=35, blank=True)
    translator = models.CharField(_("translator"), max_length=300, blank=True)

    said_on = PartialDateField(
        _("said on"), null=True, blank=True, help_text=_("2024-01-19, 2024-01 or 2024.")
    )
    said_on_qualifier = models.CharField(
        _("qualifier"), max_length=20, choices=QUALIFIERS, default=Qualifier.ON
    )
    said_on_until = PartialDateField(
        _("second day"), null=True, blank=True, help_text=_("With “between”: the last day.")
    )
    said_on_basis = models.CharField(
        _("basis of the day"), max_length=20, choices=choices(Basis), default=Basis.STATED
    )
    undated_reason = models.CharField(_("why there is no day"), max_length=1000, blank=True)
    said_at = models.DateTimeField(_("said at"), null=True, blank=True)
    said_at_offset = models.SmallIntegerField(
        _("offset from UTC"), default=0, help_text=_("In minutes, where it was said.")
    )
    earliest_on = models.GeneratedField(
        expression=models.Case(
            models.When(
                said_on_qualifier=Qualifier.NOT_AFTER,
                said_on__isnull=False,
                then=models.Value(date.min, models.DateField()),
            ),
            default=day_bound("earliest_day"),
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    latest_on = models.GeneratedField(
        expression=models.Case(
            models.When(
                said_on_qualifier=Qualifier.NOT_BEFORE,
                said_on__isnull=False,
                then=models.Value(date.max, models.DateField()),
            ),
            models.When(
                said_on_qualifier=Qualifier.BETWEEN,
                then=models.Func(
                    F("said_on_until"), function="latest_day", output_field=models.DateField()
                ),
            ),
            default=day_bound("latest_day"),
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    sort_on = models.GeneratedField(
        expression=Coalesce(day_bound("earliest_day"), models.Value(UNDATED, models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )

    channel = models.CharField(
        _("channel"), max_length=40, choices=choices(Channel), default=Channel.UNKNOWN
    )
    channel_basis = models.CharField(
        _("basis of the channel"), max_length=20, choices=choices(Basis), default=Basis.STATED
    )
    platform = models.CharField(
        _("platform"), max_length=100, blank=True, help_text=_("Of a social media post: X.")
    )
    basis_note = models.TextField(_("reasons for what is inferred"), max_length=10_000, blank=True)
    acts = ArrayField(
        models.CharField(max_length=20, choices=choices(Act)),
        verbose_name=_("acts"),
        default=list,
        blank=True,
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="statements", verbose_name=_("topics")
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("made in"),
    )
    event_order = models.PositiveIntegerField(_("order in the event"), null=True, blank=True)
    about_events = models.ManyToManyField(
        Event, blank=True, related_name="statements_about", verbose_name=_("about")
    )
    standing = models.CharField(
        _("standing"), max_length=20, choices=choices(Standing), default=Standing.UNDISPUTED
    )
    standing_note = models.TextField(
        _("standing: evidence"),
        max_length=10_000,
        blank=True,
        help_text=_("Who disputes the attribution, since when, and where that is reported."),
    )
    note = models.TextField(_("note"), max_length=10_000, blank=True, help_text=_("Public."))

    status = models.CharField(
        _("status"), max_length=20, choices=choices(Status), default=Status.DRAFT
    )
    withdrawal_reason = models.TextField(
        _("why it was withdrawn"), max_length=10_000, blank=True, help_text=_("Public.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated at"), default=clock.now)

    # Who did it, where a person did: an import and the shell leave these empty.
    entered_by = an_account(_("entered by"))
    submitted_by = an_account(_("sent to review by"))
    reviewed_by = an_account(_("approved by"))
    returned_to = an_account(_("sent back to"))

    account = models.CharField(
        _("account"), max_length=20, choices=choices(Account), default="", editable=False
    )
    basis = models.CharField(
        _("basis"), max_length=20, choices=choices(Basis), default="", editable=False
    )
    facets = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    search_vector = SearchVectorField(null=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["-sort_on", "-id"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = [
            models.Index(fields=["-sort_on", "-id"], name="statement_newest"),
            models.Index(fields=["-published_at", "-id"], name="statement_added"),
            models.Index(fields=["-updated_at", "-id"], name="statement_updated"),
            models.Index(fields=["language"], name="statement_language"),
            models.Index(fields=["original_language"], name="statement_original"),
            GinIndex(fields=["search_vector"], name="statement_words"),
            models.Index(
                fields=["-sort_on", "-id"],
                condition=ON_ONE_DAY & Q(status=Status.PUBLISHED),
                name="statement_on_one_day",
            ),
            models.Index(
                fields=["status", "-updated_at", "-id"],
                condition=~Q(status=Status.PUBLISHED),
                name="statement_unpublished",
            ),
            # Small, so that what is not public is left out of counts without reading what is.
            models.Index(
                fields=["id"], condition=~Q(status=Status.PUBLISHED), name="statement_not_public"
            ),
            models.Index(
                fields=["entered_by", "-updated_at", "-id"],
                condition=Q(status=Status.DRAFT, entered_by__isnull=False),
                name="statement_draft_of",
            ),
            models.Index(
                fields=["returned_to", "-updated_at", "-id"],
                condition=Q(returned_to__isnull=False),
                name="statement_returned",
            ),
            *(
                models.Index(
                    fields=[name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"statement_{name}",
                )
                for name in ("entered_by", "submitted_by", "reviewed_by")
            ),
        ]
        permissions = [
            ("review_statement", "Can review statement"),
            ("publish_statement", "Can publish statement"),
            ("withdraw_statement", "Can withdraw statement"),
        ]
        constraints = [
            is_one_of("form", Form, table="statement"),
            is_one_of("text_status", TextStatus, table="statement"),
            is_one_of("channel", Channel, table="statement"),
            is_one_of("channel_basis", Basis, table="statement"),
            is_one_of("said_on_basis", Basis, table="statement"),
            is_one_of("said_on_qualifier", Qualifier, table="statement"),
            is_one_of("standing", Standing, table="statement"),
            is_one_of("status", Status, table="statement"),
            is_a_day("said_on", table="statement"),
            is_a_day("said_on_until", table="statement"),
            models.CheckConstraint(
                condition=Q(acts__contained_by=Act.codes()), name="statement_acts_are_known"
            ),
            models.CheckConstraint(
                condition=Q(said_on_until=None, said_on__isnull=True, said_on_qualifier="on")
                | Q(said_on_until=None, said_on__isnull=False)
                & ~Q(said_on_qualifier=Qualifier.BETWEEN)
                | Q(
                    said_on_until__isnull=False,
                    said_on__isnull=False,
                    said_on_qualifier=Qualifier.BETWEEN,
                ),
                name="statement_second_day_with_between",
                violation_error_message=_(
                    "“Between” needs two days, and only “between” has a second one; a statement "
                    "without a day has no qualifier."
                ),
            ),
            models.CheckConstraint(
                condition=models.Func(
                    F("said_on"),
                    F("said_on_until"),
                    function="is_in_order",
                    output_field=models.BooleanField(),
                ),
                name="statement_days_in_order",
                violation_error_message=_("The second day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(said_on=None) | Q(undated_reason=""),
                name="statement_undated_reason_without_day",
                violation_error_message=_(
                    "A statement with a day needs no reason for having none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(said_at_offset__range=(-24 * 60 + 1, 24 * 60 - 1)),
                name="statement_offset_is_under_a_day",
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.UNDISPUTED) | ~Q(standing_note=""),
                name="statement_standing_has_evidence",
                violation_error_message=_(
                    "Say who disputes the attribution, since when, and where that is reported."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | ~Q(withdrawal_reason=""),
                name="statement_withdrawal_has_reason",
                violation_error_message=_("Say why the statement is withdrawn."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="statement_published_has_instant",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="statement_has_text"),
            is_at_most("text", N_TEXT_CHARACTERS, table="statement"),
            is_at_most("original_text", N_TEXT_CHARACTERS, table="statement"),
            models.CheckConstraint(
                condition=Q(event_order=None) | Q(event__isnull=False),
                name="statement_order_is_in_an_event",
                violation_error_message=_("An order needs the event it counts in."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None)
                | ~Q(reviewed_by=F("entered_by")) & ~Q(reviewed_by=F("submitted_by")),
                name="statement_is_reviewed_by_another",
                violation_error_message=_("Nobody reviews their own statement."),
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DRAFT) | Q(submitted_by=None, reviewed_by=None),
                name="statement_draft_is_in_no_review",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(returned_to=None),
                name="statement_returned_is_a_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return permalink("statement", self.key)

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def is_dated(self) -> bool:
        return self.said_on is not None

    @property
    def is_undated(self) -> bool:
        return self.said_on is None

    @property
    def named_days(self) -> tuple[date, date] | None:
        """The first and last day that the record itself names, open ends left aside."""
        return named_range(self.said_on, self.said_on_qualifier, self.said_on_until)

    @property
    def said_at_local(self) -> datetime | None:
        """The instant in the zone where it was said."""
        if self.said_at is None:
            return None
        return self.said_at.astimezone(timezone(timedelta(minutes=self.said_at_offset)))

    def say_at(self, instant: datetime | None) -> None:
        """Takes an instant apart into UTC and the offset of the place."""
        offset = instant.utcoffset() if instant else None
        self.said_at = instant.astimezone(UTC) if instant else None
        self.said_at_offset = int(offset.total_seconds() // 60) if offset else 0

    def in_role(self, role: Role) -> list[Party]:
        return [party for party in self.parties.all() if party.role == role]

    @property
    def speakers(self) -> list[Party]:
        return self.in_role(Role.SPEAKER)

    @property
    def addressees(self) -> list[Party]:
        return self.in_role(Role.ADDRESSEE)

    @property
    def relayers(self) -> list[Party]:
        return self.in_role(Role.RELAYER)

    @property
    def subjects(self) -> list[Party]:
        return self.in_role(Role.SUBJECT)
