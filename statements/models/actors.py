"""Who speaks: countries, organizations, posts, and the officials who hold them."""

from collections.abc import Iterable
from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from statements.vocabulary import OrganizationKind

from .addresses import WebAddressField
from .fields import PartialDateField, choices, is_a_day, is_one_of
from .permalinks import permalink

COUNTRY_CODE = r"^([a-z]{2}|[a-z]{4}|x-[a-z0-9]+(-[a-z0-9]+)*)$"


class Country(models.Model):
    """A state or a territory with a code, present or former."""

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(COUNTRY_CODE)],
        help_text=_("ISO 3166-1 alpha-2, ISO 3166-3 alpha-4, or x- and a slug; lower case."),
    )
    name = models.CharField(_("name"), max_length=300)
    alpha3 = models.CharField(_("alpha-3 code"), max_length=3, blank=True)
    official_name = models.CharField(_("official name"), max_length=300, blank=True)
    demonym = models.CharField(_("demonym"), max_length=100, blank=True)
    existed_from = PartialDateField(_("existed from"), null=True, blank=True)
    existed_until = PartialDateField(_("existed until"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)

    class Meta:
        ordering = ["name", "code"]
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=COUNTRY_CODE), name="country_code_is_a_code"
            ),
            is_a_day("existed_from", table="country"),
            is_a_day("existed_until", table="country"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return permalink("country", self.code)


class Organization(models.Model):
    """What speaks besides people and states: a ministry, an embassy, the United Nations."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=40, blank=True, choices=choices(OrganizationKind))
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("country"),
        help_text=_("Empty for an international organisation."),
    )
    website = WebAddressField(_("website"), blank=True)

    class Meta:
        ordering = ["name", "slug"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            is_one_of("kind", OrganizationKind, table="organization"),
            WebAddressField.constraint("website", table="organization"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.country})" if self.country else self.name

    def get_absolute_url(self) -> str:
        return permalink("organization", self.slug)

    @property
    def name_with_country(self) -> str:
        """`Pakistan's Foreign Office`; the name alone where it tells its country, or has none."""
        if self.country is None or self.country.name in self.name:
            return self.name
        return gettext("%(country)s's %(organization)s") % {
            "country": self.country.name,
            "organization": self.name,
        }


class Post(models.Model):
    """An office that people hold in turn: Foreign Minister of Pakistan."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    title = models.CharField(_("title"), max_length=300)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("organization"),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("country"),
    )

    class Meta:
        ordering = ["title", "slug"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.capacity

    def get_absolute_url(self) -> str:
        return permalink("post", self.slug)

    @property
    def capacity(self) -> str:
        """The post as it stands beside a name: `Spokesperson, Foreign Office, Pakistan`."""
        parts = [self.title]
        for whole in (
            self.organization and self.organization.name,
            self.country and self.country.name,
        ):
            if whole and whole not in self.title:
                parts.append(whole)
        return ", ".join(parts)

    @property
    def side(self) -> Country | None:
        """The country that a holder speaks for, none for an international organisation."""
        if self.country or not self.organization:
            return self.country
        return self.organization.country


class OfficialQuerySet(models.QuerySet["Official"]):
    def with_tenures(self) -> "OfficialQuerySet":
        """Loads what capacities are made of, in two further queries."""
        tenures = Tenure.objects.select_related("post__country", "post__organization__country")
        return self.select_related("country").prefetch_related(
            models.Prefetch("tenures", queryset=tenures)
        )


class Official(models.Model):
    """A person who speaks or is spoken to for a state or an organization."""

    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    name = models.CharField(_("name"), max_length=300)
    sort_name = models.CharField(
        _("sort name"),
        max_length=300,
        blank=True,
        help_text=_("What lists and keys are made by, such as Jilani; else the last word."),
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="officials",
        verbose_name=_("country"),
    )
    identifiers = models.JSONField(
        _("identifiers"),
        default=dict,
        blank=True,
        help_text=_('Identifiers elsewhere, such as {"wikidata": "Q17991320", "viaf": "..."}.'),
    )
    note = models.TextField(_("note"), blank=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "name", "slug"]
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        indexes = [models.Index(fields=["sort_name", "name", "slug"], name="official_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return permalink("official", self.slug)

    def tenures_on(self, first: date, last: date) -> list["Tenure"]:
        """The tenures that cover every day from `first` to `last`, earliest first."""
        return [tenure for tenure in self.tenures.all() if tenure.covers(first, last)]


class Tenure(models.Model):
    """An official in a post, from a day to a day, each as far as it is known."""

    official = models.ForeignKey(
        Official, models.CASCADE, related_name="tenures", verbose_name=_("official")
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures", verbose_name=_("post"))
    started_on = PartialDateField(_("started on"), null=True, blank=True)
    ended_on = PartialDateField(_("ended on"), null=True, blank=True)
    acting = models.BooleanField(_("acting"), default=False)

    class Meta:
        ordering = [F("started_on").asc(nulls_first=True), "id"]
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        constraints = [
            is_a_day("started_on", table="tenure"),
            is_a_day("ended_on", table="tenure"),
            models.CheckConstraint(
                condition=models.Func(
                    F("started_on"),
                    F("ended_on"),
                    function="is_in_order",
                    output_field=models.BooleanField(),
                ),
                name="tenure_ends_after_it_starts",
                violation_error_message=_("The tenure ends before it starts."),
            ),
            models.UniqueConstraint(
                fields=["official", "post", "started_on", "ended_on"],
                name="tenure_is_told_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.capacity}"

    @property
    def capacity(self) -> str:
        if not self.acting:
            return self.post.capacity
        return pgettext("capacity", "Acting %(post)s") % {"post": self.post.capacity}

    def covers(self, first: date, last: date) -> bool:
        """Whether the post was held on all of these days; an unknown end excludes nothing."""
        is_begun = self.started_on is None or self.started_on.earliest <= first
        is_ended = self.ended_on is not None and self.ended_on.latest < last
        return is_begun and not is_ended


class Alias(models.Model):
    """Another name, spelling or script of a country, an organization or an official."""

    country = models.ForeignKey(
        Country, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    official = models.ForeignKey(
        Official, models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    name = models.CharField(_("name"), max_length=300)
    language = models.CharField(
        _("language"), max_length=35, blank=True, help_text=_("A BCP 47 tag, such as fa.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, organization=None, official=None)
                | Q(country=None, organization__isnull=False, official=None)
                | Q(country=None, organization=None, official__isnull=False),
                name="alias_names_one_actor",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def capacity_of(tenures: Iterable[Tenure]) -> str:
    """The capacities of tenures held at once, as one line."""
    return "; ".join(dict.fromkeys(tenure.capacity for tenure in tenures))
