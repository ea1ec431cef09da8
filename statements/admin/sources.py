"""Outlets and their articles."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.curation import check_article
from statements.curation.work import unused_articles
from statements.models import Article, Outlet
from statements.quoting import Check

from .actors import NamedAdmin
from .doubts import doubts_about_address
from .fields import EvidenceField
from .finding import named
from .forms import SluggedForm
from .merging import Merging


@admin.register(Outlet)
class OutletAdmin(Merging, NamedAdmin):
    form = SluggedForm
    list_display = ("name", "country", "language", "slug")
    list_select_related = ("country",)
    search_fields = ("name",)
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = [(None, {"fields": ["name", "slug", ("country", "language"), "website"]})]


class ArticleForm(SluggedForm):
    named_by = "title"

    class Meta:
        field_classes = {"body": EvidenceField}
        widgets = {"body": AdminTextareaWidget(attrs={"rows": 16, "dir": "auto"})}

    def clean_based_on(self) -> Article | None:
        based_on: Article | None = self.cleaned_data["based_on"]
        if based_on and based_on.pk == self.instance.pk:
            raise ValidationError(_("An article cannot be based on itself."))
        return based_on


class UseFilter(admin.SimpleListFilter):
    """Which articles no statement is cited from."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("No statement yet (of the newest)"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "none":
            return queryset
        return queryset.filter(pk__in=unused_articles().values("pk"))


@admin.register(Article)
class ArticleAdmin(Merging):
    form = ArticleForm
    list_display = ("title", "outlet", "published_on", "kind", "language")
    list_filter = ("kind", UseFilter)
    list_select_related = ("outlet",)
    ordering = ("-pk",)
    search_fields = ("title",)
    search_help_text = _("The beginning of each word of the title; or a whole address.")
    autocomplete_fields = ("outlet", "based_on")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    ("outlet", "kind", "language"),
                    "published_on",
                    ("url", "archived_url"),
                    "based_on",
                    ("agency", "byline"),
                ]
            },
        ),
        (_("Stored text"), {"fields": ["body"]}),
        (
            _("In an archive"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("repository", "collection"),
                    ("box", "folder", "document_number"),
                ],
            },
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request)
        return articles if request.method == "POST" else articles.defer("body")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Finds articles by the words of their title, or by their address."""
        address = search_term.strip()
        if address.lower().startswith(("http://", "https://")):
            return queryset.filter(url=address.replace("\x00", "")), False
        return named(queryset, search_term, columns=("title",)), False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for doubt in doubts_about_address(obj):
            self.tell(request, doubt, messages.WARNING)
        if change and "body" in form.changed_data:
            self._tell_checks(request, obj)

    def _tell_checks(self, request: HttpRequest, article: Article) -> None:
        results = check_article(article=article)
        if not results:
            return
        n_failed = results[Check.MOVED] + results[Check.MISSING]
        message = gettext(
            "The stored text changed, and its citations were checked anew: %(verified)s verified, "
            "%(moved)s moved, %(missing)s missing, %(no_text)s without text."
        ) % {check.value: results[check.value] for check in Check}
        self.tell(request, message, messages.WARNING if n_failed else messages.SUCCESS)
