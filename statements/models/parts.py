"""What a statement is made of: its parties, where it is reported, and what it answers."""

from datetime import date, datetime

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from statements.quoting import Check, Finding, anchor, check_quotation, surroundings
from statements.vocabulary import Basis, Channel, Form, LinkKind, Role, TextStatus

from .fields import N_TEXT_CHARACTERS, choices, is_one_of
from .parties import PartyBase, actor_matches_kind, only_relayers_have_form
from .sources import Article

CHECKS = [
    (Check.VERIFIED, _("verified")),
    (Check.MOVED, _("moved")),
    (Check.MISSING, _("missing")),
    (Check.NO_TEXT, _("no text stored")),
]


class Party(PartyBase):
    """Who is in a statement, in the order of the attribution chain."""

    statement = models.ForeignKey(
        "statements.Statement", models.CASCADE, related_name="parties", verbose_name=_("statement")
    )
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayers",
        verbose_name=_("article"),
        help_text=_("Where a relayer belongs to one article alone."),
    )

    class Meta(PartyBase.Meta):
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            is_one_of("role", Role, table="party"),
            is_one_of("basis", Basis, table="party"),
            is_one_of("form", Form, table="party"),
            is_one_of("channel", Channel, table="party"),
            actor_matches_kind("party"),
            only_relayers_have_form("party"),
            models.CheckConstraint(
                condition=Q(role=Role.RELAYER) | Q(article=None),
                name="party_only_relayers_have_an_article",
                violation_error_message=_("Only a relayer can belong to one article alone."),
            ),
            models.UniqueConstraint(
                fields=["statement", "role", "official", "article"],
                condition=Q(official__isnull=False),
                nulls_distinct=False,
                name="party_official_once_in_a_role",
                violation_error_message=_("The same official stands twice in the same role."),
            ),
        ]
        indexes = [
            models.Index(fields=["role", "official", "statement"], name="party_by_official"),
            models.Index(fields=["role", "country", "statement"], name="party_by_country"),
            models.Index(fields=["role", "organization", "statement"], name="party_by_org"),
        ]

    @property
    def days(self) -> tuple[date, date] | None:
        return self.statement.named_days


class Citation(models.Model):
    """Where an article reports a statement: the exact words, and where they stand."""

    statement = models.ForeignKey(
        "statements.Statement",
        models.CASCADE,
        related_name="citations",
        verbose_name=_("statement"),
    )
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="citations", verbose_name=_("article")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, help_text=_("Page, paragraph or minute.")
    )
    form = models.CharField(
        _("form"),
        max_length=20,
        blank=True,
        choices=choices(Form),
        help_text=_("Where this article renders it otherwise than the statement says."),
    )
    text_status = models.CharField(
        _("state of the text"), max_length=20, blank=True, choices=choices(TextStatus)
    )
    quote = models.TextField(
        _("exact words"), blank=True, validators=[MaxLengthValidator(N_TEXT_CHARACTERS)]
    )
    prefix = models.CharField(_("words before"), max_length=1000, blank=True)
    suffix = models.CharField(_("words after"), max_length=1000, blank=True)
    start = models.PositiveIntegerField(
        _("position in the stored text"),
        null=True,
        blank=True,
        help_text=_("In characters from the start; found for you when left empty."),
    )
    check_result = models.CharField(
        _("check"), max_length=20, choices=CHECKS, default=Check.NO_TEXT
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        indexes = [
            models.Index(
                fields=["statement"],
                condition=Q(check_result__in=[Check.MOVED, Check.MISSING]),
                name="citation_failed",
            ),
            models.Index(
                fields=["article", "id"],
                condition=Q(check_result__in=[Check.MOVED, Check.MISSING]),
                name="citation_to_look_at",
            ),
        ]
        constraints = [
            is_one_of("form", Form, table="citation"),
            is_one_of("text_status", TextStatus, table="citation"),
            is_one_of("check_result", Check, table="citation"),
            models.UniqueConstraint(
                "statement",
                "article",
                "start",
                MD5("quote"),
                nulls_distinct=False,
                name="citation_is_made_once",
                violation_error_message=_("The same words are cited twice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} ← {self.article}"

    @property
    def is_verified(self) -> bool:
        return self.check_result == Check.VERIFIED

    @property
    def is_checked(self) -> bool:
        """Whether the words were compared with the text as it is stored now."""
        return self.checked_at is not None

    def recheck(self, *, at: datetime) -> Finding:
        """Compares the words with the article's stored text, without saving.

        A citation that never had a position is anchored; one that has a position keeps it,
        whatever the check finds. Returns the result, and where the words stand now.
        """
        body = self.article.body
        self.checked_at = at
        if not (self.quote and body):
            self.check_result = Check.NO_TEXT
            return Finding(Check.NO_TEXT, None)
        if self.start is None:
            self._anchor(body)
        finding = check_quotation(
            body, self.quote, start=self.start, prefix=self.prefix, suffix=self.suffix
        )
        self.check_result = finding.check
        return finding

    def _anchor(self, body: str) -> None:
        self.start = anchor(body, self.quote, prefix=self.prefix, suffix=self.suffix)
        if self.start is not None and not (self.prefix or self.suffix):
            self.prefix, self.suffix = surroundings(body, self.start, len(self.quote))


class Link(models.Model):
    """What one statement does to another: replies to it, denies it, shares it."""

    statement = models.ForeignKey(
        "statements.Statement", models.CASCADE, related_name="links", verbose_name=_("statement")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=choices(LinkKind))
    target = models.ForeignKey(
        "statements.Statement",
        models.PROTECT,
        related_name="links_in",
        verbose_name=_("other statement"),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            is_one_of("kind", LinkKind, table="link"),
            models.UniqueConstraint(
                fields=["statement", "kind", "target"], name="link_is_made_once"
            ),
            models.CheckConstraint(
                condition=~Q(statement=F("target")),
                name="link_is_to_another",
                violation_error_message=_("A statement cannot be linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.kind} {self.target}"
