"""Countries, organizations, posts and officials."""

from itertools import chain, count
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from statements.models import Alias, Country, Official, Organization, Post, Redirect, Tenure

from .desk import FIELDS, DeskAdmin
from .duplicates import NotingOfficials
from .fields import IdentifiersField
from .finding import named
from .forms import N_SLUG_CHARACTERS, SluggedForm, VersionedForm
from .formsets import DistinctFormSet, OrderedFormSet
from .merging import Merging
from .splitting import Splitting
from .widgets import Autocompleting

if TYPE_CHECKING:
    AnyTabularInline = admin.TabularInline[Any, Any]
else:
    AnyTabularInline = admin.TabularInline


N_NUMBER_CHARACTERS = 8  # room for a number behind a long slug


class AliasFormSet(OrderedFormSet):
    distinct_by = ("name", "language")
    is_table = True


class AliasInline(AnyTabularInline):
    model = Alias
    formset = AliasFormSet
    formfield_overrides = FIELDS
    fields = ("name", "language", "position")
    extra = 1


class TenureFormSet(DistinctFormSet):
    distinct_by = ("post_id", "started_on", "ended_on")
    is_table = True


class TenureInline(Autocompleting, AnyTabularInline):
    model = Tenure
    formset = TenureFormSet
    formfield_overrides = FIELDS
    fields = ("post", "started_on", "ended_on", "acting")
    autocomplete_fields = ("post",)
    extra = 1


class NamedAdmin(DeskAdmin):
    """Rows found by name, in these columns and, where they have them, by alias."""

    name_columns: tuple[str, ...] = ("name",)
    alias_of = ""
    search_help_text = _("The beginning of each word is enough; accents do not matter.")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found = named(queryset, search_term, columns=self.name_columns, alias_of=self.alias_of)
        return found, False


@admin.register(Country)
class CountryAdmin(NamedAdmin):
    form = VersionedForm
    list_display = ("name", "code", "alpha3", "existed_from", "existed_until")
    search_fields = ("name",)
    name_columns = ("name", "official_name", "demonym")
    alias_of = "country"
    inlines = (AliasInline,)
    fieldsets = [
        (None, {"fields": ["name", ("code", "alpha3"), "official_name", "demonym"]}),
        (
            _("Existence and place"),
            {"fields": [("existed_from", "existed_until"), ("latitude", "longitude")]},
        ),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found, _may_repeat = super().get_search_results(request, queryset, search_term)
        code = search_term.strip().lower()
        is_code = code.isascii() and code.isalnum() and len(code) in (2, 4)
        return (found | queryset.filter(code=code) if is_code else found), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(Organization)
class OrganizationAdmin(Merging, NamedAdmin):
    form = SluggedForm
    list_display = ("name", "country", "kind", "slug")
    list_filter = ("kind",)
    list_select_related = ("country",)
    search_fields = ("name",)
    alias_of = "organization"
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (AliasInline,)
    fieldsets = [(None, {"fields": ["name", "slug", ("kind", "country"), "website"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        return super().get_queryset(request).select_related("country")


class PostForm(SluggedForm):
    """A post: many share a title, so that the slug made for one names where it is as well."""

    named_by = "title"

    def slug_made(self, cleaned: dict[str, Any]) -> str:
        if not super().slug_made(cleaned):
            return ""
        organization = cleaned.get("organization")
        country = cleaned.get("country") or (organization and organization.country)
        title = cleaned.get("title") or ""
        capacity = Post(title=title, organization=organization, country=country).capacity
        base = slugify(capacity)[: N_SLUG_CHARACTERS - N_NUMBER_CHARACTERS].strip("-")
        given_up = Redirect.objects.filter(kind="post", old_slug__startswith=base)
        taken = {*given_up.values_list("old_slug", flat=True)}
        taken |= {*self.others.filter(slug__startswith=base).values_list("slug", flat=True)}
        numbered = (f"{base}-{n}" for n in count(2))
        return next(slug for slug in chain([base], numbered) if slug not in taken)


@admin.register(Post)
class PostAdmin(Merging, NamedAdmin):
    form = PostForm
    list_display = ("title", "organization", "country", "slug")
    list_select_related = ("organization__country", "country")
    search_fields = ("title",)
    autocomplete_fields = ("organization", "country")
    fieldsets = [(None, {"fields": ["title", ("organization", "country"), "slug"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).select_related("organization__country", "country")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Finds posts by title, country and organization: each word in any of the three."""
        for word in search_term.split()[:12]:
            countries = named(
                Country.objects.all(), word, columns=CountryAdmin.name_columns, alias_of="country"
            )
            organizations = named(
                Organization.objects.all(), word, columns=("name",), alias_of="organization"
            )
            titled = named(Post.objects.all(), word, columns=("title",))
            queryset = queryset.filter(
                Q(pk__in=titled.values("pk"))
                | Q(country__in=countries.values("pk"))
                | Q(organization__in=organizations.values("pk"))
            )
        return queryset, False


class OfficialForm(SluggedForm):
    class Meta:
        field_classes = {"identifiers": IdentifiersField}
        widgets = {"identifiers": AdminTextareaWidget(attrs={"rows": 3, "spellcheck": "false"})}


@admin.register(Official)
class OfficialAdmin(NotingOfficials, Splitting, NamedAdmin):
    form = OfficialForm
    list_display = ("name", "sort_name", "country", "slug")
    list_select_related = ("country",)
    search_fields = ("name",)
    alias_of = "official"
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TenureInline, AliasInline)
    fieldsets = [
        (None, {"fields": ["name", ("sort_name", "country"), "slug"]}),
        (_("Identifiers and note"), {"fields": ["identifiers", "note"]}),
    ]

    def for_suggesting(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        tenures = Tenure.objects.select_related("post__country", "post__organization__country")
        return rows.select_related("country").prefetch_related(Prefetch("tenures", tenures))

    def suggested(self, row: Any) -> str:
        """The name with the latest capacity, or the country: namesakes are common."""
        tenures = list(row.tenures.all())
        known_by = tenures[-1].capacity if tenures else row.country
        return f"{row.name}, {known_by}" if known_by else str(row.name)
