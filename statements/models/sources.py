"""Where statements are reported: outlets and their articles."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import ArticleKind

from .actors import Country
from .addresses import WebAddressField
from .fields import PartialDateField, choices, day_text, is_a_day, is_at_most, is_one_of
from .permalinks import permalink

N_BODY_CHARACTERS = 1_000_000


class Outlet(models.Model):
    """Who publishes: a newspaper, a ministry's press service, a series of documents."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=300)
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outlets",
        verbose_name=_("country"),
    )
    website = WebAddressField(_("website"), blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        constraints = [WebAddressField.constraint("website", table="outlet")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return permalink("outlet", self.slug)


class ArticleQuerySet(models.QuerySet["Article"]):
    def without_body(self) -> "ArticleQuerySet":
        """Leaves the stored text, which may be a book, in the database."""
        return self.defer("body")

    def with_sources(self) -> "ArticleQuerySet":
        return self.select_related("outlet", "based_on__outlet").defer("body", "based_on__body")


class Article(models.Model):
    """The report itself; its stored text is for curators and is never published whole."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, related_name="articles", verbose_name=_("outlet")
    )
    title = models.CharField(_("title"), max_length=1000)
    url = WebAddressField(_("address"), blank=True)
    archived_url = WebAddressField(_("archived address"), blank=True)
    published_on = PartialDateField(_("published on"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    kind = models.CharField(
        _("kind"), max_length=40, choices=choices(ArticleKind), default=ArticleKind.NEWS_REPORT
    )
    based_on = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("based on"),
        help_text=_("The report that a reconstruction retells."),
    )
    agency = models.CharField(_("agency"), max_length=300, blank=True)
    byline = models.CharField(_("byline"), max_length=500, blank=True)
    body = models.TextField(
        _("stored text"),
        blank=True,
        validators=[MaxLengthValidator(N_BODY_CHARACTERS)],
        help_text=_("What citations are checked against. Never shown to readers whole."),
    )
    body_sha256 = models.GeneratedField(
        expression=models.Func(F("body"), function="text_sha256"),
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    repository = models.CharField(_("repository"), max_length=300, blank=True)
    collection = models.CharField(_("collection"), max_length=300, blank=True)
    box = models.CharField(_("box"), max_length=100, blank=True)
    folder = models.CharField(_("folder"), max_length=300, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = [F("published_on").desc(nulls_last=True), "-id"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(day_text("published_on").desc(), F("id").desc(), name="article_latest"),
            models.Index(
                F("outlet"),
                day_text("published_on").desc(),
                F("id").desc(),
                name="article_of_outlet",
            ),
        ]
        constraints = [
            is_one_of("kind", ArticleKind, table="article"),
            is_a_day("published_on", table="article"),
            is_at_most("body", N_BODY_CHARACTERS, table="article"),
            WebAddressField.constraint("url", table="article"),
            WebAddressField.constraint("archived_url", table="article"),
            models.CheckConstraint(
                condition=~Q(kind=ArticleKind.RECONSTRUCTION) | Q(based_on__isnull=False),
                name="article_reconstruction_names_its_report",
                violation_error_message=_("A reconstruction says which report it is based on."),
            ),
            models.CheckConstraint(
                condition=Q(based_on=None) | ~Q(based_on=F("id")),
                name="article_is_not_based_on_itself",
                violation_error_message=_("An article cannot be based on itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return permalink("article", self.slug)
